package email.daimon.understand.reply;

import email.daimon.understand.html.Page;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jsoup.nodes.Element;

/**
 * The new text of an HTML mail, by the marks that mail programs put around what they quote. Nothing
 * where there is no such mark, or nothing stands beside it.
 */
final class ReplyHtml {
  private static final Set<String> QUOTE_CLASSES =
      Set.of(
          "gmail_quote",
          "gmail_quote_container",
          "gmail_attr",
          "gmail_extra",
          "moz-cite-prefix",
          "yahoo_quoted",
          "protonmail_quote",
          "zmail_extra",
          "front-blockquote",
          "missive_quote",
          "tutanota_quote",
          "moz-signature",
          "gmail_signature",
          "wrote",
          "freebirdquote");
  private static final Set<String> QUOTE_IDS = Set.of("olk_src_body_section", "isreplycontent");

  /** What stands behind these is quoted, too. */
  private static final Set<String> CUT_IDS =
      Set.of(
          "divrplyfwdmsg",
          "appendonsend",
          "mail-editor-reference-message-container",
          "x_divrplyfwdmsg",
          "x_appendonsend",
          "messagereplysection",
          "zwchr");

  private ReplyHtml() {}

  static Optional<String> of(Page page) {
    Quoted quoted = new Quoted();
    StringBuilder fresh = new StringBuilder();
    int from = 0;
    for (Element element : page.document().getAllElements()) {
      Page.Place place = page.place(element);
      if (!page.shows(element) || place.start() < from || !quoted.test(element)) {
        continue;
      }
      fresh.append(page.text(), from, place.start()).append('\n');
      from = quoted.cut ? page.text().length() : place.end();
      if (quoted.cut) {
        break;
      }
    }
    fresh.append(page.text(), from, page.text().length());
    if (!quoted.found || fresh.toString().isBlank()) {
      return Optional.empty();
    }
    return Optional.of(ReplyText.of(fresh.toString().strip()));
  }

  private static final class Quoted implements Predicate<Element> {
    private boolean found;
    private boolean cut;

    @Override
    public boolean test(Element element) {
      cut |= cuts(element);
      boolean quoted = cut || isQuote(element);
      found |= quoted;
      return quoted;
    }

    private static boolean cuts(Element element) {
      return CUT_IDS.contains(element.id().toLowerCase(Locale.ROOT))
          || isOutlookHeader(element)
          || element.attr("name").equals("messageReplySection")
          || element.attr("data-marker").equals("__DIVIDER__");
    }

    private static boolean isQuote(Element element) {
      if (element.normalName().equals("blockquote")) {
        return element.attr("type").equalsIgnoreCase("cite") || !element.attr("cite").isEmpty();
      }
      if (QUOTE_IDS.contains(element.id().toLowerCase(Locale.ROOT))
          || element.attr("name").equals("quote")
          || element.hasAttr("includetail")) {
        return true;
      }
      return element.hasAttr("class")
          && element.classNames().stream()
              .anyMatch(name -> QUOTE_CLASSES.contains(name.toLowerCase(Locale.ROOT)));
    }

    /** The line above the header block that Outlook quotes under. */
    private static boolean isOutlookHeader(Element element) {
      if (!element.normalName().equals("div")) {
        return false;
      }
      String style = element.attr("style").replace(" ", "").toLowerCase(Locale.ROOT);
      return (style.contains("border-top:solid#e1e1e1")
              || style.contains("border-top:solid#b5c4df")
              || style.startsWith("border:none;border-top:solid"))
          && style.contains("padding:3.0pt0");
    }
  }
}
