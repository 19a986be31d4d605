package email.daimon.understand;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.DeliveryReport;
import email.daimon.model.DeliveryReport.Kind;
import email.daimon.model.DeliveryReport.Recipient;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rule 5.9: reports of delivery as mail servers write them, and as others do. */
class ReportedDeliveryTest {
  private static final String POSTFIX_STATUS =
      """
      Reporting-MTA: dns; mail.example.com
      X-Postfix-Queue-ID: 4F2D93C04
      X-Postfix-Sender: rfc822; agent@daimon.email
      Arrival-Date: Sat, 21 Nov 2026 10:15:28 +0000 (UTC)

      Final-Recipient: rfc822; ann@example.com
      Original-Recipient: rfc822;ann@example.com
      Action: failed
      Status: 5.1.1
      Remote-MTA: dns; mx.example.com
      Diagnostic-Code: smtp; 550 5.1.1 <ann@example.com>: Recipient address
          rejected: User unknown
      """;
  private static final String RETURNED =
      """
      Return-Path: <agent@daimon.email>
      From: agent@daimon.email
      To: ann@example.com
      Message-ID: <0102018f@eu-west-1.amazonses.com>
      Subject: Offer

      Final-Recipient: rfc822; not@the.report
      """;

  @Test
  void postfixReturnsTheWholeMail() {
    DeliveryReport report = report(POSTFIX_STATUS, "message/rfc822", RETURNED).orElseThrow();

    assertThat(report.reportingMta()).hasValue("mail.example.com");
    assertThat(report.originalMessageId()).hasValue("<0102018f@eu-west-1.amazonses.com>");
    assertThat(report.recipients())
        .containsExactly(
            new Recipient(
                Optional.of("failed"),
                Optional.of("5.1.1"),
                Optional.of("ann@example.com"),
                Optional.of(
                    "smtp; 550 5.1.1 <ann@example.com>: Recipient address rejected: User unknown")));
  }

  @Test
  void othersReturnItsHeaderAlone() {
    String header = "from: agent@daimon.email\nmessage-id:\n <folded@daimon.email>\n";

    assertThat(report(POSTFIX_STATUS, "text/rfc822-headers", header))
        .flatMap(DeliveryReport::originalMessageId)
        .hasValue("<folded@daimon.email>");
  }

  @Test
  void exchangeNestsItsTextsAndSaysLess() {
    DeliveryReport report =
        Reports.read(
                """
                From: postmaster@contoso.example
                Subject: Undeliverable: Offer
                In-Reply-To: <offer@daimon.email>
                References: <offer@daimon.email>
                Auto-Submitted: auto-replied
                MIME-Version: 1.0
                Content-Type: multipart/report; report-type=Delivery-Status;
                	boundary="outer"

                --outer
                Content-Type: multipart/alternative; differences=Content-Type;
                	boundary="inner"

                --inner
                Content-Type: text/plain; charset="us-ascii"

                Your message to ann@contoso.example couldn't be delivered.

                --inner
                Content-Type: text/html; charset="us-ascii"

                <p>Your message couldn't be delivered.</p>

                --inner--

                --outer
                Content-Type: message/delivery-status

                Reporting-MTA: dns;AM0PR01.prod.exchangelabs.example
                Received-From-MTA: dns;mail.daimon.email

                Final-recipient: RFC822;ann@contoso.example
                Action: FAILED
                Status: 5.1.10
                Diagnostic-code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound

                Final-recipient: RFC822;<bob@contoso.example>
                Action: delayed (still trying)
                Status: 4.4.7 (expired)

                --outer
                Content-Type: message/rfc822

                From: agent@daimon.email
                Message-ID: <offer@daimon.email>
                Subject: Offer

                Hello
                --outer--
                """)
            .orElseThrow();

    assertThat(report.originalMessageId()).hasValue("<offer@daimon.email>");
    assertThat(report.reportingMta()).hasValue("AM0PR01.prod.exchangelabs.example");
    assertThat(report.recipients())
        .containsExactly(
            new Recipient(
                Optional.of("failed"),
                Optional.of("5.1.10"),
                Optional.of("ann@contoso.example"),
                Optional.of("smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound")),
            new Recipient(
                Optional.of("delayed"),
                Optional.of("4.4.7"),
                Optional.of("bob@contoso.example"),
                Optional.empty()));
  }

