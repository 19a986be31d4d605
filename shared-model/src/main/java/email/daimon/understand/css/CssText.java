package email.daimon.understand.css;

import java.util.ArrayList;
import java.util.List;

/** Stretches of style text: where they end outside of strings, brackets and comments. */
final class CssText {
  private CssText() {}

  /**
   * Where one of some marks stands next, outside of strings, brackets and comments; else the end. A
   * brace ends a bracket that was left open.
   */
  static int end(String css, int from, String marks) {
    int depth = 0;
    int i = from;
    while (i < css.length()) {
      char c = css.charAt(i);
      if ((depth == 0 || c == '{' || c == '}') && marks.indexOf(c) >= 0) {
        return i;
      }
      switch (c) {
        case '"', '\'' -> i = endOfString(css, i);
        case '/' -> i = skippedComment(css, i);
        case '\\' -> i++;
        case '(', '[' -> depth++;
        case ')', ']' -> depth = Math.max(0, depth - 1);
        default -> {}
      }
      i++;
    }
    return css.length();
  }

  /** The last character of the string that starts here: its mark, or the end of the line. */
  private static int endOfString(String css, int open) {
    for (int i = open + 1; i < css.length(); i++) {
      char c = css.charAt(i);
      if (c == css.charAt(open) || c == '\n') {
        return i;
      }
      i += c == '\\' ? 1 : 0;
    }
    return css.length();
  }

  private static int skippedComment(String css, int at) {
    if (!css.startsWith("/*", at)) {
      return at;
    }
    int end = css.indexOf("*/", at + 2);
    return end < 0 ? css.length() : end + 1;
  }

  static String withoutComments(String css) {
    int open = css.indexOf("/*");
    if (open < 0) {
      return css;
    }
    StringBuilder kept = new StringBuilder(css.length());
    int from = 0;
    while (open >= 0) {
      kept.append(css, from, open);
      from = Math.min(css.length(), skippedComment(css, open) + 1);
      open = css.indexOf("/*", from);
    }
    return kept.append(css, from, css.length()).toString();
  }

  /** With {@code \64 } as {@code d}: who writes that hides. */
  static String unescaped(String css) {
    if (css.indexOf('\\') < 0) {
      return css;
    }
    StringBuilder plain = new StringBuilder(css.length());
    for (int i = 0; i < css.length(); i++) {
      if (css.charAt(i) != '\\' || i + 1 == css.length()) {
        plain.append(css.charAt(i));
        continue;
      }
      int end = i + 1;
      int code = 0;
      while (end < css.length() && end < i + 7 && Character.digit(css.charAt(end), 16) >= 0) {
        code = code * 16 + Character.digit(css.charAt(end++), 16);
      }
      if (end == i + 1) {
        plain.append(css.charAt(end));
        i = end;
      } else {
        plain.appendCodePoint(Character.isValidCodePoint(code) ? code : '?');
        i = end < css.length() && css.charAt(end) == ' ' ? end : end - 1;
      }
    }
    return plain.toString();
  }

  /** Pieces between blanks, brackets kept whole. */
  static List<String> parts(String value) {
    List<String> parts = new ArrayList<>();
    int from = 0;
    int depth = 0;
    for (int i = 0; i <= value.length(); i++) {
      char c = i < value.length() ? value.charAt(i) : ' ';
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      if ((c <= ' ' && depth <= 0) || i == value.length()) {
        if (i > from) {
          parts.add(value.substring(from, i));
        }
        from = i + 1;
      }
    }
    return parts;
  }

  /** What {@code var(--name, fallback)} falls back to, where the name is not known. */
  static String fallback(String value) {
    int comma = value.startsWith("var(") ? value.indexOf(',') : -1;
    return comma < 0 || !value.endsWith(")")
        ? value
        : value.substring(comma + 1, value.length() - 1).strip();
  }

  static String firstWord(String value) {
    int end = 0;
    while (end < value.length() && value.charAt(end) > ' ') {
      end++;
    }
    return value.substring(0, end);
  }
}
