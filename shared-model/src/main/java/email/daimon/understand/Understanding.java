package email.daimon.understand;

import email.daimon.mime.InlinePgp;
import email.daimon.mime.Mail;
import email.daimon.mime.MailAddress;
import email.daimon.model.Findings;
import email.daimon.model.LinkDetail;
import email.daimon.model.MailCode;
import email.daimon.understand.codes.MailCodes;
import email.daimon.understand.html.Page;
import email.daimon.understand.links.MailLinks;
import email.daimon.understand.reply.ReplyReader;
import email.daimon.understand.trust.TrustReader;
import email.daimon.understand.unseen.SeenText;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
 * @param codes to be typed, best first
 * @param findings all else that was found
 */
public record Understanding(
    String textBody,
    TextFrom textFrom,
    String replyBody,
    String preview,
    List<String> links,
    List<String> ctaLinks,
    List<MailCode> codes,
    Findings findings) {

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
    codes = List.copyOf(codes);
    Objects.requireNonNull(findings, "findings");
  }

  /** Reads a mail's texts. */
  public static Understanding of(Mail mail) {
    return of(mail.text().map(InlinePgp::unwrapped), mail.html(), MailContext.of(mail));
  }

  /** Reads texts that no mail is around; there is either, both or none. */
  public static Understanding of(Optional<String> text, Optional<String> html) {
    return of(text, html, MailContext.NONE);
  }

  /** Reads texts; a mail has either, both or none. */
  public static Understanding of(
      Optional<String> text, Optional<String> html, MailContext context) {
    Objects.requireNonNull(context, "context");
    Optional<Page> page = html.map(Page::of);
    boolean fromHtml = text.filter(it -> !it.isBlank()).isEmpty() && page.isPresent();
    String textBody = fromHtml ? page.map(Page::textWithLinks).orElse("") : text.orElse("");
    TrustReader.Texts texts =
        TrustReader.texts(
            new TrustReader.Labels(
                context.subject(),
                nameOf(context.from()),
                nameOf(context.replyTo()),
                context.fileNames()),
            text,
            html,
            page);
    ReplyReader.Reply reply = ReplyReader.of(textBody, page, context.subject());
    String replyBody = SeenText.of(reply.body()).text();
    List<LinkDetail> links =
        MailLinks.of(
            new MailLinks.Source(
                page,
                text,
                context.domains(),
                context.unsubscribe(),
                QuotedPlaces.of(texts.visible(), "visible_text", reply),
                QuotedPlaces.of(textBody, "text_body", reply)));
    return new Understanding(
        textBody,
        fromHtml ? TextFrom.HTML : TextFrom.TEXT,
        replyBody,
        Preview.of(replyBody),
        links.stream().map(LinkDetail::url).toList(),
        links.stream().filter(MailLinks::isWanted).map(LinkDetail::url).toList(),
        codes(context, reply, replyBody, page, fromHtml),
        new Findings(texts.visible(), reply.parts(), links, texts.hidden(), texts.injections()));
  }

  private static String nameOf(List<MailAddress> people) {
    return people.stream().findFirst().map(MailAddress::name).orElse("");
  }

  /** Of what is new; where a text part says nothing of a code, its HTML may. */
  private static List<MailCode> codes(
      MailContext context,
      ReplyReader.Reply reply,
      String body,
      Optional<Page> page,
      boolean fromHtml) {
    List<MailCode> codes = MailCodes.of(context.subject(), body, context.fileNames());
    boolean whole = !fromHtml && reply.parts().rule().equals("none");
    return codes.isEmpty() && whole && page.isPresent()
        ? MailCodes.of(context.subject(), page.get().text(), context.fileNames())
        : codes;
  }
}
