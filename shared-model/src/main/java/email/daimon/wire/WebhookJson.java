package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.EventType;
import email.daimon.model.Webhook;
import email.daimon.model.WebhookHealth;

/** A webhook on the wire: what its owner set and how its calls go; its secret once, when made. */
public final class WebhookJson {
  private WebhookJson() {}

  public static ObjectNode of(Webhook webhook) {
    WebhookHealth health = webhook.health();
    ObjectNode json = Json.object().put("id", webhook.id()).put("account_id", webhook.accountId());
    json.set("inbox_id", Json.text(webhook.inboxId()));
    json.put("url", webhook.url());
    ArrayNode events = json.putArray("events");
    EventType.names().stream().filter(webhook.events()::contains).forEach(events::add);
    json.put("status", webhook.status().text());
    json.set("reason", Json.text(webhook.reason()));
    json.put("failure_count", health.failuresInRow());
    json.set("failing_since", Json.time(health.failingSince()));
    json.set("last_delivered_at", Json.time(health.lastDeliveredAt()));
    json.set("paused_until", Json.time(health.openUntil()));
    json.set("previous_secret_until", Json.time(webhook.previousSecretUntil()));
    json.put("created_at", Json.time(webhook.createdAt()));
    return json.put("updated_at", Json.time(webhook.updatedAt()));
  }

  /** How one that does not work stands, in few words. */
  public static ObjectNode standing(Webhook webhook) {
    ObjectNode json = Json.object().put("id", webhook.id());
    json.put("status", webhook.status().text());
    json.set("reason", Json.text(webhook.reason()));
    json.put("failure_count", webhook.health().failuresInRow());
    json.set("failing_since", Json.time(webhook.health().failingSince()));
    return json;
  }

  /** With its secret, which is shown this once. */
  public static ObjectNode issued(Webhook webhook, String secret) {
    return of(webhook).put("secret", secret);
  }
}
