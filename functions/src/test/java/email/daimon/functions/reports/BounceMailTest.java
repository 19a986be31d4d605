package email.daimon.functions.reports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.reports.BounceAddresses.Sent;
import email.daimon.model.DeliveryNews;
import email.daimon.model.DeliveryNews.Kind;
import email.daimon.model.DeliveryNews.Recipient;
import email.daimon.model.MessageKey;
import email.daimon.model.SendTags;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Reports of delivery as mail servers write them (RFC 3464). */
final class BounceMailTest {
  private static final Instant AT = Instant.parse("2026-11-21T10:15:30Z");
  private static final SendTags TAGS =
      new SendTags("acc_1", "inbox_1", new MessageKey(1_795_256_130_000L, "msg_1"), "attempt-1");

  @Test
  void aRefusedRecipientHasBounced() {
    assertThat(
            read(
                """
                Reporting-MTA: dns; relay.example.net
                X-Postfix-Queue-ID: 4F2D93C04
                Arrival-Date: Sat, 21 Nov 2026 10:15:28 +0000

                Final-Recipient: rfc822; ann@example.com
                Original-Recipient: rfc822;ann@example.com
                Action: failed
                Status: 5.1.1
                Remote-MTA: dns; mx.example.com
                Diagnostic-Code: smtp; 550 5.1.1 <ann@example.com>: Recipient address
                    rejected: User unknown
                """,
                "ann@example.com",
                "bob@example.com"))
        .containsExactly(
            new DeliveryNews(
                Kind.BOUNCE,
                TAGS,
                AT,
                Optional.empty(),
                Optional.empty(),
                List.of(
                    new Recipient(
                        "ann@example.com",
                        Optional.of("550"),
                        Optional.of(
                            "550 5.1.1 <ann@example.com>: Recipient address    rejected: User unknown"))),
                true,
                "Permanent/5.1.1"));
  }

  @Test
  void whoGaveUpAfterTryingMayTakeMailAnotherDay() {
    DeliveryNews news =
        read(
                """
                Reporting-MTA: dns; relay.example.net

                Final-Recipient: rfc822; ann@example.com
                Action: failed
                Status: 4.4.7
                Diagnostic-Code: smtp; 421 4.4.0 try later
                """,
                "ann@example.com")
            .getFirst();

    assertThat(news.kind()).isEqualTo(Kind.BOUNCE);
    assertThat(news.permanent()).isFalse();
    assertThat(news.detail()).isEqualTo("Transient/4.4.7");
  }

  @Test
  void recipientsOfOneKindAreToldTogether() {
    assertThat(
            read(
                """
                Reporting-MTA: dns; relay.example.net

                Final-Recipient: rfc822; Ann@Example.com
                Action: FAILED (no such user)
                Status: 5.1.1

                Final-Recipient: rfc822; bob@example.com
                Action: failed
                Status: 5.1.1

                Final-Recipient: rfc822; cid@example.com
                Action: delayed
                Status: 4.2.2 (mailbox full)

                Final-Recipient: rfc822; dan@example.com
                Action: relayed
                Status: 2.0.0
                """,
                "ann@example.com",
                "bob@example.com",
                "cid@example.com",
                "dan@example.com"))
        .extracting(
            DeliveryNews::kind,
            news -> news.recipients().stream().map(Recipient::address).toList(),
            DeliveryNews::detail)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(
                Kind.BOUNCE, List.of("ann@example.com", "bob@example.com"), "Permanent/5.1.1"),
            org.assertj.core.groups.Tuple.tuple(Kind.DELAY, List.of("cid@example.com"), "4.2.2"),
            org.assertj.core.groups.Tuple.tuple(
                Kind.DELIVERY, List.of("dan@example.com"), "2.0.0"));
  }

  @Test
  void aForwardedRecipientIsKnownByItsFirstAddressOrAsTheOnlyOne() {
    String forwarded =
        """
        Reporting-MTA: dns; relay.example.net

        Final-Recipient: rfc822; somebody@elsewhere.example
        Action: failed
        Status: 5.1.1
        """;

    assertThat(read(forwarded, "ann@example.com").getFirst().recipients())
        .extracting(Recipient::address)
        .containsExactly("ann@example.com");
    assertThat(read(forwarded, "ann@example.com", "bob@example.com")).isEmpty();
    assertThat(
            read(
                    forwarded.replace(
                        "Action:", "Original-Recipient: rfc822; bob@example.com\nAction:"),
                    "ann@example.com",
                    "bob@example.com")
                .getFirst()
                .recipients())
        .extracting(Recipient::address)
        .containsExactly("bob@example.com");
  }

  @Test
  void aMailWithoutReportSaysNothing() {
    String vacation =
        """
        From: ann@example.com
        Auto-Submitted: auto-replied

        I am away. Action: failed
        """;

    assertThat(mail(vacation, "ann@example.com")).isEmpty();
    assertThat(read("", "ann@example.com")).isEmpty();
    assertThat(read("Final-Recipient: x\nAction: dancing\n", "ann@example.com")).isEmpty();
  }

  private static List<DeliveryNews> read(String status, String... recipients) {
    return mail(
        """
        Return-Path: <>
        From: MAILER-DAEMON@relay.example.net
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b"

        --b
        Content-Type: text/plain

        I'm sorry to have to inform you that your message could not be delivered.

        --b
        Content-Type: message/delivery-status

        %s
        --b
        Content-Type: text/rfc822-headers

        From: agent@daimon.email
        Action: failed

        --b--
        """
            .formatted(status),
        recipients);
  }

  private static List<DeliveryNews> mail(String text, String... recipients) {
    byte[] raw = text.replace("\n", "\r\n").getBytes(UTF_8);
    return BounceMail.read(new ByteArrayInputStream(raw), new Sent(TAGS, List.of(recipients)), AT);
  }
}
