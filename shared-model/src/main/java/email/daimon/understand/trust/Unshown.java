package email.daimon.understand.trust;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.parser.Parser;

/** Words in HTML that stand in no element: in styles, data of elements, data for programs. */
final class Unshown {
  private static final int MOST = 40;
  private static final int LONGEST = 4_000;
  private static final int SHORTEST = 16;
  private static final int BLANKS = 2;
  private static final int NAME = 60;
  private static final int FIRST_WITHOUT_BLANKS = 0x2e80;

  private final String html;
  private final List<Found> found = new ArrayList<>();

  private Unshown(String html) {
    this.html = html;
  }

  /** One that was found, and where in the HTML, in UTF-16 units. */
  record Found(String text, int start, int end) {}

  /** All of them that are more than two words. */
  static List<Found> of(String html) {
    Unshown unshown = new Unshown(html);
    unshown.behind(" data-", '=');
    unshown.behind("content", ':');
    unshown.scripts();
    return unshown.found;
  }

  /** What is quoted behind a name and a mark: {@code data-note="…"}, {@code content: "…"}. */
  private void behind(String name, char mark) {
    int at = html.indexOf(name);
    while (at >= 0 && found.size() < MOST) {
      int open = at + name.length();
      while (open < html.length() && open - at < NAME && isOfName(html.charAt(open))) {
        open++;
      }
      open = marked(open, mark);
      int close = open < 0 ? -1 : html.indexOf(html.charAt(open - 1), open);
      if (close > open && close - open <= LONGEST) {
        add(open, close);
        at = html.indexOf(name, close);
      } else {
        at = html.indexOf(name, at + name.length());
      }
    }
  }

  private static boolean isOfName(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  }

  /** Behind the quote that follows a mark, or -1. */
  private int marked(int from, char mark) {
    int at = blanks(from);
    if (at >= html.length() || html.charAt(at) != mark) {
      return -1;
    }
    at = blanks(at + 1);
    return at < html.length() && (html.charAt(at) == '"' || html.charAt(at) == '\'') ? at + 1 : -1;
  }

  private int blanks(int from) {
    int at = from;
    while (at < html.length() && html.charAt(at) <= ' ') {
      at++;
    }
    return at;
  }

  /** {@code <script type="application/ld+json">}: programs of mail show what it says. */
  private void scripts() {
    int at = html.indexOf("ld+json");
    while (at >= 0 && found.size() < MOST) {
      int open = html.indexOf('>', at);
      int close = open < 0 ? -1 : html.indexOf("</", open);
      if (close < 0) {
        return;
      }
      add(open + 1, Math.min(close, open + 1 + LONGEST));
      at = html.indexOf("ld+json", close);
    }
  }

  private void add(int start, int end) {
    int blanks = 0;
    for (int i = start; i < end && blanks < BLANKS; i++) {
      char c = html.charAt(i);
      blanks += c == ' ' || c == '&' ? 1 : c >= FIRST_WITHOUT_BLANKS ? BLANKS : 0;
    }
    boolean dense = end > start && html.charAt(start) >= FIRST_WITHOUT_BLANKS;
    if (blanks >= BLANKS && end - start >= (dense ? SHORTEST / 2 : SHORTEST)) {
      String text = html.substring(start, end);
      found.add(
          new Found(
              text.indexOf('&') < 0 ? text : Parser.unescapeEntities(text, true), start, end));
    }
  }
}
