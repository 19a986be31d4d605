package email.daimon.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.mime.AttachmentSink;
import email.daimon.mime.Mail;
import email.daimon.mime.MailAddress;
import email.daimon.mime.MailParser;
import email.daimon.mime.Warning;
import email.daimon.model.Attachment;
import email.daimon.model.Direction;
import email.daimon.model.Ids;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.MessageDocument.Recipient;
import email.daimon.model.MessageKey;
import email.daimon.understand.Understanding;
import email.daimon.wire.FullMessageJson;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the platform understands of a mail, as the API's message, without what an inbox adds. */
final class ParsedMessage {
  private static final List<String> OF_AN_INBOX =
      List.of(
          "id",
          "message_id",
          "inbox_id",
          "thread_id",
          "status",
          "envelope_from",
          "delivered_to",
          "tag",
          "labels",
          "read",
          "verified_sender",
          "duplicate_count",
          "received_at",
          "stored_at",
          "created_at");

  private ParsedMessage() {}

  /** Of RFC 5322 bytes. */
  static ObjectNode ofMail(InputStream raw) {
    Mail mail = MailParser.parse(raw, AttachmentSink.NONE);
    Understanding understanding = Understanding.of(mail);
    String id = Ids.deterministic("msg", mail.handedOverHash());
    List<Recipient> recipients = new ArrayList<>();
    mail.to().forEach(one -> recipients.add(new Recipient(one.address(), one.name(), "to")));
    mail.cc().forEach(one -> recipients.add(new Recipient(one.address(), one.name(), "cc")));
    MessageDocument document =
        document(
            understanding,
            mail.html(),
            mail.headers(),
            recipients,
            mail.replyTo().stream().map(MailAddress::address).toList(),
            bracketed(mail.inReplyTo()),
            bracketed(mail.references()));
    Message message =
        message(
            id,
            mail.bracketedMessageId().orElse(""),
            mail.from().stream().findFirst().orElse(new MailAddress("", "")),
            mail.subject(),
            understanding.preview(),
            mail.automation().automatic(),
            mail.warnings().stream().map(Warning::code).toList(),
            attachments(id, mail),
            mail.size());
    return json(message, document);
  }

  /** Of a text or HTML alone. */
  static ObjectNode ofText(Optional<String> text, Optional<String> html) {
    Understanding understanding = Understanding.of(text, html);
    MessageDocument document =
        document(understanding, html, Map.of(), List.of(), List.of(), List.of(), List.of());
    Message message =
        message(
            "msg_",
            "",
            new MailAddress("", ""),
            "",
            understanding.preview(),
            false,
            List.of(),
            List.of(),
            0);
    return json(message, document);
  }

  private static ObjectNode json(Message message, MessageDocument document) {
    ObjectNode json = FullMessageJson.of(message, document, Set.of(), _ -> Optional.empty());
    return json.remove(OF_AN_INBOX);
  }

  private static MessageDocument document(
      Understanding understanding,
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
        references);
  }

  private static Message message(
      String id,
      String messageId,
      MailAddress from,
      String subject,
      String preview,
      boolean automatic,
      List<String> warnings,
      List<Attachment> attachments,
      long size) {
    return new Message(
        new MessageKey(0, id),
        "",
        "",
        "",
        Direction.INBOUND,
        messageId,
        from.address(),
        from.name(),
        List.of(),
        List.of(),
        subject,
        preview,
        Instant.EPOCH,
        false,
        Set.of(),
        "received",
        false,
        Optional.empty(),
        automatic,
        warnings,
        attachments,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        0,
        size,
        1,
        Optional.empty());
  }

  private static List<Attachment> attachments(String id, Mail mail) {
    return mail.attachments().stream()
        .map(file ->
            new Attachment(
                Ids.deterministic("att", id, Integer.toString(file.index())),
                file.filename(),
                file.contentType(),
                file.size(),
                file.sha256(),
                file.contentId(),
                file.inline()))
        .toList();
  }

  private static List<String> bracketed(List<String> ids) {
    return ids.stream().map(id -> "<" + id + ">").toList();
  }
}
