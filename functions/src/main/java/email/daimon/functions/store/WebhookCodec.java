package email.daimon.functions.store;

import email.daimon.model.SealedBytes;
import email.daimon.model.WebhookStatus;
import java.util.Optional;

/**
 * Rows of webhooks in the table {@code mail}: the main one, {@code A#account / WHK#id}; the one by
 * which the planner finds it, {@code I#inbox / WH#id} or {@code A#account / WHALL#id}; and, while
 * it fails or was disabled by the platform, {@code A#account / WHF#id}.
 */
final class WebhookCodec {
  static final String DISABLED = "disabled";

  private WebhookCodec() {}

  static Item item(StoredWebhook webhook) {
    return Item.of(Keys.account(webhook.accountId()), Keys.webhook(webhook.id()))
        .text("id", webhook.id())
        .text("accountId", webhook.accountId())
        .text("inboxId", webhook.inboxId())
        .text("url", webhook.url())
        .texts("events", webhook.events().stream().sorted().toList())
        .text("status", webhook.status().name())
        .text("reason", webhook.reason())
        .bytes("dataKey", webhook.dataKey().bytes())
        .items("secrets", EndpointCodec.secrets(webhook.secrets()))
        .texts("told", webhook.told())
        .time("createdAt", webhook.createdAt())
        .time("updatedAt", webhook.updatedAt())
        .number("version", webhook.version());
  }

  static StoredWebhook webhook(Item item) {
    return new StoredWebhook(
        item.text("id"),
        item.text("accountId"),
        item.optionalText("inboxId"),
        item.text("url"),
        item.textSet("events"),
        WebhookStatus.valueOf(item.text("status")),
        item.optionalText("reason"),
        new SealedBytes(item.bytes("dataKey")),
        EndpointCodec.secrets(item),
        item.texts("told"),
        item.time("createdAt"),
        item.time("updatedAt"),
        item.number("version"));
  }

  static Item route(StoredWebhook webhook) {
    return Item.of(
            routePartition(webhook.accountId(), webhook.inboxId()),
            routeKey(webhook.id(), webhook.inboxId()))
        .text("webhookId", webhook.id())
        .text("accountId", webhook.accountId())
        .text("inboxId", webhook.inboxId())
        .texts("events", webhook.events().stream().sorted().toList())
        .flag(DISABLED, webhook.status() == WebhookStatus.DISABLED);
  }

  static WebhookRoute route(Item item) {
    return new WebhookRoute(
        item.text("webhookId"),
        item.optionalText("inboxId"),
        item.textSet("events"),
        item.flag(DISABLED));
  }

  static String routePartition(String accountId, Optional<String> inboxId) {
    return inboxId.map(Keys::inbox).orElseGet(() -> Keys.account(accountId));
  }

  static String routeKey(String webhookId, Optional<String> inboxId) {
    return inboxId.isPresent() ? Keys.inboxWebhook(webhookId) : Keys.accountWebhook(webhookId);
  }
}
