package email.daimon.local.ses;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;

/** What a relay writes to the envelope sender of a mail that was refused (RFC 3464). */
final class BounceReport {
  private BounceReport() {}

  /**
   * @param reply of the receiving server, such as {@code 550 5.1.1 user unknown}
   */
  static byte[] of(
      String returnPath, HeaderBlock headers, String recipient, String reply, Instant now) {
    String id = headers.first("Message-ID").orElse("");
    String report =
        """
        From: Mail Delivery System <MAILER-DAEMON@relay.localhost>
        To: %s
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="report"

        --report
        Content-Type: text/plain; charset=utf-8

        Your mail could not be delivered to %s: %s

        --report
        Content-Type: message/delivery-status

        Reporting-MTA: dns; relay.localhost

        Final-Recipient: rfc822; %s
        Action: failed
        Status: 5.1.1
        Diagnostic-Code: smtp; %s

        --report
        Content-Type: text/rfc822-headers

        Message-ID: %s

        --report--
        """
            .formatted(returnPath, recipient, reply, recipient, reply, id);
    return OutgoingHeader.rewritten(
        report.replace("\n", "\r\n").getBytes(UTF_8),
        "<" + ReceivedMail.idOf(id + "/" + recipient) + "@relay.localhost>",
        now);
  }
}
