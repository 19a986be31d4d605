package email.daimon.understand.html;

import java.util.List;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;

/** Where hidden texts stand in the source, of which the parser kept the places of its nodes. */
final class SourcePlaces {
  private static final int LONGEST_REFERENCE = 32;

  private final String html;

  private SourcePlaces(String html) {
    this.html = html;
  }

  static List<HiddenPart> of(String html, List<HiddenParts.Found> found) {
    SourcePlaces places = new SourcePlaces(html);
    return found.stream().map(places::placed).toList();
  }

  private HiddenPart placed(HiddenParts.Found one) {
    Node first = one.node();
    if (!one.attribute().isEmpty()) {
      int value = first.attributes().sourceRange(one.attribute()).valueRange().startPos();
      return one.part().at(Math.max(0, value), endOfValue(Math.max(0, value)));
    }
    Range range = first.sourceRange();
    int start = Math.max(0, range.startPos());
    int end = Math.max(start, range.endPos());
    if (one.from() >= 0) {
      int from = behind(start, end, one.from());
      return one.part().at(from, behind(from, end, one.to() - one.from()));
    }
    return one.part().at(start, Math.max(end, one.last().sourceRange().endPos()));
  }

  /** Of an attribute; the library counts the quotation mark to it. */
  private int endOfValue(int start) {
    char mark = start > 0 ? html.charAt(start - 1) : ' ';
    boolean quoted = mark == '"' || mark == '\'';
    int end = start;
    while (end < html.length()
        && (quoted
            ? html.charAt(end) != mark
            : html.charAt(end) > ' ' && html.charAt(end) != '>')) {
      end++;
    }
    return end;
  }

  /** Behind so many characters, of which character references may be some. */
  private int behind(int start, int end, int characters) {
    int at = start;
    int left = characters;
    while (at < end && left > 0) {
      int semicolon = html.charAt(at) == '&' ? semicolon(at) : -1;
      if (semicolon > at) {
        String reference = html.substring(at, semicolon + 1);
        String stands = Parser.unescapeEntities(reference, false);
        if (!stands.equals(reference)) {
          left -= stands.length();
          at = semicolon + 1;
          continue;
        }
      }
      at++;
      left--;
    }
    return Math.min(at, end);
  }

  private int semicolon(int from) {
    for (int i = from; i < html.length() && i < from + LONGEST_REFERENCE; i++) {
      if (html.charAt(i) == ';') {
        return i;
      }
    }
    return -1;
  }
}
