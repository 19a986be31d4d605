package email.daimon.understand;

import email.daimon.mime.ForwardedSummary;
import email.daimon.mime.InlinePgp;
import email.daimon.mime.Mail;
import email.daimon.mime.MailAddress;
import email.daimon.model.Attachment;
import email.daimon.model.Findings;
import email.daimon.model.ForwardedMail;
import email.daimon.model.MailParts;
import email.daimon.model.MessageDocument;
import email.daimon.model.MessageDocument.Recipient;
import email.daimon.model.TextCut;
import email.daimon.understand.html.Page;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A mail and what was understood of it, as a document: whole, whatever its size. */
public final class MailDocument {
  private static final int LONGEST_TYPE = 255;
  private static final int LONGEST_SUBJECT = 300;
  private static final int LONGEST_ADDRESS = 320;
  private static final int LONGEST_ID = 1_000;

  private MailDocument() {}

  /** The document of a mail. */
  public static MessageDocument of(Mail mail, Understanding understanding) {
    return document(
        understanding,
        understanding.findings().with(new MailParts(mail.protection(), mail.calendar())),
        mail.html(),
        mail.headers(),
        recipients(mail),
        mail.replyTo().stream().map(MailAddress::address).toList(),
        bracketed(mail.inReplyTo()),
        bracketed(mail.references()));
  }

  /** The document of a text or of HTML that no mail is around. */
  public static MessageDocument of(Understanding understanding, Optional<String> html) {
    return document(
        understanding,
        understanding.findings(),
        html,
        Map.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of());
  }

  /** The files of a mail in its order, by their numbers there. */
  public static List<Attachment> attachments(Mail mail) {
    return mail.attachments().stream().map(MailDocument::attachment).toList();
  }

  private static Attachment attachment(email.daimon.mime.Attachment file) {
    return new Attachment(
        Integer.toString(file.index()),
        file.filename(),
        file.contentType().length() > LONGEST_TYPE
            ? "application/octet-stream"
            : file.contentType(),
        file.size(),
        file.sha256(),
        file.contentId().map(id -> TextCut.head(id, LONGEST_TYPE)),
        file.inline(),
        file.container().map(name -> TextCut.head(name, LONGEST_TYPE)),
        file.forwarded().map(MailDocument::forwarded));
  }

  private static ForwardedMail forwarded(ForwardedSummary mail) {
    String text =
        mail.text()
            .map(InlinePgp::unwrapped)
            .or(() -> mail.html().map(html -> Page.of(html).text()))
            .orElse("");
    return new ForwardedMail(
        TextCut.head(mail.subject(), LONGEST_SUBJECT),
        addresses(mail.from()),
        addresses(mail.to()),
        mail.date(),
        mail.messageId().map(id -> TextCut.head("<" + id + ">", LONGEST_ID)),
        Preview.of(text));
  }

  private static List<String> addresses(List<MailAddress> all) {
    return all.stream()
        .map(MailAddress::address)
        .filter(address -> !address.isEmpty())
        .limit(ForwardedMail.MOST)
        .map(address -> TextCut.head(address, LONGEST_ADDRESS))
        .toList();
  }

  private static MessageDocument document(
      Understanding understanding,
      Findings findings,
      Optional<String> html,
      Map<String, List<String>> headers,
      List<Recipient> recipients,
      List<String> replyTo,
      List<String> inReplyTo,
      List<String> references) {
    return new MessageDocument(
        understanding.textBody(),
        understanding.textFrom().name().toLowerCase(Locale.ROOT),
        html,
        understanding.replyBody(),
        understanding.links(),
        understanding.ctaLinks(),
        headers,
        recipients,
        replyTo,
        inReplyTo,
        references,
        findings);
  }

  private static List<Recipient> recipients(Mail mail) {
    List<Recipient> recipients = new ArrayList<>();
    mail.to().forEach(one -> recipients.add(new Recipient(one.address(), one.name(), "to")));
    mail.cc().forEach(one -> recipients.add(new Recipient(one.address(), one.name(), "cc")));
    return recipients;
  }

  private static List<String> bracketed(List<String> ids) {
    return ids.stream().map(id -> "<" + id + ">").toList();
  }
}
