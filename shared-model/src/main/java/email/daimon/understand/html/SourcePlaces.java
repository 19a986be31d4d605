package email.daimon.understand.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.Range;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeTraversor;

/**
 * Where hidden texts stand in the source. Keeping track of places doubles the time of parsing, so
 * HTML is parsed for them a second time, where it hides any text.
 */
final class SourcePlaces {
  private static final int LONGEST_REFERENCE = 32;

  /** Of HTML beyond, hidden text is told without its place. */
  private static final int TRACKED = 256 << 10;

  private final Map<Integer, Node> nodes = new HashMap<>();
  private final String html;
  private int count;

  private SourcePlaces(String html) {
    this.html = html;
  }

  static List<HiddenPart> of(String html, List<HiddenParts.Found> found) {
    if (found.isEmpty()) {
      return List.of();
    }
    SourcePlaces places = new SourcePlaces(html);
    if (found.size() == 1 && found.getFirst().isTitle()) {
      // Most mails hide nothing else.
      Optional<HiddenPart> title = places.title(found.getFirst().part());
      if (title.isPresent()) {
        return List.of(title.get());
      }
    }
    for (HiddenParts.Found one : found) {
      places.nodes.put(one.node(), Placeholder.NODE);
      places.nodes.put(one.last(), Placeholder.NODE);
    }
    Document document = BoundedHtml.tracked(html.substring(0, Math.min(html.length(), TRACKED)));
    NodeTraversor.traverse((node, _) -> places.pass(node), document);
    List<HiddenPart> parts = new ArrayList<>();
    found.forEach(one -> parts.add(places.placed(one)));
    return parts;
  }

  /** The words of a title that is opened once and holds no markup. */
  private Optional<HiddenPart> title(HiddenPart part) {
    int tag = html.indexOf("<title>");
    int start = tag + "<title>".length();
    int end = tag < 0 ? -1 : html.indexOf('<', start);
    boolean plain =
        end >= 0
            && html.startsWith("</title>", end)
            && html.indexOf("<!--") < 0
            && html.indexOf("<title", end) < 0
            && html.indexOf("<TITLE") < 0;
    return plain ? Optional.of(part.at(start, end)) : Optional.empty();
  }

  private static final class Placeholder {
    private static final Node NODE = new Element("none");

    private Placeholder() {}
  }

  private void pass(Node node) {
    if (nodes.containsKey(count)) {
      nodes.put(count, node);
    }
    count++;
  }

  private HiddenPart placed(HiddenParts.Found one) {
    Node first = nodes.getOrDefault(one.node(), Placeholder.NODE);
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
    Node last = nodes.getOrDefault(one.last(), Placeholder.NODE);
    return one.part().at(start, Math.max(end, last.sourceRange().endPos()));
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
