package email.daimon.understand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import email.daimon.model.DeliveryReport;
import email.daimon.model.DeliveryReport.Kind;
import email.daimon.model.DeliveryReport.Recipient;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rule 5.9: reports that servers write in words, for people. */
class WrittenReportTest {
  private static final String QMAIL =
      """
      Hi. This is the qmail-send program at mx.example.com.
      I'm afraid I wasn't able to deliver your message to the following addresses.
      This is a permanent error; I've given up. Sorry it didn't work out.

      <ann@example.org>:
      192.0.2.7 does not like recipient.
      Remote host said: 550 5.1.1 unknown user
      Giving up on 192.0.2.7.

      <bob@example.org>:
      Sorry, no mailbox here by that name. (#5.1.2)

      --- Below this line is a copy of the message.

      Return-Path: <agent@daimon.email>
      Message-ID: <offer@daimon.email>
      Subject: Offer

      <not@the.report>:
      """;

  @Test
  void qmailWritesInWords() {
    DeliveryReport report =
        Reports.read(
                "Return-Path: <>\nFrom: MAILER-DAEMON@mx.example.com\nSubject: failure notice\n\n"
                    + QMAIL)
            .orElseThrow();

    assertThat(report.kind()).isEqualTo(Kind.DELIVERY);
    assertThat(report.reportingMta()).hasValue("mx.example.com");
    assertThat(report.originalMessageId()).hasValue("<offer@daimon.email>");
    assertThat(report.recipients())
        .containsExactly(
            new Recipient(
                Optional.of("failed"),
                Optional.of("5.1.1"),
                Optional.of("ann@example.org"),
                Optional.of(
                    "192.0.2.7 does not like recipient. Remote host said: 550 5.1.1 unknown user"
                        + " Giving up on 192.0.2.7.")),
            new Recipient(
                Optional.of("failed"),
                Optional.of("5.1.2"),
                Optional.of("bob@example.org"),
                Optional.of("Sorry, no mailbox here by that name. (#5.1.2)")));
  }

  @Test
  void aPersonWhoQuotesABounceReportsNothing() {
    assertThat(Reports.read("From: Ann <ann@example.org>\nSubject: what is this?\n\n" + QMAIL))
        .isEmpty();
    assertThat(
            Reports.read(
                "From: Ann <ann@example.org>\nX-Failed-Recipients: bob@example.org\n\nHello\n"))
        .isEmpty();
    assertThat(Reports.read("From: MAILER-DAEMON@mx.example.com\n\nI saw this:\n\n" + QMAIL))
        .isEmpty();
  }

  @Test
  void eximNamesTheRecipientsInTheHeader() {
    DeliveryReport report =
        Reports.read(
                """
                Return-path: <>
                X-Failed-Recipients: ann@example.org, carol@example.org
                Auto-Submitted: auto-replied
                From: Mail Delivery System <Mailer-Daemon@mx.example.com>
                To: agent@daimon.email
                Subject: Mail delivery failed: returning message to sender

                This message was created automatically by mail delivery software.

                A message that you sent could not be delivered to one or more of its
                recipients. This is a permanent error. The following address(es) failed:

                  ann@example.org
                    SMTP error from remote mail server after RCPT TO:<ann@example.org>:
                    host mx.example.org [192.0.2.9]: 550 5.7.1 Relaying denied

                ------ This is a copy of the message, including all the headers. ------

                Return-path: <agent@daimon.email>
                Message-Id: <offer@daimon.email>
                """)
            .orElseThrow();

    assertThat(report.reportingMta()).hasValue("mx.example.com");
    assertThat(report.originalMessageId()).hasValue("<offer@daimon.email>");
    assertThat(report.recipients())
        .containsExactly(
            new Recipient(
                Optional.of("failed"),
                Optional.of("5.7.1"),
                Optional.of("ann@example.org"),
                Optional.of(
                    "SMTP error from remote mail server after RCPT TO:<ann@example.org>: host"
                        + " mx.example.org [192.0.2.9]: 550 5.7.1 Relaying denied")),
            new Recipient(
                Optional.of("failed"),
                Optional.empty(),
                Optional.of("carol@example.org"),
                Optional.empty()));
  }

  @Test
  void eximStillTries() {
    DeliveryReport report =
        Reports.read(
                """
                From: Mail Delivery System <Mailer-Daemon@mx.example.com>
                Subject: Warning: message 1kZ delayed 24 hours

                This message was created automatically by mail delivery software.
                A message that you sent has not yet been delivered to one or more of its
                recipients after more than 24 hours on the queue on mx.example.com.

                The address to which the message has not yet been delivered is:

                  ann@example.org

                No action is required on your part.
                """)
            .orElseThrow();

    assertThat(report.recipients())
        .extracting(Recipient::action, Recipient::finalRecipient)
        .containsExactly(tuple(Optional.of("delayed"), Optional.of("ann@example.org")));
  }

  @Test
  void oldGmailGivesTheReasonAParagraphLater() {
    DeliveryReport report =
        Reports.read(
                """
                From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
                X-Failed-Recipients: ann@example.org
                Subject: Delivery Status Notification (Failure)

                Delivery to the following recipient failed permanently:

                     ann@example.org

                Technical details of permanent failure:
                The error that the other server returned was: 550 5.1.1 No such user

                ----- Original message -----

                Message-ID: <offer@daimon.email>
                """)
            .orElseThrow();

    assertThat(report.originalMessageId()).hasValue("<offer@daimon.email>");
    assertThat(report.recipients()).hasSize(1);
    assertThat(report.recipients().getFirst().status()).hasValue("5.1.1");
  }
}
