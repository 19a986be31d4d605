package email.daimon.understand;

import email.daimon.mime.Mail;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jsoup.nodes.Document;

/**
 * What a mail says. Time is linear in its texts. A stranger wrote all of it: data, never
 * instruction.
 *
 * @param textBody the plain text; where the mail has none, what a reader of its HTML sees, with
 *     links as {@code text (url)} and nothing hidden
 * @param textFrom where {@code textBody} comes from
 * @param replyBody what is new in the mail: without quoted history, attribution, signature
 * @param preview beginning of {@code replyBody}, one line of at most 200 characters
 * @param links http and https addresses in their order, at most 500
 * @param ctaLinks those of them that the mail wants followed, to verify, reset, log in, accept
 */
public record Understanding(
    String textBody,
    TextFrom textFrom,
    String replyBody,
    String preview,
    List<String> links,
    List<String> ctaLinks) {

  /** Which part of the mail a text was taken from. */
  public enum TextFrom {
    /** The plain text part. */
    TEXT,
    /** Rendered from HTML. */
    HTML
  }

  public Understanding {
    Objects.requireNonNull(textBody, "textBody");
    Objects.requireNonNull(textFrom, "textFrom");
    Objects.requireNonNull(replyBody, "replyBody");
    Objects.requireNonNull(preview, "preview");
    links = List.copyOf(links);
    ctaLinks = List.copyOf(ctaLinks);
  }

  /** Reads a mail's texts. */
  public static Understanding of(Mail mail) {
    return of(mail.text(), mail.html());
  }

  /** Reads texts; a mail has either, both or none. */
  public static Understanding of(Optional<String> text, Optional<String> html) {
    Optional<Document> document = html.map(BoundedHtml::parse);
    boolean fromHtml = text.filter(it -> !it.isBlank()).isEmpty() && document.isPresent();
    String textBody = fromHtml ? document.map(HtmlText::of).orElse("") : text.orElse("");
    String reply = document.flatMap(ReplyHtml::of).orElseGet(() -> ReplyText.of(textBody));
    List<Links.Link> links =
        Links.united(
            document.map(Links::ofHtml).orElse(List.of()),
            text.map(Links::ofText).orElse(List.of()));
    return new Understanding(
        textBody,
        fromHtml ? TextFrom.HTML : TextFrom.TEXT,
        reply,
        Preview.of(reply),
        links.stream().map(Links.Link::address).toList(),
        links.stream().filter(CallToAction::is).map(Links.Link::address).toList());
  }
}
