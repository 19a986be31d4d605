package email.daimon.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.mime.AttachmentSink;
import email.daimon.mime.Mail;
import email.daimon.mime.MailAddress;
import email.daimon.mime.MailParser;
import email.daimon.mime.ReportParts;
import email.daimon.mime.Warning;
import email.daimon.model.Attachment;
import email.daimon.model.AutoKind;
import email.daimon.model.DeliveryReport;
import email.daimon.model.Direction;
import email.daimon.model.Ids;
import email.daimon.model.Insights;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.MessageKey;
import email.daimon.model.Trust;
import email.daimon.understand.MailAuthentication;
import email.daimon.understand.MailDocument;
import email.daimon.understand.MailInsights;
import email.daimon.understand.ReportedDelivery;
import email.daimon.understand.Understanding;
import email.daimon.wire.FullMessageJson;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the platform understands of a mail, as the API's message, without what an inbox adds. */
public final class ParsedMessage {
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
  public static ObjectNode ofMail(InputStream raw) {
    ReportParts parts = new ReportParts(AttachmentSink.NONE);
    Mail mail = MailParser.parse(raw, parts);
    Understanding understanding = Understanding.of(mail);
    Optional<DeliveryReport> report = ReportedDelivery.of(mail, parts);
    String id = Ids.deterministic("msg", mail.handedOverHash());
    Message message =
        message(
            id,
            mail.bracketedMessageId().orElse(""),
            mail.from().stream().findFirst().orElse(new MailAddress("", "")),
            mail.subject(),
            understanding.preview(),
            mail.automation().automatic(),
            mail.warnings().stream().map(Warning::code).toList(),
            MailDocument.attachments(mail).stream().map(file -> file.of(id)).toList(),
            mail.size(),
            MailInsights.of(mail, understanding, report),
            report);
    return json(
        message,
        MailDocument.of(mail, understanding).authenticated(MailAuthentication.ofFields(mail)));
  }

  /** Of a text or HTML alone. */
  public static ObjectNode ofText(Optional<String> text, Optional<String> html) {
    Understanding understanding = Understanding.of(text, html);
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
            0,
            new Insights(understanding.codes(), AutoKind.HUMAN, Trust.PLAIN),
            Optional.empty());
    return json(message, MailDocument.of(understanding, html));
  }

  private static ObjectNode json(Message message, MessageDocument document) {
    ObjectNode json = FullMessageJson.of(message, document, Set.of(), _ -> Optional.empty());
    return json.remove(OF_AN_INBOX);
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
      long size,
      Insights insights,
      Optional<DeliveryReport> report) {
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
        Optional.empty(),
        Optional.empty(),
        report,
        insights);
  }
}
