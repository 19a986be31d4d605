package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Direction;
import email.daimon.model.ListForm;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.policy.Quarantine;
import java.time.Instant;

/**
 * Messages and threads for a reader who pays by the token: each fact once, under one name, and of
 * the texts only what is new.
 */
public final class CompactJson {
  private CompactJson() {}

  /**
   * A message, without its text.
   *
   * @param form for what is asked to be clicked
   */
  public static ObjectNode head(Message message, ListForm form) {
    ObjectNode json = Json.object();
    json.put("id", message.id());
    json.put("thread_id", message.threadId());
    json.put("direction", message.direction().wireName());
    json.put("status", message.status());
    json.put("from", message.from());
    json.put("from_name", message.fromName());
    json.set("to", Json.texts(message.to()));
    if (!message.cc().isEmpty()) {
      json.set("cc", Json.texts(message.cc()));
    }
    json.put("subject", message.subject());
    json.put("stored_at", Json.time(message.storedAt()));
    json.put("read", message.read());
    json.set("labels", Json.texts(message.labels().stream().sorted().toList()));
    if (Quarantine.holds(message)) {
      return json;
    }
    if (message.direction() == Direction.INBOUND) {
      InsightsJson.addShort(json, message);
    }
    json.set("cta_links", Json.texts(form.ctaLinks()));
    ArrayNode files = json.putArray("attachments");
    message
        .attachments()
        .forEach(file ->
            files
                .addObject()
                .put("id", file.id())
                .put("filename", file.filename())
                .put("content_type", file.contentType())
                .put("size", file.size()));
    return json;
  }

  /** A message with what is new in it. */
  public static ObjectNode message(Message message, ListForm form, boolean truncated) {
    ObjectNode json = head(message, form);
    json.put("reply_body", Quarantine.holds(message) ? "" : form.replyBody());
    json.put("truncated", truncated);
    return json;
  }

  /** A thread, without its messages. */
  public static ObjectNode thread(MailThread thread) {
    ObjectNode json = Json.object();
    json.put("id", thread.id());
    json.put("inbox_id", thread.inboxId());
    json.put("subject", thread.subject());
    json.set("participants", Json.texts(thread.participants()));
    json.put("message_count", thread.messages());
    json.put("unread_count", thread.unread());
    json.set("labels", Json.texts(thread.labels().stream().sorted().toList()));
    json.put("last_message_at", Json.time(Instant.ofEpochMilli(thread.lastActivity())));
    return json;
  }
}
