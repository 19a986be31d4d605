package email.daimon.local.ses;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;

/** What the simulator's {@code ooto} answers (RFC 3834). */
final class AutomaticReply {
  private AutomaticReply() {}

  static byte[] to(OutgoingMail mail, HeaderBlock headers, String recipient, Instant now) {
    String answer =
        """
        From: %s
        To: %s
        Subject: Automatic reply: %s
        In-Reply-To: %s
        References: %s
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: text/plain; charset=utf-8

        I am out of the office.
        """
            .formatted(
                recipient,
                mail.source(),
                headers.first("Subject").orElse(""),
                mail.messageId(),
                mail.messageId());
    return OutgoingHeader.rewritten(
        answer.replace("\n", "\r\n").getBytes(UTF_8),
        "<ooto-" + mail.id() + "@simulator.amazonses.com>",
        now);
  }
}
