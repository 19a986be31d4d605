package email.daimon.understand;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.mime.AttachmentSink;
import email.daimon.mime.Mail;
import email.daimon.mime.MailParser;
import email.daimon.mime.ReportParts;
import email.daimon.model.AutoKind;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rule 5.10: who or what wrote a mail. A bar stands for a line end. */
class AutoKindsTest {
  private static final String INVITATION =
      "Content-Type: text/calendar; charset=utf-8; method=%s||BEGIN:VCALENDAR|BEGIN:VEVENT|UID:1|"
          + "END:VEVENT|END:VCALENDAR|";
  private static final String REPORT =
      "Content-Type: multipart/report; report-type=%s; boundary=b||--b|Content-Type: message/%s||"
          + "Final-Recipient: rfc822; ann@example.com|Action: failed|--b--|";

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '^',
      value = {
        "human ^ From: Ann <ann@example.com>|Subject: Lunch?||Today?",
        "human ^ From: Ann <ann@example.com>|Subject: Out of office parties||Who comes?",
        "human ^ From: Ann <ann@example.com>|Subject: your order||Did you get it?",
        "human ^ From: Ann <ann@example.com>|Subject: Re: Your receipt||Thank you",
        "human ^ From: Ann <ann@example.com>|Auto-Submitted: no|Subject: x||y",
        "human ^ From: no-reply@shop.example|Subject: Your password||Reset it",
        "auto_reply ^ From: a@b.c|Auto-Submitted: auto-replied (vacation)|Subject: I am away||x",
        "auto_reply ^ From: a@b.c|X-Autoreply: yes||x",
        "auto_reply ^ From: a@b.c|X-Autorespond: absence||x",
        "auto_reply ^ From: a@b.c|Precedence: auto_reply||x",
        "auto_reply ^ From: a@b.c|Return-Path: <>|Subject: Thank you for writing||x",
        "auto_reply ^ From: a@b.c|X-Auto-Response-Suppress: All|Auto-Submitted: auto-generated|Subject: Automatische Antwort: Angebot||x",
        "auto_reply ^ From: a@b.c|X-Auto-Response-Suppress: All|Subject: Réponse automatique : Offre||x",
        "auto_reply ^ From: a@b.c|Auto-Submitted: auto-generated|Subject: 自動応答: 見積||x",
        "auto_reply ^ From: a@b.c|Auto-Submitted: auto-generated|In-Reply-To: <1@x>|Subject: Ticket 5||x",
        "bounce ^ From: MAILER-DAEMON@x.example|Subject: failure notice||Something happened.",
        "list ^ From: a@b.c|List-Id: <dev.lists.example>|Subject: [dev] release||x",
        "list ^ From: a@b.c|Precedence: list||x",
        "list ^ From: a@b.c|Precedence: bulk||x",
        "list ^ From: news@shop.example|List-Unsubscribe: <https://x>|List-Unsubscribe-Post: List-Unsubscribe=One-Click|Subject: Autumn sale||x",
        "receipt ^ From: no-reply@shop.example|List-Unsubscribe: <https://x>|List-Unsubscribe-Post: List-Unsubscribe=One-Click|Subject: Your order #55 has shipped||x",
        "receipt ^ From: Shop <no-reply@shop.example>|Subject: Order confirmation 4711||x",
        "receipt ^ From: auto-confirm@shop.example|Subject: Bestellbestätigung||x",
        "receipt ^ From: noreply@shop.example|Subject: ご注文の確認||x",
        "receipt ^ From: receipts@pay.example|Subject: Your receipt from Cafe||x",
        "receipt ^ From: info@air.example|Subject: Have a good flight|Content-Type: text/html||<script type='application/ld+json'>{\"@context\":\"http://schema.org\",\"@type\":\"FlightReservation\"}</script>",
        "receipt ^ From: shop@x.example|Auto-Submitted: auto-generated|Subject: Welcome||x",
        "calendar ^ From: ann@example.com|REQUEST",
        "calendar ^ From: ann@example.com|REPLY",
        "calendar ^ From: ann@example.com|CANCEL",
        "human ^ From: ann@example.com|PUBLISH",
        "bounce ^ From: postmaster@x.example|delivery-status",
        "receipt ^ From: ann@example.com|disposition-notification",
        "bounce ^ From: fbl@x.example|feedback-report",
      })
  void isOfItsKind(String kind, String lines) {
    String last = lines.substring(lines.lastIndexOf('|') + 1);
    String head = lines.substring(0, lines.lastIndexOf('|') + 1);
    String text =
        last.matches("[A-Z]+")
            ? head + INVITATION.formatted(last)
            : last.matches("[a-z]+-[a-z]+") ? head + REPORT.formatted(last, last) : lines;
    ReportParts parts = new ReportParts(AttachmentSink.NONE);
    byte[] raw = text.replace("|", "\r\n").getBytes(UTF_8);
    Mail mail = MailParser.parse(new ByteArrayInputStream(raw), parts);

    AutoKind found = AutoKinds.of(mail, ReportedDelivery.of(mail, parts));

    assertThat(found.wireName()).isEqualTo(kind);
    if (mail.automation().automatic()) {
      assertThat(found).as("what is automatic by rule 5.10").isNotEqualTo(AutoKind.HUMAN);
    }
  }
}