  @Test
  void whoReturnsNothingMayNameTheMail() {
    String named = "X-Original-Message-ID: <offer@daimon.email>\n" + POSTFIX_STATUS;

    assertThat(report(named, "text/plain", "no mail"))
        .flatMap(DeliveryReport::originalMessageId)
        .hasValue("<offer@daimon.email>");
    assertThat(report(POSTFIX_STATUS, "text/plain", "no mail").orElseThrow().originalMessageId())
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Type: text/plain",
        "Content-Type: multipart/mixed; boundary=b",
        "Content-Type: multipart/report; report-type=x-of-something-else; boundary=b"
      })
  void othersReportOfNoDelivery(String type) {
    assertThat(
            Reports.read(
                type + "\n\n--b\nContent-Type: message/delivery-status\n\nAction: failed\n"))
        .isEmpty();
  }

  @Test
  void aReportWithoutItsTypeIsKnownByItsPart() {
    String untyped = "Content-Type: multipart/report; boundary=b\n\n--b\n";

    assertThat(Reports.read(untyped + "Content-Type: message/delivery-status\n\nAction: failed\n"))
        .isPresent();
    assertThat(Reports.read(untyped + "Content-Type: text/plain\n\nAction: failed\n")).isEmpty();
  }

  @Test
  void aReaderSaysThatItWasDisplayed() {
    DeliveryReport report =
        Reports.read(
                """
                From: Ann <ann@example.com>
                Subject: Read: Offer
                Content-Type: multipart/report; report-type=disposition-notification; boundary=b

                --b
                Content-Type: text/plain

                Your message was read on Saturday.
                --b
                Content-Type: message/disposition-notification

                Reporting-UA: pc.example.com; Mail 1.0
                Original-Recipient: rfc822;ann@example.com
                Final-Recipient: rfc822;ann@example.com
                Original-Message-ID: <offer@daimon.email>
                Disposition: manual-action/MDN-sent-manually; Displayed/error
                --b--
                """)
            .orElseThrow();

    assertThat(report.kind()).isEqualTo(Kind.DISPOSITION);
    assertThat(report.type()).hasValue("displayed");
    assertThat(report.originalMessageId()).hasValue("<offer@daimon.email>");
    assertThat(report.recipients())
        .extracting(Recipient::finalRecipient)
        .containsExactly(Optional.of("ann@example.com"));
  }

  @Test
  void aReaderComplains() {
    DeliveryReport report =
        Reports.read(
                """
                From: fbl@provider.example
                Content-Type: multipart/report; report-type=feedback-report; boundary=b

                --b

                This is an abuse report.
                --b
                Content-Type: message/feedback-report

                Feedback-Type: abuse
                User-Agent: Provider-FBL/1.0
                Version: 1
                Original-Mail-From: <agent@daimon.email>
                Original-Rcpt-To: <ann@provider.example>
                --b
                Content-Type: message/rfc822

                From: agent@daimon.email
                Message-ID: <offer@daimon.email>

                Hello
                --b--
                """)
            .orElseThrow();

    assertThat(report.kind()).isEqualTo(Kind.FEEDBACK);
    assertThat(report.type()).hasValue("abuse");
    assertThat(report.reportingMta()).hasValue("Provider-FBL/1.0");
    assertThat(report.originalMessageId()).hasValue("<offer@daimon.email>");
    assertThat(report.recipients())
        .extracting(Recipient::finalRecipient)
        .containsExactly(Optional.of("ann@provider.example"));
  }

  @Test
  void gmailReturnsAReportWithItsFields() {
    String status =
        """
        Reporting-MTA: dns; googlemail.com
        Arrival-Date: Sat, 21 Nov 2026 01:02:03 -0800 (PST)
        X-Original-Message-ID: <offer@daimon.email>

        Final-Recipient: rfc822; ann@example.org
        Action: failed
        Status: 5.1.1
        Remote-MTA: dns; mx.example.org. (192.0.2.1, the server for the domain example.org.)
        Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
        """;

    DeliveryReport report = report(status, "text/plain", "none").orElseThrow();

    assertThat(report.reportingMta()).hasValue("googlemail.com");
    assertThat(report.originalMessageId()).hasValue("<offer@daimon.email>");
    assertThat(report.recipients().getFirst().finalRecipient()).hasValue("ann@example.org");
  }

  @Test
  void whatIsForgedIsCutAndWhatMeansNothingIsLeftOut() {
    StringBuilder status = new StringBuilder("Reporting-MTA: dns; " + "m".repeat(9_000) + "\n");
    for (int i = 0; i < 2_000; i++) {
      status
          .append("\nFinal-Recipient: rfc822; ")
          .append("é".repeat(400))
          .append("\nAction: dancing\nStatus: 9.9\nDiagnostic-Code: ")
          .append("x".repeat(900))
          .append('\n');
    }

    DeliveryReport report = report(status.toString(), "message/rfc822", RETURNED).orElseThrow();

    assertThat(report.reportingMta().orElseThrow()).hasSize(320);
    assertThat(report.recipients()).hasSize(DeliveryReport.MOST);
    assertThat(report.recipients())
        .containsOnly(
            new Recipient(
                Optional.empty(),
                Optional.empty(),
                Optional.of("é".repeat(160)),
                Optional.of("x".repeat(500))));
  }

  @Test
  void manyPartsBeyondTheBoundAreNoHarm() {
    StringBuilder mail =
        new StringBuilder("Content-Type: multipart/report; report-type=delivery-status; boundary=b")
            .append("\n\n");
    String part = "--b\nContent-Type: message/delivery-status\n\nAction: failed\n";
    mail.append(part.replace("failed", "failed" + " ".repeat(300_000)));
    mail.repeat(part, 900);
    mail.repeat("--b\nContent-Type: message/rfc822\n\nSubject: none\n", 50);

    assertThat(Reports.read(mail.toString()).orElseThrow().recipients()).hasSize(1);
  }

  @Test
  void noBytesMakeItThrow() {
    Random random = new Random(5);
    String alphabet = "\n\n\n :;<>a\t\u0000\u000b\u00e9Final-Recipient:Action:";
    for (int i = 0; i < 500; i++) {
      StringBuilder status = new StringBuilder();
      for (int k = 0; k < 200; k++) {
        status.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      assertThat(report(status.toString(), "message/rfc822", status.toString())).isPresent();
      Reports.read("Return-Path: <>\nX-Failed-Recipients: a\n\nHi. This is the " + status);
    }
  }

  private static Optional<DeliveryReport> report(String status, String type, String returned) {
    return Reports.read(
        """
        From: MAILER-DAEMON@mail.example.com (Mail Delivery System)
        Subject: Undelivered Mail Returned to Sender
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Description: Notification

        I'm sorry to have to inform you that your message could not be delivered.

        --b
        Content-Description: Delivery report
        Content-Type: message/delivery-status

        %s
        --b
        Content-Type: %s

        %s
        --b--
        """
            .formatted(status, type, returned));
  }
}
