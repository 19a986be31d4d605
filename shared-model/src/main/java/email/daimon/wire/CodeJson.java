package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Message;
import java.time.Instant;
import java.util.Optional;

/** A code by itself, as lists of codes and calls that wait for one show it. */
public final class CodeJson {
  private CodeJson() {}

  /**
   * One code of a mail.
   *
   * @param position among the codes of the mail
   * @param consumedAt when somebody consumed it
   * @param withheld whether that was another than who asks: the value is not for them
   */
  public static ObjectNode of(
      Message message, int position, Optional<Instant> consumedAt, boolean withheld) {
    ObjectNode json =
        InsightsJson.code(message.id(), position, message.insights().codes().get(position));
    if (withheld) {
      json.putNull("value");
    }
    json.put("message_id", message.id());
    json.put("inbox_id", message.inboxId());
    json.put("thread_id", message.threadId());
    json.put("from", message.from());
    json.put("verified_sender", message.verifiedSender());
    json.put("consumed", consumedAt.isPresent());
    json.set("consumed_at", Json.time(consumedAt));
    json.put("stored_at", Json.time(message.storedAt()));
    return json;
  }
}
