package email.daimon.understand.css;

import java.util.HashMap;
import java.util.Map;

/**
 * Custom properties of the style sheets (CSS Custom Properties Level 1), which some mail programs
 * know. One that is given two values is not known: which counts depends on where it is asked for.
 */
final class Variables {
  private static final int LONGEST = 2_000;
  private static final int MOST = 1_000;
  private static final int DEEPEST = 4;
  private static final String SEVERAL = "";

  private final Map<String, String> values = new HashMap<>();

  /** Whether a sheet may declare any; marks of HTML comments stand in many. */
  static boolean mayDeclare(String css) {
    int at = css.indexOf("--");
    while (at >= 0 && at + 2 < css.length()) {
      if (Character.isLetterOrDigit(css.charAt(at + 2)) || css.charAt(at + 2) == '_') {
        return true;
      }
      at = css.indexOf("--", at + 2);
    }
    return false;
  }

  /** Takes those that a rule declares. */
  void collect(String declarations) {
    int from = declarations.indexOf("--");
    while (from >= 0 && from < declarations.length() && values.size() < MOST) {
      int colon = CssText.end(declarations, from, ":;");
      int end = CssText.end(declarations, colon, ";");
      if (colon < end && end - from < LONGEST) {
        String name = declarations.substring(from, colon).strip();
        String value = CssText.withoutComments(declarations.substring(colon + 1, end)).strip();
        values.merge(name, value, (one, other) -> one.equals(other) ? one : SEVERAL);
      }
      from = declarations.indexOf("--", end);
    }
  }

  /** A value with what its variables stand for, or fall back to; as it is where that is unknown. */
  String resolved(String value) {
    String plain = value;
    for (int depth = 0; depth < DEEPEST; depth++) {
      int from = plain.indexOf("var(");
      int end = from < 0 ? -1 : CssText.end(plain, from + 4, ")");
      if (from < 0 || end >= plain.length()) {
        return plain;
      }
      int comma = CssText.end(plain, from + 4, ",)");
      String known = values.getOrDefault(plain.substring(from + 4, comma).strip(), SEVERAL);
      if (known.equals(SEVERAL) && comma == end) {
        return value;
      }
      String stands = known.equals(SEVERAL) ? plain.substring(comma + 1, end).strip() : known;
      plain = plain.substring(0, from) + stands + plain.substring(end + 1);
      if (plain.length() > LONGEST) {
        return value;
      }
    }
    return plain;
  }
}
