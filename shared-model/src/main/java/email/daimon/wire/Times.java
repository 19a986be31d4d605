package email.daimon.wire;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the times that callers write: RFC 3339, and what Python's {@code isoformat} makes of a time
 * without offset, which is taken as UTC. A blank before {@code hh:mm} is a plus that a query string
 * has decoded.
 */
public final class Times {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4}-\\d{2}-\\d{2})[Tt ](\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?)"
              + "([Zz]|[+ -]\\d{2}:?\\d{2})?");

  private Times() {}

  /**
   * A time as it was given.
   *
   * @param assumedUtc whether it had no offset
   */
  public record Given(Instant time, boolean assumedUtc) {}

  /** The time that {@code text} stands for; empty where it is none. */
  public static Optional<Given> parse(String text) {
    Matcher form = FORM.matcher(text.strip());
    if (!form.matches()) {
      return Optional.empty();
    }
    String local = form.group(1) + "T" + form.group(2);
    String offset = form.group(3);
    try {
      if (offset == null) {
        return Optional.of(new Given(LocalDateTime.parse(local).toInstant(ZoneOffset.UTC), true));
      }
      return Optional.of(
          new Given(OffsetDateTime.parse(local + normal(offset)).toInstant(), false));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }

  private static String normal(String offset) {
    if (offset.equalsIgnoreCase("z")) {
      return "Z";
    }
    String signed = offset.replace(' ', '+');
    return signed.indexOf(':') >= 0 ? signed : signed.substring(0, 3) + ":" + signed.substring(3);
  }
}
