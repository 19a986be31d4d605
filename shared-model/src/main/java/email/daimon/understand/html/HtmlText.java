package email.daimon.understand.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * HTML as the plain text that a reader sees: blocks on lines of their own, nothing hidden, with the
 * place of each element. Walks without recursion.
 */
final class HtmlText implements NodeFilter {
  private static final Set<String> PARAGRAPHS =
      Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "pre", "table");
  private static final Set<String> LINES =
      Set.of(
          "div",
          "li",
          "tr",
          "dt",
          "dd",
          "section",
          "article",
          "header",
          "footer",
          "address",
          "form",
          "fieldset",
          "center",
          "hr",
          "body",
          "main",
          "nav",
          "aside",
          "figure",
          "dl");

  private final StringBuilder text = new StringBuilder();
  private final Map<Element, Page.Place> places = Page.noPlaces();
  private final List<Target> targets = new ArrayList<>();
  private int wantedBreaks;
  private boolean blank;
  private int preformatted;

  /** An address and where it belongs in the text. */
  private record Target(int at, String address) {}

  private HtmlText() {}

  static HtmlText of(Element root) {
    HtmlText rendering = new HtmlText();
    NodeTraversor.filter(rendering, root);
    rendering.end();
    return rendering;
  }

  String text() {
    return text.toString();
  }

  /** Where each shown element is in the text. */
  Map<Element, Page.Place> places() {
    return places;
  }

  String textWithLinks() {
    StringBuilder all = new StringBuilder(text.length());
    int from = 0;
    for (Target target : targets) {
      int at = Math.min(target.at(), text.length());
      all.append(text, from, at).append(" (").append(target.address()).append(')');
      from = at;
    }
    return all.append(text, from, text.length()).toString();
  }

  private void end() {
    int end = text.length();
    while (end > 0 && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    text.setLength(end);
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (node instanceof TextNode words) {
      append(words.getWholeText());
    } else if (node instanceof Element element) {
      if (HiddenElements.contains(element)) {
        return FilterResult.SKIP_ENTIRELY;
      }
      open(element);
    }
    return FilterResult.CONTINUE;
  }

  @Override
  public FilterResult tail(Node node, int depth) {
    if (node instanceof Element element) {
      close(element);
    }
    return FilterResult.CONTINUE;
  }

  private void open(Element element) {
    String name = element.normalName();
    switch (name) {
      case "br" -> lineBreak();
      case "img" -> append(element.attr("alt"));
      case "pre" -> preformatted++;
      default -> {}
    }
    breakAround(name);
    places.put(element, new Page.Place(text.length(), text.length()));
    if (name.equals("li")) {
      append("- ");
    }
  }

  private void close(Element element) {
    String name = element.normalName();
    int from = places.getOrDefault(element, new Page.Place(0, 0)).start();
    places.put(element, new Page.Place(from, text.length()));
    switch (name) {
      case "td", "th" -> blank = true;
      case "a" -> link(element, from);
      case "pre" -> preformatted--;
      default -> {}
    }
    breakAround(name);
  }

  private void breakAround(String name) {
    if (PARAGRAPHS.contains(name)) {
      wantedBreaks = Math.max(wantedBreaks, 2);
    } else if (LINES.contains(name)) {
      wantedBreaks = Math.max(wantedBreaks, 1);
    }
  }

  private void link(Element element, int from) {
    String address = LinkAddress.of(element.attr("href")).orElse("");
    if (address.isEmpty() || from >= text.length()) {
      return;
    }
    String shown = text.substring(from).strip();
    if (!shown.isEmpty() && !address.contains(shown)) {
      targets.add(new Target(text.length(), address));
    }
  }

  private void lineBreak() {
    blank = false;
    if (text.isEmpty()) {
      return;
    }
    flushBreaks();
    text.append('\n');
  }

  private void append(String words) {
    for (int i = 0; i < words.length(); i++) {
      char c = words.charAt(i);
      if (preformatted > 0 && c == '\n') {
        lineBreak();
      } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u00a0') {
        blank = true;
      } else if (!isInvisible(c)) {
        character(c);
      }
    }
  }

  /** Characters by which preheaders are padded and words are broken. */
  private static boolean isInvisible(char c) {
    return c == '\u200b' || c == '\ufeff' || c == '\u00ad' || c == '\u034f' || c == '\u2060';
  }

  private void character(char c) {
    flushBreaks();
    if (blank && !text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
      text.append(' ');
    }
    blank = false;
    text.append(c);
  }

  private void flushBreaks() {
    int there = 0;
    while (there < 2 && there < text.length() && text.charAt(text.length() - 1 - there) == '\n') {
      there++;
    }
    for (int i = there; i < wantedBreaks && !text.isEmpty(); i++) {
      text.append('\n');
    }
    wantedBreaks = 0;
  }
}
