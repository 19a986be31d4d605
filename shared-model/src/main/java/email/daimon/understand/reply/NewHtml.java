package email.daimon.understand.reply;

import email.daimon.understand.html.Page;
import email.daimon.understand.reply.Reading.Piece;
import java.util.List;
import org.jsoup.nodes.Attribute;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/** The HTML of what is new: the tree without what was cut of its text. Walks without recursion. */
final class NewHtml implements NodeFilter {
  private static final int NEIGHBOURS = 16;

  private final Page page;
  private final List<Piece> cuts;
  private final StringBuilder html = new StringBuilder();
  private final int lastNew;
  private int place;

  private NewHtml(Page page, List<Piece> cuts) {
    this.page = page;
    this.cuts = cuts;
    this.lastNew = lastNew();
  }

  /** Behind it all is cut. */
  private int lastNew() {
    int end = page.text().length();
    return cuts.isEmpty() || cuts.getLast().end() < end ? end : cuts.getLast().start();
  }

  static String of(Page page, Reading reading) {
    NewHtml fresh = new NewHtml(page, reading.cuts());
    Element body = page.document().body();
    for (Node child = body.firstChild(); child != null; child = child.nextSibling()) {
      NodeTraversor.filter(fresh, child);
    }
    return fresh.html.toString();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode words) {
      text(words);
    } else if (node instanceof Element element) {
      if (!page.shows(element)) {
        return FilterResult.SKIP_ENTIRELY;
      }
      Page.Place shown = page.place(element);
      place = shown.start();
      if (place > lastNew || isCut(shown.start(), shown.end())) {
        place = shown.end();
        return FilterResult.SKIP_ENTIRELY;
      }
      open(element);
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      place = page.place(element).end();
      if (!element.tag().isEmpty()) {
        html.append("</").append(element.tagName()).append('>');
      }
    }
    return FilterResult.CONTINUE;
  }

  private void open(Element element) {
    html.append('<').append(element.tagName());
    if (element.attributesSize() > 0) {
      for (Attribute attribute : element.attributes()) {
        if (!isName(attribute.getKey())) {
          continue;
        }
        html.append(' ').append(attribute.getKey()).append("=\"");
        escape(attribute.getValue());
        html.append('"');
      }
    }
    html.append('>');
  }

  /** Damaged HTML has names of all sorts. */
  private static boolean isName(String key) {
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      if ((c >= 0x80 || !Chars.isWord(c)) && "-_:.".indexOf(c) < 0) {
        return false;
      }
    }
    return !key.isEmpty();
  }

  /** A text stands between what is before and behind it in the tree. */
  private void text(TextNode words) {
    int end = endOf(words);
    int start = Math.min(place, end);
    place = end;
    if (isCut(start, end)) {
      return;
    }
    int first = firstEndingBehind(start);
    if (first < cuts.size() && cuts.get(first).start() < end) {
      pieces(first, start, end);
    } else {
      escape(words.getWholeText());
    }
  }

  private int endOf(Node node) {
    Node next = node.nextSibling();
    for (int i = 0; i < NEIGHBOURS && next != null; i++) {
      if (next instanceof Element element && page.shows(element)) {
        return page.place(element).start();
      }
      next = next.nextSibling();
    }
    return node.parent() instanceof Element parent
        ? page.place(parent).end()
        : page.text().length();
  }

  /** Of a text that was cut in its middle. */
  private void pieces(int first, int start, int end) {
    int from = start;
    for (int i = first; i < cuts.size() && cuts.get(i).start() < end; i++) {
      lines(from, Math.max(from, cuts.get(i).start()));
      from = Math.min(end, cuts.get(i).end());
    }
    lines(from, end);
  }

  /** The first cut that ends behind a place; its number, or how many there are. */
  private int firstEndingBehind(int place) {
    int from = 0;
    int to = cuts.size();
    while (from < to) {
      int middle = (from + to) / 2;
      if (cuts.get(middle).end() > place) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }

  private void lines(int start, int end) {
    int from = start;
    for (int i = start; i < end; i++) {
      if (page.text().charAt(i) == '\n') {
        escape(page.text().substring(from, i));
        html.append("<br>\n");
        from = i + 1;
      }
    }
    escape(page.text().substring(from, end));
  }

  private void escape(String words) {
    int from = 0;
    for (int i = 0; i < words.length(); i++) {
      String sign =
          switch (words.charAt(i)) {
            case '&' -> "&amp;";
            case '<' -> "&lt;";
            case '>' -> "&gt;";
            case '"' -> "&quot;";
            case '\u00a0' -> "&nbsp;";
            default -> "";
          };
      if (!sign.isEmpty()) {
        html.append(words, from, i).append(sign);
        from = i + 1;
      }
    }
    html.append(words, from, words.length());
  }

  /** Whether all of a place that has words was cut; an empty one if it lies within. */
  private boolean isCut(int start, int end) {
    String text = page.text();
    int from = start;
    while (from < end && Chars.isBlank(text.charAt(from))) {
      from++;
    }
    int to = end;
    while (to > from && Chars.isBlank(text.charAt(to - 1))) {
      to--;
    }
    int first = firstEndingBehind(from);
    if (first == cuts.size()) {
      return false;
    }
    Piece cut = cuts.get(first);
    return from == to ? cut.start() < from : cut.start() <= from && to <= cut.end();
  }
}
