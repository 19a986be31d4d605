package email.daimon.functions.reports;

import static java.util.Objects.requireNonNull;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a receiving server said, as a diagnostic code repeats it: {@code smtp; 550 5.1.1 user
 * unknown} (RFC 3464 2.3.6).
 *
 * @param smtpCode its reply code, such as {@code 550}
 * @param words the whole reply
 */
public record Diagnostic(Optional<String> smtpCode, Optional<String> words) {
  private static final Pattern TYPE = Pattern.compile("^\\s*[A-Za-z0-9-]+\\s*;\\s*");
  private static final Pattern REPLY = Pattern.compile("^([245][0-9][0-9])(?:[ -]|$)");

  public Diagnostic {
    requireNonNull(smtpCode, "smtpCode is null");
    requireNonNull(words, "words is null");
  }

  /** Reads a code, with its type in front or without. */
  public static Diagnostic of(String text) {
    String words = TYPE.matcher(text).replaceFirst("").strip();
    Matcher reply = REPLY.matcher(words);
    return new Diagnostic(
        reply.find() ? Optional.of(reply.group(1)) : Optional.empty(),
        words.isEmpty() ? Optional.empty() : Optional.of(words));
  }
}
