package email.daimon.understand.html;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/**
 * HTML within bounds that keep its tree small: 2 MB of characters, 50,000 elements or so, and no
 * nesting of thousands.
 */
final class BoundedHtml {
  private static final int CHARACTERS = 2 << 20;
  private static final int ELEMENTS = 50_000;
  private static final int DEEPEST = 5_000;

  private BoundedHtml() {}

  /** The beginning that is read. */
  static String bounded(String html) {
    return html.substring(0, end(html));
  }

  static Document parse(String bounded) {
    return Jsoup.parse(bounded);
  }

  /** With the place of each node in the source. */
  static Document tracked(String bounded) {
    return Jsoup.parse(bounded, "", Parser.htmlParser().setTrackPosition(true));
  }

  /** Before the first element too many, or the first too deep. */
  private static int end(String html) {
    int most = Math.min(html.length(), CHARACTERS);
    int elements = 0;
    int depth = 0;
    for (int i = html.indexOf('<'); i >= 0 && i < most; i = html.indexOf('<', i + 1)) {
      char next = i + 1 < most ? html.charAt(i + 1) : ' ';
      depth += next == '/' ? -1 : nests(html, i + 1) ? 1 : 0;
      depth = Math.max(0, depth);
      elements += next == '/' ? 0 : 1;
      if (elements > ELEMENTS || depth > DEEPEST) {
        return i;
      }
    }
    return most;
  }

  /** Whether a tag begins here that must be closed: paragraphs, cells and items need not. */
  private static boolean nests(String html, int at) {
    char c = at < html.length() ? Character.toLowerCase(html.charAt(at)) : ' ';
    if (c < 'a' || c > 'z') {
      return false;
    }
    return switch (c) {
      case 'b' -> !html.regionMatches(true, at, "br", 0, 2);
      case 'd' -> html.regionMatches(true, at, "div", 0, 3);
      case 'h' -> !html.regionMatches(true, at, "hr", 0, 2);
      case 'i' -> !html.regionMatches(true, at, "im", 0, 2);
      case 'l' -> html.regionMatches(true, at, "la", 0, 2);
      case 't' -> html.regionMatches(true, at, "ta", 0, 2);
      case 'c', 'm', 'p', 'w', 'o' -> false;
      default -> true;
    };
  }
}
