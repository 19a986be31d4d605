package email.daimon.understand.html;

import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;

/** HTML within bounds that keep its tree small: 2 MB of characters, 50,000 elements or so. */
final class BoundedHtml {
  private static final int CHARACTERS = 2 << 20;
  private static final int TAGS = 100_000;

  private BoundedHtml() {}

  static Document parse(String html) {
    return Jsoup.parse(html.substring(0, end(html)));
  }

  /** Before the first tag too many; start and end tags count alike. */
  private static int end(String html) {
    int most = Math.min(html.length(), CHARACTERS);
    int tags = 0;
    for (int i = 0; i < most; i++) {
      if (html.charAt(i) == '<' && ++tags > TAGS) {
        return i;
      }
    }
    return most;
  }
}
