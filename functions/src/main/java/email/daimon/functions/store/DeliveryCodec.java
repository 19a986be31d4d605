package email.daimon.functions.store;

import email.daimon.model.AttemptOutcome;
import email.daimon.model.DeliveryAttempt;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.Ids;
import email.daimon.model.WebhookDelivery;
import java.time.Duration;

/** Rows of deliveries, {@code W#webhook#hour / eventId} of the work table. */
final class DeliveryCodec {
  /** How long the log reaches back, and how long an event can be replayed. */
  static final Duration KEPT = Duration.ofDays(30);

  private DeliveryCodec() {}

  static Item item(WebhookDelivery delivery) {
    return Item.of(
            Keys.deliveries(delivery.webhookId(), Ids.time(delivery.eventId())), delivery.eventId())
        .text("webhookId", delivery.webhookId())
        .text("eventType", delivery.eventType())
        .text("inboxId", delivery.inboxId())
        .text("messageId", delivery.messageId())
        .text("status", delivery.status().name())
        .number("round", delivery.round())
        .number("tried", delivery.tried())
        .items("attempts", delivery.attempts().stream().map(DeliveryCodec::attempt).toList())
        .time("nextAttemptAt", delivery.nextAttemptAt())
        .text("reason", delivery.reason())
        .time("createdAt", delivery.createdAt())
        .number("version", delivery.version())
        .number(Keys.EXPIRES_AT, delivery.createdAt().plus(KEPT).getEpochSecond());
  }

  static WebhookDelivery delivery(Item item) {
    return new WebhookDelivery(
        item.text("webhookId"),
        item.text("sk"),
        item.text("eventType"),
        item.optionalText("inboxId"),
        item.optionalText("messageId"),
        DeliveryStatus.valueOf(item.text("status")),
        (int) item.number("round"),
        (int) item.number("tried"),
        item.items("attempts").stream().map(DeliveryCodec::attempt).toList(),
        item.optionalTime("nextAttemptAt"),
        item.optionalText("reason"),
        item.time("createdAt"),
        item.number("version"));
  }

  private static Item attempt(DeliveryAttempt attempt) {
    return Item.nested()
        .number("number", attempt.number())
        .time("at", attempt.at())
        .text("outcome", attempt.outcome().name())
        .number("status", attempt.status())
        .number("latency", attempt.latency().toMillis())
        .text("answer", attempt.answer());
  }

  private static DeliveryAttempt attempt(Item item) {
    return new DeliveryAttempt(
        (int) item.number("number"),
        item.time("at"),
        AttemptOutcome.valueOf(item.text("outcome")),
        (int) item.number("status"),
        Duration.ofMillis(item.number("latency")),
        item.text("answer"));
  }
}
