package email.daimon.understand.css;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.function.BiConsumer;

/** Takes a style sheet apart into rules that apply to a light screen, in one pass. */
final class SheetReader {
  private static final Set<String> GROUPS =
      Set.of("@supports", "@layer", "@container", "@scope", "@-moz-document", "@document");

  private final String css;
  private final BiConsumer<String, String> rule;
  private final Deque<Boolean> groups = new ArrayDeque<>();
  private int at;

  SheetReader(String css, BiConsumer<String, String> rule) {
    this.css = css;
    this.rule = rule;
  }

  void read() {
    while (at < css.length()) {
      int end = CssText.end(css, at, "{};");
      String head = CssText.withoutComments(css.substring(at, end)).strip();
      at = end + 1;
      if (end == css.length()) {
        return;
      }
      switch (css.charAt(end)) {
        case '}' -> groups.pollLast();
        case '{' -> open(withoutMarks(head));
        default -> {}
      }
    }
  }

  private void open(String head) {
    if (!head.startsWith("@")) {
      int end = CssText.end(css, at, "}");
      if (!groups.contains(false)) {
        rule.accept(head, css.substring(at, end));
      }
      at = end + 1;
      return;
    }
    int blank = 1;
    while (blank < head.length() && head.charAt(blank) > ' ' && head.charAt(blank) != '(') {
      blank++;
    }
    String name = head.substring(0, blank).toLowerCase(Locale.ROOT);
    if (name.equals("@media") && groups.size() < 8) {
      groups.addLast(Media.holds(head.substring(blank).strip()));
    } else if (GROUPS.contains(name) && groups.size() < 8) {
      groups.addLast(!head.contains("not "));
    } else {
      skip();
    }
  }

  /** Behind the brace that closes what was just opened. */
  private void skip() {
    int depth = 1;
    while (at < css.length() && depth > 0) {
      int end = CssText.end(css, at, "{}");
      depth += end < css.length() && css.charAt(end) == '{' ? 1 : -1;
      at = end + 1;
    }
  }

  /** Sheets stand in HTML comments where programs without styles were feared. */
  private static String withoutMarks(String head) {
    String all = head;
    while (all.startsWith("<!--") || all.startsWith("-->")) {
      all = all.substring(all.startsWith("<") ? 4 : 3).strip();
    }
    return all;
  }
}
