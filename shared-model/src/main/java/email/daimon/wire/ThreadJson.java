package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.MailThread;
import java.time.Instant;
import java.util.List;

/** A thread as the API shows it. */
public final class ThreadJson {
  private ThreadJson() {}

  /** A list row. */
  public static ObjectNode of(MailThread thread) {
    ObjectNode json = Json.object();
    json.put("id", thread.id());
    json.put("thread_id", thread.id());
    json.put("inbox_id", thread.inboxId());
    json.put("subject", thread.subject());
    json.set("participants", Json.texts(thread.participants()));
    json.put("message_count", thread.messages());
    json.put("unread_count", thread.unread());
    json.set("labels", Json.texts(thread.labels().stream().sorted().toList()));
    json.put("last_message_at", Json.time(Instant.ofEpochMilli(thread.lastActivity())));
    json.put("created_at", Json.time(thread.createdAt()));
    json.put("updated_at", Json.time(thread.updatedAt()));
    thread.deletedAt().ifPresent(at -> json.put("deleted_at", Json.time(at)));
    return json;
  }

  /** With its messages, in the order given. */
  public static ObjectNode of(MailThread thread, List<ObjectNode> messages) {
    ObjectNode json = of(thread);
    json.putArray("messages").addAll(messages);
    return json;
  }
}
