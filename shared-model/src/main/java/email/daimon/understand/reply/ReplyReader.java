package email.daimon.understand.reply;

import email.daimon.model.ReplyParts;
import email.daimon.understand.html.Page;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Finds what is new in a mail. HTML is asked first: its programs mark what they quote. */
public final class ReplyReader {
  private ReplyReader() {}

  /**
   * The new text and how the rest was divided.
   *
   * @param body without quoted history, attribution, signature; empty only where a mail passes on
   *     another and says nothing itself
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
    return of(textBody, page, "");
  }

  /**
   * Reads a mail's texts.
   *
   * @param textBody the plain text, or what stands for it
   * @param page the HTML, where the mail has any
   * @param subject tells an answer from a mail that was passed on
   */
  public static Reply of(String textBody, Optional<Page> page, String subject) {
    boolean passedOn = ForwardSubject.is(subject);
    if (page.isEmpty()) {
      return reply("text_body", Division.of(textBody, List.of(), passedOn), Optional.empty());
    }
    Page html = page.get();
    Reading seen = Division.of(html.text(), HtmlMarks.of(html), passedOn);
    Optional<String> fresh = Optional.of(NewHtml.of(html, seen));
    if (isRendered(textBody, html) || isSure(seen)) {
      return reply("visible_text", seen, fresh);
    }
    Reading read = Division.of(textBody, List.of(), passedOn);
    return isBetter(seen, read) || OtherText.says(textBody, html.text())
        ? reply("visible_text", seen, fresh)
        : reply("text_body", read, fresh);
  }

  /** Whether the mail has no text but that of its HTML. */
  private static boolean isRendered(String textBody, Page html) {
    return textBody.isBlank() || textBody.equals(html.textWithLinks());
  }

  private static boolean isSure(Reading reading) {
    return !reading.rule().equals(Rule.NONE) && reading.rule().confidence() > 0.96;
  }

  private static boolean isBetter(Reading seen, Reading read) {
    return !seen.rule().equals(Rule.NONE)
        && (read.rule().equals(Rule.NONE) || seen.rule().confidence() >= read.rule().confidence());
  }

  private static Reply reply(String of, Reading reading, Optional<String> html) {
    return new Reply(
        reading.body(),
        new ReplyParts(
            of,
            reading.rule().name(),
            reading.rule().confidence(),
            reading.spans(Part.QUOTE),
            reading.spans(Part.SIGNATURE),
            reading.spans(Part.FORWARDED),
            html));
  }
}
