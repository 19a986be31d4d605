package email.daimon.model;

import static java.util.Objects.requireNonNull;

/**
 * Text of a mail that its reader does not see.
 *
 * @param kind how it is hidden, in a stable name such as {@code zero_size}, {@code same_color},
 *     {@code off_screen}, {@code display_none}, {@code preheader}, {@code zero_width}; {@code
 *     not_read} is what lies beyond the bounds within which HTML and its style sheets are read
 * @param in where it stands: {@code html_body}, {@code text_body}, {@code subject}, {@code
 *     from_name} or {@code reply_to}
 * @param span of it there
 * @param text its beginning, up to 200 characters
 */
public record HiddenText(String kind, String in, TextSpan span, String text) {
  /** Most that are kept of a mail. */
  public static final int MOST = 200;

  public HiddenText {
    requireNonNull(kind, "kind is null");
    requireNonNull(in, "in is null");
    requireNonNull(span, "span is null");
    requireNonNull(text, "text is null");
  }
}
