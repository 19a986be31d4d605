package email.daimon.compose;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/**
 * HTML of a stranger as a document of its own, for the {@code srcdoc} of a frame with {@code
 * sandbox} and neither {@code allow-scripts} nor {@code allow-same-origin}. It is sanitised, its
 * own policy lets nothing run and nothing load, and each link opens outside and says where it
 * leads.
 *
 * @param html the document
 * @param blockedImages how many pictures of the web are not shown
 */
public record FrameDocument(String html, int blockedImages) {
  private static final Pattern OUTWARD =
      Pattern.compile("(?:https?|mailto|tel):", Pattern.CASE_INSENSITIVE);

  public FrameDocument {
    requireNonNull(html, "html is null");
  }

  /**
   * The document of a mail's HTML.
   *
   * @param images whether pictures of the web are loaded, which tells their owner that, when and
   *     from where the mail was read; only over TLS
   */
  public static FrameDocument of(String html, boolean images) {
    Document body = Jsoup.parseBodyFragment(ShownHtml.of(html));
    int blocked = 0;
    for (Element picture : body.select("img")) {
      String source = picture.attr("src").strip().toLowerCase(Locale.ROOT);
      boolean ofTheWeb = source.startsWith("https:") || source.startsWith("http:");
      if (!images || !source.startsWith("https:")) {
        blocked += ofTheWeb ? 1 : 0;
        picture.replaceWith(new TextNode(picture.attr("alt")));
      }
    }
    body.select("a[href]").forEach(FrameDocument::outward);
    body.outputSettings().prettyPrint(false);
    String policy =
        "default-src 'none'; style-src 'unsafe-inline'; img-src "
            + (images ? "https:" : "'none'")
            + "; base-uri 'none'; form-action 'none'";
    return new FrameDocument(
        "<!doctype html><html><head><meta charset=\"utf-8\">"
            + "<meta http-equiv=\"Content-Security-Policy\" content=\""
            + policy
            + "\"><meta name=\"referrer\" content=\"no-referrer\"></head><body>"
            + body.body().html()
            + "</body></html>",
        blocked);
  }

  // An address without a scheme would lead to the page around the frame.
  private static void outward(Element link) {
    if (!OUTWARD.matcher(link.attr("href").strip()).lookingAt()) {
      link.removeAttr("href");
      return;
    }
    link.attr("target", "_blank")
        .attr("rel", "noopener noreferrer nofollow")
        .attr("title", host(link.attr("href")));
  }

  private static String host(String address) {
    try {
      URI uri = new URI(address.strip());
      return uri.getHost() == null ? uri.getScheme() + ":" : uri.getHost();
    } catch (URISyntaxException unreadable) {
      return "an unreadable address";
    }
  }
}
