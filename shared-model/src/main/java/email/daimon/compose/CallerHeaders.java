package email.daimon.compose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Header fields a caller may set: {@code X-…} other than {@code X-SES-…} and {@code X-Daimon-…},
 * {@code List-Unsubscribe} with {@code List-Unsubscribe-Post} (RFC 2369, RFC 8058), {@code
 * Importance} (RFC 2156). All others are made from the request's own fields.
 */
public final class CallerHeaders {
  private static final int LONGEST_NAME = 70;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");
  private static final Pattern URIS =
      Pattern.compile(
          "<(https?|mailto):[!-;=?-~]+>( ?, ?<(https?|mailto):[!-;=?-~]+>)*",
          Pattern.CASE_INSENSITIVE);
  private static final String ONE_CLICK = "List-Unsubscribe=One-Click";
  private static final Set<String> REQUEST_FIELDS =
      Set.of("to", "cc", "bcc", "subject", "reply-to", "in-reply-to");

  private CallerHeaders() {}

  /**
   * Checks all headers of one mail.
   *
   * @throws HeaderRefusedException about the first that is refused
   */
  public static void check(Map<String, String> headers) {
    Map<String, String> byName = new HashMap<>();
    headers.forEach((name, value) -> {
      if (byName.size() == ComposeLimits.HEADERS) {
        throw new HeaderRefusedException(
            name, "is one too many: at most " + ComposeLimits.HEADERS + " may be set.");
      }
      String lower = name.toLowerCase(Locale.ROOT);
      checkName(name, lower);
      checkValue(name, value);
      if (byName.put(lower, value) != null) {
        throw new HeaderRefusedException(name, "is given twice: names have no case.");
      }
    });
    headers.forEach((name, value) -> checkMeaning(name, value, byName));
  }

  private static void checkName(String name, String lower) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches()) {
      throw new HeaderRefusedException(
          OneLine.of(name),
          "has no name that can be set: letters, digits and hyphens, at most "
              + LONGEST_NAME
              + ".");
    }
    if (REQUEST_FIELDS.contains(lower)) {
      throw new HeaderRefusedException(
          name, "is set by the request's own field " + lower.replace('-', '_') + ".");
    }
    if (lower.startsWith("x-ses-") || lower.startsWith("x-daimon-")) {
      throw new HeaderRefusedException(name, "belongs to the platform.");
    }
    boolean own = lower.startsWith("x-") && lower.length() > 2;
    if (!own
        && !lower.equals("list-unsubscribe")
        && !lower.equals("list-unsubscribe-post")
        && !lower.equals("importance")) {
      throw new HeaderRefusedException(
          name,
          "may not be set: only X-…, List-Unsubscribe, List-Unsubscribe-Post and Importance may.");
    }
  }

  private static void checkValue(String name, String value) {
    if (value
        .codePoints()
        .anyMatch(c ->
            Character.isISOControl(c)
                || c == 0x2028
                || c == 0x2029
                || Character.getType(c) == Character.SURROGATE)) {
      throw new HeaderRefusedException(
          name, "has a value with a line end or another control character.");
    }
    if (value.isBlank()) {
      throw new HeaderRefusedException(name, "has no value.");
    }
    if (value.getBytes(UTF_8).length > ComposeLimits.HEADER_VALUE) {
      throw new HeaderRefusedException(
          name, "has a value of more than " + ComposeLimits.HEADER_VALUE + " bytes.");
    }
  }

  private static void checkMeaning(String name, String value, Map<String, String> all) {
    switch (name.toLowerCase(Locale.ROOT)) {
      case "importance" -> {
        if (!Set.of("low", "normal", "high").contains(value.strip().toLowerCase(Locale.ROOT))) {
          throw new HeaderRefusedException(name, "is low, normal or high.");
        }
      }
      case "list-unsubscribe" -> {
        if (!URIS.matcher(value.strip()).matches()) {
          throw new HeaderRefusedException(
              name, "is one or more https or mailto addresses in angle brackets, with commas.");
        }
      }
      case "list-unsubscribe-post" -> {
        if (!value.strip().equals(ONE_CLICK)) {
          throw new HeaderRefusedException(name, "is always " + ONE_CLICK + " (RFC 8058).");
        }
        if (!all.getOrDefault("list-unsubscribe", "")
            .toLowerCase(Locale.ROOT)
            .contains("<https:")) {
          throw new HeaderRefusedException(
              name, "needs a List-Unsubscribe with an https address beside it (RFC 8058).");
        }
      }
      default -> {}
    }
  }
}
