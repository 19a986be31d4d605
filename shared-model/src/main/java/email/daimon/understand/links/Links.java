package email.daimon.understand.links;

import email.daimon.understand.html.LinkAddress;
import email.daimon.understand.html.Page;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;

/** The links of a mail in their order, each address once, at most 500. */
public final class Links {
  private static final int MOST = 500;
  private static final int LONGEST_NAME = 300;
  private static final String OPENING = "([{";
  private static final String CLOSING = ")]}";
  private static final String MARKS = ".,;:!?'*_|";

  /**
   * One link.
   *
   * @param address http or https
   * @param text what it is called, or the words before a bare address
   */
  public record Link(String address, String text) {}

  private final Map<String, Link> found = new LinkedHashMap<>();

  private Links() {}

  /** Of the visible HTML, hidden elements left out. */
  public static List<Link> ofHtml(Page page) {
    Links links = new Links();
    for (Element element : page.document().select("a[href], area[href]")) {
      if (links.found.size() >= MOST) {
        break;
      }
      LinkAddress.of(element.attr("href"))
          .ifPresent(address -> links.add(address, nameOf(page, element)));
    }
    return List.copyOf(links.found.values());
  }

  /** Bare addresses of a plain text. */
  public static List<Link> ofText(String text) {
    Links links = new Links();
    int at = text.indexOf("http");
    while (at >= 0 && links.found.size() < MOST) {
      int end = at;
      while (end < text.length() && isOfAddress(text.charAt(end))) {
        end++;
      }
      String address = trimmed(text, at, end);
      int from = Math.max(0, at - 200);
      String before = text.substring(from, at);
      LinkAddress.of(address).ifPresent(it -> links.add(it, before.strip()));
      at = text.indexOf("http", Math.max(end, at + 4));
    }
    return List.copyOf(links.found.values());
  }

  /** Those of one list, then what is new in the other. */
  public static List<Link> united(List<Link> one, List<Link> other) {
    Links links = new Links();
    List<Link> all = new ArrayList<>(one);
    all.addAll(other);
    for (Link link : all) {
      if (links.found.size() < MOST) {
        links.add(link.address(), link.text());
      }
    }
    return List.copyOf(links.found.values());
  }

  private void add(String address, String text) {
    found.putIfAbsent(address, new Link(address, text));
  }

  private static String nameOf(Page page, Element element) {
    Page.Place place = page.place(element);
    int end = Math.min(place.end(), place.start() + LONGEST_NAME);
    String text = page.text().substring(place.start(), end).strip();
    for (String attribute : List.of("title", "aria-label", "alt")) {
      text = text.isBlank() ? element.attr(attribute) : text;
    }
    Element image = text.isBlank() ? element.selectFirst("img[alt]") : null;
    return image == null ? text.strip() : image.attr("alt").strip();
  }

  private static boolean isOfAddress(char c) {
    return c > ' ' && c != '<' && c != '>' && c != '"' && c != '\u00a0' && c < '\u3000';
  }

  /** Without the marks that end a sentence, and without brackets that opened before the link. */
  private static String trimmed(String text, int from, int to) {
    int[] open = new int[CLOSING.length()];
    for (int i = from; i < to; i++) {
      int opening = OPENING.indexOf(text.charAt(i));
      int closing = CLOSING.indexOf(text.charAt(i));
      if (opening >= 0) {
        open[opening]++;
      } else if (closing >= 0) {
        open[closing]--;
      }
    }
    int end = to;
    while (end > from) {
      int closing = CLOSING.indexOf(text.charAt(end - 1));
      if (closing >= 0 && open[closing] < 0) {
        open[closing]++;
      } else if (MARKS.indexOf(text.charAt(end - 1)) < 0) {
        break;
      }
      end--;
    }
    return text.substring(from, end);
  }
}
