package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * How a mail's text was divided. What no span names is new text of its sender: nothing is lost.
 *
 * @param of the text that the spans are of: {@code text_body} or {@code visible_text}
 * @param rule that cut, in a stable name such as {@code gmail_quote}, {@code header_block}, {@code
 *     attribution}; {@code none} where nothing was cut
 * @param confidence that the division is right, 0 to 1
 * @param quoted earlier mail that was answered, with the lines that introduce it
 * @param signature with its delimiter, and lines that a program adds
 * @param forwarded mail that was passed on, with its header block
 * @param html the new part of the HTML, not sanitised; empty where the mail has no HTML
 */
public record ReplyParts(
    String of,
    String rule,
    double confidence,
    List<TextSpan> quoted,
    List<TextSpan> signature,
    List<TextSpan> forwarded,
    Optional<String> html) {
  /** Of a text that is all new. */
  public static final ReplyParts WHOLE =
      new ReplyParts("text_body", "none", 1, List.of(), List.of(), List.of(), Optional.empty());

  public ReplyParts {
    requireNonNull(of, "of is null");
    requireNonNull(rule, "rule is null");
    quoted = List.copyOf(quoted);
    signature = List.copyOf(signature);
    forwarded = List.copyOf(forwarded);
    requireNonNull(html, "html is null");
  }
}
