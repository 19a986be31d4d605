package email.daimon.understand.html;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/**
 * The HTML of a mail: parsed once, rendered once. Everything that reads HTML reads this.
 *
 * <p>Time and memory are linear in its bounded beginning; nothing walks with recursion.
 */
public final class Page {
  private static final int TRIES = 4;
  private static final int REST = 20_000;

  private final Document document;
  private final String text;
  private final String textWithLinks;
  private final Map<Element, Place> places;
  private final String html;
  private final int read;
  private final List<HiddenParts.Found> hidden;

  /** Where the visible text of an element is in {@link #text()}, in UTF-16 units. */
  public record Place(int start, int end) {}

  private Page(String html, int read, Document document, HtmlText rendered) {
    this.html = html;
    this.read = read;
    this.document = document;
    this.text = rendered.text();
    this.textWithLinks = rendered.textWithLinks();
    this.places = rendered.places();
    this.hidden = List.copyOf(rendered.hidden());
  }

  /** Reads HTML as it was sent. Nothing makes it throw. */
  public static Page of(String html) {
    String bounded = BoundedHtml.bounded(Objects.requireNonNull(html, "html"));
    Document document = BoundedHtml.parse(bounded);
    HtmlText rendered = HtmlText.of(document);
    // A parser flattens what nests too deep: what hides a text there may no longer be around it.
    for (int i = 1; rendered.tooDeep() >= 0; i++) {
      bounded = i < TRIES ? bounded.substring(0, rendered.tooDeep()) : "";
      document = BoundedHtml.parse(bounded);
      rendered = HtmlText.of(document);
    }
    return new Page(html, bounded.length(), document, rendered);
  }

  /** The elements. Not to be changed. */
  public Document document() {
    return document;
  }

  /** What a reader sees, blocks on lines of their own. */
  public String text() {
    return text;
  }

  /** The same with the address of each link behind its text: {@code text (url)}. */
  public String textWithLinks() {
    return textWithLinks;
  }

  /** Whether a reader sees the element. */
  public boolean shows(Element element) {
    return places.containsKey(element);
  }

  /**
   * Where the text of an element is; an empty place at the start for one that a reader does not
   * see.
   */
  public Place place(Element element) {
    Place place = places.getOrDefault(element, new Place(0, 0));
    // White space at the end of the text is not kept.
    int most = text.length();
    return new Place(Math.min(place.start(), most), Math.min(place.end(), most));
  }

  /**
   * What a reader does not see, in the order of the HTML; at last the beginning of what is beyond
   * the bounds and was not read. Looked up at each call.
   */
  public List<HiddenPart> hidden() {
    List<HiddenPart> parts = SourcePlaces.of(html, hidden);
    if (read == html.length()) {
      return parts;
    }
    String rest = Jsoup.parse(html.substring(read, Math.min(html.length(), read + REST))).text();
    if (rest.isBlank()) {
      return parts;
    }
    List<HiddenPart> all = new ArrayList<>(parts);
    all.add(new HiddenPart("not_read", rest, read, html.length(), false));
    return all;
  }

  static Map<Element, Place> noPlaces() {
    return new IdentityHashMap<>();
  }
}
