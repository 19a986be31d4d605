package email.daimon.compose;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.owasp.html.HtmlPolicyBuilder;
import org.owasp.html.PolicyFactory;

/**
 * HTML of a stranger made fit to be shown and sent on: text, tables, styles within elements, links
 * to web, mail and telephone, pictures from the web and of the mail itself ({@code cid:}). No
 * scripts, forms, frames, style sheets; every element is closed.
 */
public final class ShownHtml {
  private static final PolicyFactory POLICY =
      new HtmlPolicyBuilder()
          .allowCommonBlockElements()
          .allowCommonInlineFormattingElements()
          .allowElements(
              "a",
              "abbr",
              "address",
              "caption",
              "center",
              "col",
              "colgroup",
              "dd",
              "dl",
              "dt",
              "figcaption",
              "figure",
              "font",
              "hr",
              "img",
              "pre",
              "section",
              "article",
              "table",
              "tbody",
              "td",
              "tfoot",
              "th",
              "thead",
              "tr")
          .allowWithoutAttributes("a", "font", "img", "span")
          .allowStyling()
          .allowUrlProtocols("http", "https", "mailto", "tel", "cid")
          .allowAttributes("href", "title")
          .onElements("a")
          .allowAttributes("src", "alt", "width", "height", "border")
          .onElements("img")
          .allowAttributes("color", "face", "size")
          .onElements("font")
          .allowAttributes(
              "align",
              "bgcolor",
              "border",
              "cellpadding",
              "cellspacing",
              "height",
              "valign",
              "width")
          .onElements("table", "tbody", "thead", "tfoot", "tr", "td", "th", "col", "colgroup")
          .allowAttributes("colspan", "rowspan")
          .onElements("td", "th")
          .allowAttributes("start", "type")
          .onElements("ol", "ul", "li")
          .allowAttributes("align", "dir", "lang")
          .onElements("div", "p", "span", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote")
          .toFactory();

  private ShownHtml() {}

  /** The sanitised form. */
  public static String of(String html) {
    return POLICY.sanitize(html);
  }

  /** Content-IDs of the pictures that sanitised HTML shows, in lower case (RFC 2392). */
  static Set<String> contentIds(String sanitised) {
    return Jsoup.parseBodyFragment(sanitised).select("img[src^=cid:]").stream()
        .map(picture -> unescaped(picture.attr("src").substring("cid:".length())))
        .map(id -> id.toLowerCase(Locale.ROOT))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static String unescaped(String id) {
    try {
      return URLDecoder.decode(id.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException asItIs) {
      return id;
    }
  }
}
