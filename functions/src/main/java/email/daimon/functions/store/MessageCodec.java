package email.daimon.functions.store;

import email.daimon.model.Attachment;
import email.daimon.model.Direction;
import email.daimon.model.Insights;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing;
import email.daimon.model.Verdicts;
import email.daimon.model.Verdicts.Verdict;
import java.util.Locale;
import java.util.Optional;

/**
 * Rows of messages, {@code I#inbox / M#time#id}. Index {@code by1} holds the live ones by thread,
 * {@code by2} those that count and are unread, and those that are scheduled.
 */
public final class MessageCodec {
  private static final String INBOX = "I#";
  private static final String ROW = "M#";

  private MessageCodec() {}

  /** The row of a message, with the index keys that its state gives it. */
  public static Item item(Message message) {
    Item item =
        Item.of(Keys.inbox(message.inboxId()), Keys.message(message.key()))
            .text("accountId", message.accountId())
            .text("threadId", message.threadId())
            .text("direction", message.direction().wireName())
            .text("messageId", message.messageId())
            .text("from", message.from())
            .text("fromName", message.fromName())
            .texts("to", message.to())
            .texts("cc", message.cc())
            .text("subject", message.subject())
            .text("preview", message.preview())
            .time("receivedAt", message.receivedAt())
            .flag("read", message.read())
            .texts("labels", message.labels())
            .text("status", message.status())
            .flag("verifiedSender", message.verifiedSender())
            .flag("automatic", message.automatic())
            .texts("warnings", message.warnings())
            .items("attachments", message.attachments().stream().map(MessageCodec::file).toList())
            .text("envelopeFrom", message.envelopeFrom())
            .text("deliveredTo", message.deliveredTo())
            .text("tag", message.tag())
            .number("duplicateCount", message.duplicateCount())
            .number("size", message.size())
            .number("version", message.version())
            .time("deletedAt", message.deletedAt());
    message.verdicts().ifPresent(verdicts -> item.item("verdicts", verdicts(verdicts)));
    message.outgoing().ifPresent(way -> item.item("outgoing", OutgoingCodec.item(way)));
    message
        .deliveryReport()
        .ifPresent(report -> item.item("deliveryReport", DeliveryReportCodec.item(report)));
    if (!message.insights().equals(Insights.NONE)) {
      item.item("insights", InsightsCodec.item(message.insights()));
    }
    // An empty envelope sender is a fact of its own (RFC 5321 4.5.5), not an unknown one.
    item.flag("emptyEnvelopeFrom", message.envelopeFrom().filter(String::isEmpty).isPresent());
    if (message.deletedAt().isEmpty()) {
      item.text("i1pk", Keys.messagesOf(message.inboxId(), message.threadId()))
          .text("i1sk", message.key().text());
    }
    return place(item, message);
  }

  // Index 2 holds the few that are asked for apart: the unread and the scheduled.
  private static Item place(Item item, Message message) {
    boolean scheduled =
        message.outgoing().filter(way -> way.state() == Outgoing.State.SCHEDULED).isPresent();
    if (message.counted() && !message.read()) {
      item.text("i2pk", Keys.unread(message.inboxId())).text("i2sk", message.key().text());
    } else if (scheduled && message.deletedAt().isEmpty()) {
      item.text("i2pk", Keys.scheduled(message.inboxId())).text("i2sk", message.key().text());
    }
    return item;
  }

  /** Reads a row. */
  public static Message message(Item item) {
    return new Message(
        key(item),
        item.text("accountId"),
        item.text("pk").substring(INBOX.length()),
        item.text("threadId"),
        Direction.valueOf(item.text("direction").toUpperCase(Locale.ROOT)),
        item.text("messageId"),
        item.text("from"),
        item.text("fromName"),
        item.texts("to"),
        item.texts("cc"),
        item.text("subject"),
        item.text("preview"),
        item.time("receivedAt"),
        item.flag("read"),
        item.textSet("labels"),
        item.text("status"),
        item.flag("verifiedSender"),
        item.item("verdicts").map(MessageCodec::verdicts),
        item.flag("automatic"),
        item.texts("warnings"),
        item.items("attachments").stream().map(MessageCodec::file).toList(),
        item.flag("emptyEnvelopeFrom") ? Optional.of("") : item.optionalText("envelopeFrom"),
        item.optionalText("deliveredTo"),
        item.optionalText("tag"),
        (int) item.number("duplicateCount"),
        item.number("size"),
        item.number("version"),
        item.optionalTime("deletedAt"),
        item.item("outgoing").map(OutgoingCodec::outgoing),
        item.item("deliveryReport").map(DeliveryReportCodec::report),
        item.item("insights").map(InsightsCodec::insights).orElse(Insights.NONE));
  }

  /** The key of a row, read or found in an index. */
  public static MessageKey key(Item item) {
    return MessageKey.parse(item.text("sk").substring(ROW.length()));
  }

  private static Item verdicts(Verdicts verdicts) {
    return Item.nested()
        .text("spam", verdicts.spam().name())
        .text("virus", verdicts.virus().name())
        .text("spf", verdicts.spf().name())
        .text("dkim", verdicts.dkim().name())
        .text("dmarc", verdicts.dmarc().name())
        .text("dmarcPolicy", verdicts.dmarcPolicy());
  }

  private static Verdicts verdicts(Item item) {
    return new Verdicts(
        Verdict.valueOf(item.text("spam")),
        Verdict.valueOf(item.text("virus")),
        Verdict.valueOf(item.text("spf")),
        Verdict.valueOf(item.text("dkim")),
        Verdict.valueOf(item.text("dmarc")),
        item.optionalText("dmarcPolicy"));
  }

  static Item file(Attachment attachment) {
    Item item =
        Item.nested()
            .text("id", attachment.id())
            .text("filename", attachment.filename())
            .text("contentType", attachment.contentType())
            .number("size", attachment.size())
            .text("sha256", attachment.sha256())
            .text("contentId", attachment.contentId())
            .flag("inline", attachment.inline())
            .text("container", attachment.container());
    attachment.forwarded().ifPresent(mail -> item.item("forwarded", ForwardedMailCodec.item(mail)));
    return item;
  }

  static Attachment file(Item item) {
    return new Attachment(
        item.text("id"),
        item.text("filename"),
        item.text("contentType"),
        item.number("size"),
        item.text("sha256"),
        item.optionalText("contentId"),
        item.flag("inline"),
        item.optionalText("container"),
        item.item("forwarded").map(ForwardedMailCodec::mail));
  }
}
