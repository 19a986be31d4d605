package email.daimon.understand.links;

import email.daimon.understand.html.LinkAddress;
import email.daimon.understand.html.Page;
import email.daimon.understand.links.FoundLink.Look;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Comment;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.select.Evaluator;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jsoup.select.Selector;

/** Links of HTML: of elements, of Outlook's buttons in comments, and bare addresses of its text. */
final class HtmlLinks implements NodeVisitor {
  private static final int LONGEST_COMMENT = 20_000;
  private static final int MOST_COMMENTS = 20;
  private static final Evaluator NAMED_PICTURE = Selector.evaluatorOf("img[alt], img[title]");

  private final Page page;
  private final int most;
  private final IntPredicate aside;
  private final List<Anchor> anchors = new ArrayList<>();
  private Optional<String> base = Optional.empty();
  private int comments;
  private int last;

  private record Anchor(String address, String name, Look look, int start, int end) {}

  private HtmlLinks(Page page, int most, IntPredicate aside) {
    this.page = page;
    this.most = most;
    this.aside = aside;
  }

  /**
   * Finds at most so many.
   *
   * @param aside whether what stands at a place of the page's text is not new text
   */
  static List<FoundLink> of(Page page, int most, IntPredicate aside) {
    HtmlLinks links = new HtmlLinks(page, most, aside);
    NodeTraversor.traverse(links, page.document());
    return links.found();
  }

  @Override
  public void head(Node node, int depth) {
    if (anchors.size() >= most) {
      return;
    }
    if (node instanceof Element element) {
      switch (element.normalName()) {
        case "a", "area" -> anchor(element);
        case "base" -> base = base.isPresent() ? base : LinkAddress.of(element.attr("href"));
        default -> {}
      }
    } else if (node instanceof Comment comment && comments < MOST_COMMENTS) {
      String data = comment.getData();
      if (data.length() < LONGEST_COMMENT && data.contains("roundrect")) {
        comments++;
        buttonsOfOutlook(data);
      }
    }
  }

  private void anchor(Element element) {
    if (!element.hasAttr("href")) {
      return;
    }
    Optional<String> address = address(element.attr("href"));
    Page.Place place = page.place(element);
    boolean shown = page.shows(element);
    int start = shown ? place.start() : last;
    int end = Math.max(start, place.end());
    Look look =
        !shown || aside.test(start)
            ? Look.ASIDE
            : Looks.inFooter(element)
                ? Look.FOOTER
                : Looks.button(element) ? Look.BUTTON : Look.PLAIN;
    address.ifPresent(
        it -> anchors.add(new Anchor(it, nameOf(element, start, end), look, start, end)));
    last = Math.max(last, end);
  }

  private void buttonsOfOutlook(String data) {
    for (Element element : Jsoup.parseBodyFragment(data).select("[href]")) {
      String name = element.text().strip();
      Look look = aside.test(last) ? Look.ASIDE : Look.BUTTON;
      address(element.attr("href"))
          .ifPresent(it -> anchors.add(new Anchor(it, name, look, last, last)));
    }
  }

  private Optional<String> address(String href) {
    String trimmed = href.strip();
    Optional<String> whole = LinkAddress.of(trimmed);
    if (whole.isPresent() || trimmed.isEmpty() || trimmed.startsWith("#")) {
      return whole;
    }
    if (trimmed.startsWith("//")) {
      return LinkAddress.of("https:" + trimmed);
    }
    int colon = trimmed.indexOf(':');
    int slash = trimmed.indexOf('/');
    boolean schemed = colon >= 0 && (slash < 0 || colon < slash);
    if (schemed || base.isEmpty()) {
      return Optional.empty();
    }
    try {
      return LinkAddress.of(URI.create(base.get()).resolve(trimmed).toString());
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  private String nameOf(Element element, int start, int end) {
    String name = page.text().substring(start, end).strip();
    for (String attribute : List.of("aria-label", "title", "alt")) {
      name = name.isEmpty() ? element.attr(attribute).strip() : name;
    }
    Element image = name.isEmpty() ? element.selectFirst(NAMED_PICTURE) : null;
    if (image == null) {
      return name;
    }
    String alt = image.attr("alt").strip();
    return alt.isEmpty() ? image.attr("title").strip() : alt;
  }

  private List<FoundLink> found() {
    List<FoundLink> found = new ArrayList<>(anchors.size());
    int floor = 0;
    for (int i = 0; i < anchors.size(); i++) {
      Anchor anchor = anchors.get(i);
      int ceiling = i + 1 < anchors.size() ? anchors.get(i + 1).start() : page.text().length();
      found.add(
          new FoundLink(
              anchor.address(),
              anchor.name().isEmpty() ? " " : anchor.name(),
              Sentences.before(page.text(), Math.min(floor, anchor.start()), anchor.start()),
              Sentences.after(page.text(), anchor.end(), ceiling),
              anchor.look(),
              anchor.start()));
      floor = anchor.end();
    }
    bare(found);
    found.sort(Comparator.comparingInt(FoundLink::at));
    return found;
  }

  private void bare(List<FoundLink> found) {
    int next = 0;
    for (FoundLink link : TextLinks.of(page.text(), most, aside)) {
      while (next < anchors.size() && anchors.get(next).end() <= link.at()) {
        next++;
      }
      if (next >= anchors.size() || anchors.get(next).start() > link.at()) {
        found.add(link);
      }
    }
  }

  /** How elements are shown, as far as their own attributes and those around them say. */
  private static final class Looks {
    private static final int NEAR = 15;

    static boolean button(Element element) {
      String own = words(element);
      if (own.contains("btn") || own.contains("button") || own.contains("cta")) {
        return true;
      }
      String style = element.attr("style").toLowerCase(Locale.ROOT);
      Element cell = element.parent();
      boolean painted = style.contains("background") || (cell != null && isPainted(cell));
      return painted && (style.contains("padding") || style.contains("border"));
    }

    private static boolean isPainted(Element cell) {
      return cell.normalName().equals("td")
          && (cell.hasAttr("bgcolor") || cell.attr("style").contains("background"));
    }

    static boolean inFooter(Element element) {
      Element at = element.parent();
      for (int i = 0; i < NEAR && at != null; i++) {
        if (at.normalName().equals("footer")
            || (at.attributesSize() > 0 && words(at).contains("footer"))) {
          return true;
        }
        at = at.parent();
      }
      return false;
    }

    private static String words(Element element) {
      if (!element.hasAttr("class") && !element.hasAttr("id") && !element.hasAttr("role")) {
        return "";
      }
      String words = element.className() + ' ' + element.id() + ' ' + element.attr("role");
      return words.toLowerCase(Locale.ROOT);
    }
  }
}
