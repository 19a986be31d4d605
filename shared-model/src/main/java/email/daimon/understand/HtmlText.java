package email.daimon.understand;

import java.util.Set;
import java.util.function.Predicate;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/**
 * HTML as the plain text that a reader sees: blocks on lines of their own, links as {@code text
 * (url)}, nothing hidden. Walks without recursion.
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

  private final Predicate<Element> left;
  private final boolean withLinks;
  private final int most;
  private final StringBuilder text = new StringBuilder();
  private int wantedBreaks;
  private boolean blank;
  private int preformatted;
  private int linkStart = -1;

  private HtmlText(Predicate<Element> left, boolean withLinks, int most) {
    this.left = left;
    this.withLinks = withLinks;
    this.most = most;
  }

  /** All that is visible. */
  static String of(Element root) {
    return of(root, element -> false, true);
  }

  /**
   * All that is visible but certain elements.
   *
   * @param left which elements to leave out with all they hold
   * @param withLinks whether addresses are written behind the texts of links
   */
  static String of(Element root, Predicate<Element> left, boolean withLinks) {
    return rendered(root, new HtmlText(left, withLinks, Integer.MAX_VALUE));
  }

  /** The first visible characters, that many or a few more. */
  static String beginning(Element root, int characters) {
    return rendered(root, new HtmlText(element -> false, false, characters));
  }

  private static String rendered(Element root, HtmlText rendering) {
    NodeTraversor.filter(rendering, root);
    return rendering.text.toString().strip();
  }

  @Override
  public FilterResult head(Node node, int depth) {
    if (text.length() > most) {
      return FilterResult.STOP;
    }
    if (node instanceof TextNode words) {
      String whole = words.getWholeText();
      append(whole.length() > most ? whole.substring(0, most) : whole);
    } else if (node instanceof Element element) {
      if (HiddenElements.contains(element) || left.test(element)) {
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
      case "a" -> linkStart = text.length();
      case "pre" -> preformatted++;
      default -> {}
    }
    breakAround(name);
    if (name.equals("li")) {
      append("- ");
    }
  }

  private void close(Element element) {
    String name = element.normalName();
    switch (name) {
      case "td", "th" -> blank = true;
      case "a" -> link(element);
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

  private void link(Element element) {
    String address = LinkAddress.of(element.attr("href")).orElse("");
    int from = linkStart;
    linkStart = -1;
    if (!withLinks || address.isEmpty() || from < 0 || from >= text.length()) {
      return;
    }
    String shown = text.substring(from).strip();
    if (!shown.isEmpty() && !address.contains(shown)) {
      text.append(" (").append(address).append(')');
    }
  }

  private void lineBreak() {
    if (wantedBreaks > 0 && !text.isEmpty()) {
      flushBreaks();
    }
    text.append('\n');
    blank = false;
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
