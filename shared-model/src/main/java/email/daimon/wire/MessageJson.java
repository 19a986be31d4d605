package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.ListForm;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument.Recipient;
import email.daimon.model.Verdicts;
import email.daimon.policy.Quarantine;
import java.util.Collection;
import java.util.List;

/**
 * A message as the API shows it, under every name that one of the documents uses. Texts, addresses
 * and names in it are what a stranger wrote.
 *
 * <p>A quarantined mail (virus) shows sender and subject only.
 */
public final class MessageJson {
  private MessageJson() {}

  /**
   * A list row: the whole message without headers, HTML and raw bytes; texts as far as the list
   * form keeps them, with {@code truncated} and one {@code …_truncated} for each that was cut.
   */
  public static ObjectNode row(Message message, ListForm form) {
    boolean hidden = Quarantine.holds(message);
    ListForm shown = hidden ? ListForm.EMPTY : form;
    ObjectNode json = head(message, shown);
    texts(json, shown);
    json.put("truncated", !shown.truncated().isEmpty());
    shown.truncated().stream().sorted().forEach(name -> json.put(name + "_truncated", true));
    tail(json, message);
    return json;
  }

  /** A list row without its texts and links: {@code view=compact}. */
  public static ObjectNode compact(Message message) {
    ObjectNode json = head(message, ListForm.EMPTY);
    tail(json, message);
    return json;
  }

  static ObjectNode head(Message message, ListForm form) {
    ObjectNode json = Json.object();
    json.put("id", message.id());
    json.put("message_id", message.id());
    json.put("inbox_id", message.inboxId());
    json.put("thread_id", message.threadId());
    json.put("direction", message.direction().wireName());
    json.put("status", message.status());
    json.put("from", message.from());
    json.put("from_address", message.from());
    json.put("from_name", message.fromName());
    List<String> to = addresses(form.recipients(), "to", message.to());
    json.set("to", Json.texts(to));
    json.put("to_address", to.isEmpty() ? "" : to.getFirst());
    json.set("cc", Json.texts(addresses(form.recipients(), "cc", message.cc())));
    json.set("bcc", Json.array());
    json.set("recipients_details", recipients(form.recipients()));
    json.set("reply_to", Json.texts(form.replyTo()));
    json.set("envelope_from", Json.text(message.envelopeFrom()));
    json.set("delivered_to", Json.text(message.deliveredTo()));
    json.set("tag", Json.text(message.tag()));
    json.put("subject", message.subject());
    json.put("preview", Quarantine.holds(message) ? "" : message.preview());
    json.put("message_id_header", message.messageId());
    json.set("in_reply_to", Json.text(form.inReplyTo().stream().findFirst()));
    json.set("references", Json.texts(form.references()));
    return json;
  }

  static void texts(ObjectNode json, ListForm form) {
    json.put("text_body", form.textBody());
    json.put("body", form.textBody());
    json.put("body_text", form.textBody());
    json.put("text_from", form.textFrom());
    json.put("reply_body", form.replyBody());
    json.set("links", Json.texts(form.links()));
    json.set("cta_links", Json.texts(form.ctaLinks()));
  }

  static void tail(ObjectNode json, Message message) {
    json.set("labels", Json.texts(sorted(message.labels())));
    json.put("read", message.read());
    var attachments = json.putArray("attachments");
    if (!Quarantine.holds(message)) {
      message.attachments().forEach(file -> attachments.add(AttachmentJson.of(file)));
    }
    json.put("verified_sender", message.verifiedSender());
    message.verdicts().ifPresent(verdicts -> json.set("verdicts", verdicts(verdicts)));
    json.put("automatic", message.automatic());
    InsightsJson.add(json, message);
    json.set("warnings", Json.texts(message.warnings()));
    json.put("duplicate_count", message.duplicateCount());
    json.put("size", message.size());
    json.put("received_at", Json.time(message.receivedAt()));
    json.put("stored_at", Json.time(message.storedAt()));
    json.put("created_at", Json.time(message.storedAt()));
    message.deletedAt().ifPresent(at -> json.put("deleted_at", Json.time(at)));
    message
        .deliveryReport()
        .filter(_ -> !Quarantine.holds(message))
        .ifPresent(report -> json.set("delivery_report", DeliveryReportJson.of(report)));
    message.outgoing().ifPresent(way -> OutgoingJson.add(json, way));
  }

  /** The addresses of a kind; those of the row where the list form has none. */
  private static List<String> addresses(List<Recipient> all, String kind, List<String> ofRow) {
    List<String> found =
        all.stream().filter(one -> one.kind().equals(kind)).map(Recipient::address).toList();
    return found.size() < ofRow.size() ? ofRow : found;
  }

  private static ArrayNode recipients(List<Recipient> all) {
    var array = Json.array();
    for (Recipient one : all) {
      array
          .addObject()
          .put("address", one.address())
          .put("name", one.name())
          .put("kind", one.kind());
    }
    return array;
  }

  private static ObjectNode verdicts(Verdicts verdicts) {
    ObjectNode json = Json.object();
    json.put("spam", verdicts.spam().name());
    json.put("virus", verdicts.virus().name());
    json.put("spf", verdicts.spf().name());
    json.put("dkim", verdicts.dkim().name());
    json.put("dmarc", verdicts.dmarc().name());
    verdicts.dmarcPolicy().ifPresent(policy -> json.put("dmarc_policy", policy));
    return json;
  }

  private static List<String> sorted(Collection<String> values) {
    return values.stream().sorted().toList();
  }
}
