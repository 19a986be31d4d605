package email.daimon.understand.reply;

import email.daimon.model.ReplyParts;
import email.daimon.understand.html.Page;
import java.util.Objects;
import java.util.Optional;

/** Finds what is new in a mail. HTML is asked first: its programs mark what they quote. */
public final class ReplyReader {
  private ReplyReader() {}

  /**
   * The new text and how the rest was divided.
   *
   * @param body without quoted history, attribution, signature; never empty where the mail says
   *     anything
   * @param parts spans of the rest
   */
  public record Reply(String body, ReplyParts parts) {
    public Reply {
      Objects.requireNonNull(body, "body");
      Objects.requireNonNull(parts, "parts");
    }
  }

  /**
   * Reads a mail's texts.
   *
   * @param textBody the plain text, or what stands for it
   * @param page the HTML, where the mail has any
   */
  public static Reply of(String textBody, Optional<Page> page) {
    String body = page.flatMap(ReplyHtml::of).orElseGet(() -> ReplyText.of(textBody));
    return new Reply(body, ReplyParts.WHOLE);
  }
}
