package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.DeliveryAttempt;
import email.daimon.model.WebhookDelivery;

/** What became of an event at a webhook, on the wire. */
public final class DeliveryJson {
  private DeliveryJson() {}

  /** As lists show it: with its last attempt alone. */
  public static ObjectNode row(WebhookDelivery delivery) {
    ObjectNode json = Json.object().put("id", delivery.eventId());
    json.put("event_id", delivery.eventId()).put("webhook_id", delivery.webhookId());
    json.put("type", delivery.eventType());
    json.set("inbox_id", Json.text(delivery.inboxId()));
    json.set("message_id", Json.text(delivery.messageId()));
    json.put("status", delivery.status().text());
    json.set("reason", Json.text(delivery.reason()));
    json.put("round", delivery.round());
    boolean none = delivery.attempts().isEmpty();
    json.put("attempt_count", none ? 0 : delivery.attempts().getLast().number());
    if (none) {
      json.putNull("last_attempt");
    } else {
      json.set("last_attempt", attempt(delivery.attempts().getLast()));
    }
    json.set("next_attempt_at", Json.time(delivery.nextAttemptAt()));
    return json.put("created_at", Json.time(delivery.createdAt()));
  }

  /** With all attempts that are kept, oldest first. */
  public static ObjectNode whole(WebhookDelivery delivery) {
    ObjectNode json = row(delivery);
    ArrayNode attempts = json.putArray("attempts");
    delivery.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
    return json;
  }

  /** One call; {@code response} is what a stranger's server wrote. */
  public static ObjectNode attempt(DeliveryAttempt attempt) {
    ObjectNode json = Json.object().put("number", attempt.number());
    json.put("at", Json.time(attempt.at())).put("outcome", attempt.outcome().text());
    if (attempt.status() == 0) {
      json.putNull("status");
    } else {
      json.put("status", attempt.status());
    }
    json.put("latency_ms", attempt.latency().toMillis());
    return json.put("response", attempt.answer());
  }
}
