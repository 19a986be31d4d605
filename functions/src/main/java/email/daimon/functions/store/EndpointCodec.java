package email.daimon.functions.store;

import email.daimon.model.Endpoint;
import email.daimon.model.Endpoint.Secret;
import email.daimon.model.SealedBytes;
import email.daimon.model.WebhookHealth;
import email.daimon.model.WebhookStatus;
import java.util.List;

/** Rows of endpoints, {@code WE#id} of the work table: they stay until their webhook is deleted. */
final class EndpointCodec {
  private EndpointCodec() {}

  static Item item(Endpoint endpoint) {
    WebhookHealth health = endpoint.health();
    return Item.of(Keys.endpoint(endpoint.webhookId()), Keys.META)
        .text("webhookId", endpoint.webhookId())
        .text("accountId", endpoint.accountId())
        .text("inboxId", endpoint.inboxId())
        .text("url", endpoint.url())
        .text("status", endpoint.status().name())
        .bytes("dataKey", endpoint.dataKey().bytes())
        .items("secrets", secrets(endpoint.secrets()))
        .number("failuresInRow", health.failuresInRow())
        .time("failingSince", health.failingSince())
        .time("lastDeliveredAt", health.lastDeliveredAt())
        .time("slowUntil", health.slowUntil())
        .time("openUntil", health.openUntil())
        .number("opened", health.opened());
  }

  static Endpoint endpoint(Item item) {
    return new Endpoint(
        item.text("webhookId"),
        item.text("accountId"),
        item.optionalText("inboxId"),
        item.text("url"),
        WebhookStatus.valueOf(item.text("status")),
        new WebhookHealth(
            item.number("failuresInRow"),
            item.optionalTime("failingSince"),
            item.optionalTime("lastDeliveredAt"),
            item.optionalTime("slowUntil"),
            item.optionalTime("openUntil"),
            item.number("opened")),
        new SealedBytes(item.bytes("dataKey")),
        secrets(item));
  }

  static List<Item> secrets(List<Secret> secrets) {
    return secrets.stream()
        .map(secret ->
            Item.nested().bytes("sealed", secret.sealed().bytes()).time("until", secret.until()))
        .toList();
  }

  static List<Secret> secrets(Item item) {
    return item.items("secrets").stream()
        .map(secret ->
            new Secret(new SealedBytes(secret.bytes("sealed")), secret.optionalTime("until")))
        .toList();
  }
}
