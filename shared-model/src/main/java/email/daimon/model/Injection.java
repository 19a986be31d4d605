package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.Locale;

/**
 * Text of a mail that tries to instruct a machine that reads it.
 *
 * @param kind what it tries, in a stable name such as {@code override}, {@code role_marker}, {@code
 *     exfiltrate}, {@code secret_action}, {@code steer}
 * @param in where it stands: {@code visible_text}, {@code html_body} (hidden there), {@code
 *     text_body}, {@code subject}, {@code from_name}, {@code reply_to}, {@code alt_text}, {@code
 *     attachment_name}, {@code attachment} (a text that is attached) or {@code header} (a field
 *     that nobody is shown)
 * @param span of it there
 * @param severity how much harm an obedient reader would do
 * @param rule that found it, in a stable name; {@code judge} where it was found by what was learnt
 * @param text its beginning, up to 200 characters
 */
public record Injection(
    String kind, String in, TextSpan span, Severity severity, String rule, String text) {
  /** Most that are kept of a mail. */
  public static final int MOST = 50;

  public Injection {
    requireNonNull(kind, "kind is null");
    requireNonNull(in, "in is null");
    requireNonNull(span, "span is null");
    requireNonNull(severity, "severity is null");
    requireNonNull(rule, "rule is null");
    requireNonNull(text, "text is null");
  }

  /** How much harm an obedient reader would do. */
  public enum Severity {
    /** Speaks to machines, asks for nothing that harms. */
    LOW,
    /** Asks a machine to act for the sender. */
    MEDIUM,
    /** Sets aside earlier instructions, hides, sends data away or acts in secret. */
    HIGH;

    /** As the API spells it. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
