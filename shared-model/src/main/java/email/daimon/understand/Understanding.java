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
import email.daimon.understand.trust.JudgedText;
import email.daimon.understand.trust.TrustReader;
import email.daimon.understand.unseen.SeenText;
import email.daimon.understand.words.CodePoints;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

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
    Reading reading = Reading.of(text, html, context.subject());
    TrustReader.Texts texts = TrustReader.texts(labels(context), text, html, reading.page());
    return reading.understanding(
        reading.codes(context), reading.links(context, texts.visible()), texts);
  }

  /**
   * Reads what the owner of an inbox sends. Codes, hidden texts and instructions are looked for in
   * what strangers write: here are none.
   */
  public static Understanding ofOutgoing(Optional<String> text, Optional<String> html) {
    Reading reading = Reading.of(text, html, "");
    String visible =
        reading.page().map(Page::text).orElseGet(() -> SeenText.of(text.orElse("")).text());
    return reading.understanding(
        List.of(),
        reading.links(MailContext.NONE, visible),
        new TrustReader.Texts(visible, List.of(), List.of()));
  }

  /** What the judge of instructions sees of a mail, for its training. */
  public static List<JudgedText> judged(Mail mail) {
    Optional<String> text = mail.text().map(InlinePgp::unwrapped);
    Optional<Page> page = mail.html().map(Page::of);
    return TrustReader.judged(labels(MailContext.of(mail)), text, mail.html(), page);
  }

  private static TrustReader.Labels labels(MailContext context) {
    return new TrustReader.Labels(
        context.subject(),
        nameOf(context.from()),
        nameOf(context.replyTo()),
        context.fileNames(),
        context.attached(),
        context.fields());
  }

  private static String nameOf(List<MailAddress> people) {
    return people.stream().findFirst().map(MailAddress::name).orElse("");
  }

  /**
   * The texts of a mail, and what of them is new.
   *
   * @param fromHtml whether the body is of the HTML
   */
  private record Reading(
      Optional<String> text,
      Optional<Page> page,
      String body,
      boolean fromHtml,
      ReplyReader.Reply reply,
      String replyBody) {
    static Reading of(Optional<String> text, Optional<String> html, String subject) {
      Optional<Page> page = html.map(Page::of);
      boolean fromHtml = text.filter(it -> !it.isBlank()).isEmpty() && page.isPresent();
      String body = fromHtml ? page.map(Page::textWithLinks).orElse("") : text.orElse("");
      ReplyReader.Reply reply = ReplyReader.of(body, page, subject);
      return new Reading(text, page, body, fromHtml, reply, SeenText.of(reply.body()).text());
    }

    List<LinkDetail> links(MailContext context, String visible) {
      return MailLinks.of(
          new MailLinks.Source(
              page,
              text,
              context::domains,
              context.unsubscribe(),
              new QuotedPlaces(visible, "visible_text", reply),
              new QuotedPlaces(body, "text_body", reply)));
    }

    /**
     * Of what is new; where a text part says nothing of a code, its HTML may, and else the mail
     * that was passed on.
     */
    List<MailCode> codes(MailContext context) {
      List<MailCode> codes = MailCodes.of(context.subject(), replyBody, context.fileNames());
      if (!codes.isEmpty()) {
        return codes;
      }
      if (!reply.parts().forwarded().isEmpty()) {
        return MailCodes.ofForwarded(context.subject(), forwarded(), context.fileNames());
      }
      boolean whole = !fromHtml && reply.parts().rule().equals("none");
      return whole && page.isPresent()
          ? MailCodes.of(context.subject(), page.get().text(), context.fileNames())
          : codes;
    }

    private String forwarded() {
      String divided =
          reply.parts().of().equals("visible_text") ? page.map(Page::text).orElse("") : body;
      CodePoints points = new CodePoints(divided);
      return reply.parts().forwarded().stream()
          .map(span -> divided.substring(points.unit(span.start()), points.unit(span.end())))
          .map(part -> SeenText.of(part).text())
          .collect(Collectors.joining("\n"));
    }

    Understanding understanding(
        List<MailCode> codes, List<LinkDetail> links, TrustReader.Texts texts) {
      return new Understanding(
          body,
          fromHtml ? TextFrom.HTML : TextFrom.TEXT,
          replyBody,
          Preview.of(replyBody),
          links.stream().map(LinkDetail::url).toList(),
          links.stream().filter(MailLinks::isWanted).map(LinkDetail::url).toList(),
          codes,
          new Findings(texts.visible(), reply.parts(), links, texts.hidden(), texts.injections()));
    }
  }
}
