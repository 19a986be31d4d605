package email.daimon.understand.html;

import java.util.Arrays;
import java.util.List;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;

/** HTML within bounds that keep its tree small: 2 MB of characters, 50,000 elements, 256 deep. */
final class BoundedHtml {
  /** Of nesting: a parser flattens what is deeper, which is not what a reader sees. */
  static final int DEEPEST = 256;

  private static final int CHARACTERS = 2 << 20;
  private static final int TAGS = 50_000;

  private BoundedHtml() {}

  /** The beginning that is read. */
  static String bounded(String html) {
    return html.substring(0, end(html));
  }

  /** With the place of each node in the source. */
  static Document parse(String bounded) {
    return Parser.htmlParser().setMaxDepth(DEEPEST).setTrackPosition(true).parseInput(bounded, "");
  }

  /** Before the first start or end tag too many. */
  private static int end(String html) {
    int most = Math.min(html.length(), CHARACTERS);
    int starts = 0;
    int ends = 0;
    for (int i = html.indexOf('<'); i >= 0 && i < most; i = html.indexOf('<', i + 1)) {
      boolean ending = i + 1 < most && html.charAt(i + 1) == '/';
      starts += ending ? 0 : 1;
      ends += ending ? 1 : 0;
      if (starts > TAGS || ends > TAGS) {
        most = i;
      }
    }
    return starts < OpenTags.MOST ? most : new OpenTags(html, most).end();
  }

  /**
   * A look at which tags are left open, before a tree is made of them: a parser opens those of
   * formats again in each paragraph, and works longer the more of any are open.
   */
  private static final class OpenTags {
    private static final int MOST = 1_000;
    private static final int COPIES = 12;
    private static final int COPIES_IN_ALL = 100_000;

    /** Closed by what follows, or empty. */
    private static final int[] CLOSED =
        hashes(
            List.of(
                "a",
                "p",
                "br",
                "hr",
                "img",
                "input",
                "meta",
                "link",
                "base",
                "area",
                "col",
                "embed",
                "source",
                "track",
                "wbr",
                "param",
                "li",
                "td",
                "th",
                "tr",
                "tbody",
                "thead",
                "tfoot",
                "colgroup",
                "option",
                "optgroup",
                "dt",
                "dd",
                "html",
                "head",
                "body"));

    private static final int[] FORMATS =
        hashes(
            List.of(
                "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong",
                "tt", "u"));

    private final String html;
    private final int most;
    private final int[] open = new int[256];
    private int depth;
    private int formats;
    private int copies;

    private OpenTags(String html, int most) {
      this.html = html;
      this.most = most;
    }

    /** Before the tag that is too much. */
    private int end() {
      for (int i = html.indexOf('<'); i >= 0 && i < most; i = html.indexOf('<', i + 1)) {
        boolean ending = i + 1 < most && html.charAt(i + 1) == '/';
        int name = name(ending ? i + 2 : i + 1);
        if (name == 0 || contains(CLOSED, name)) {
          copies += ending ? 0 : Math.min(formats, COPIES);
        } else if (!ending || open[name & 0xff] > 0) {
          int change = ending ? -1 : 1;
          open[name & 0xff] += change;
          depth += change;
          formats += contains(FORMATS, name) ? change : 0;
        }
        if (depth > MOST || copies > COPIES_IN_ALL) {
          return i;
        }
      }
      return most;
    }

    /** The hash of a tag's name; 0 where none begins. */
    private int name(int from) {
      int hash = 0;
      for (int i = from; i < most && i < from + 20; i++) {
        char c = html.charAt(i);
        if (c <= ' ' || c == '>' || c == '/' || (hash == 0 && (c | 0x20) < 'a')) {
          return hash;
        }
        hash = hash * 31 + (c >= 'A' && c <= 'Z' ? c | 0x20 : c);
      }
      return hash;
    }

    private static int[] hashes(List<String> names) {
      return names.stream().mapToInt(String::hashCode).sorted().toArray();
    }

    private static boolean contains(int[] hashes, int hash) {
      return Arrays.binarySearch(hashes, hash) >= 0;
    }
  }
}
