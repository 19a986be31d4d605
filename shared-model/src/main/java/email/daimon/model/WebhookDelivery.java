package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The telling of one event to one webhook.
 *
 * @param eventId names the delivery within its webhook
 * @param round which telling this is: 0, and one more for each replay; every round has the whole
 *     schedule of attempts
 * @param tried attempts of this round
 * @param attempts of all rounds, the last twenty, oldest first
 * @param nextAttemptAt when the next is due; empty where none is
 * @param reason why it failed for good, such as {@code exhausted} or {@code disabled}
 */
public record WebhookDelivery(
    String webhookId,
    String eventId,
    String eventType,
    Optional<String> inboxId,
    Optional<String> messageId,
    DeliveryStatus status,
    int round,
    int tried,
    List<DeliveryAttempt> attempts,
    Optional<Instant> nextAttemptAt,
    Optional<String> reason,
    Instant createdAt,
    long version) {
  public WebhookDelivery {
    requireNonNull(webhookId, "webhookId is null");
    requireNonNull(eventId, "eventId is null");
    requireNonNull(eventType, "eventType is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(messageId, "messageId is null");
    requireNonNull(status, "status is null");
    attempts = List.copyOf(attempts);
    requireNonNull(nextAttemptAt, "nextAttemptAt is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(createdAt, "createdAt is null");
  }

  /**
   * One that is to be told of an event for the first time.
   *
   * @param name of the event's type, as the webhook asked for it
   */
  public static WebhookDelivery planned(String webhookId, Event event, String name, Instant now) {
    return new WebhookDelivery(
        webhookId,
        event.id(),
        name,
        event.inboxId(),
        event.message().map(MessageKey::id),
        DeliveryStatus.PENDING,
        0,
        0,
        List.of(),
        Optional.of(now),
        Optional.empty(),
        now,
        1);
  }

  /** Given up for good, with why. */
  public WebhookDelivery givenUp(String why) {
    return new WebhookDelivery(
        webhookId,
        eventId,
        eventType,
        inboxId,
        messageId,
        DeliveryStatus.FAILED,
        round,
        tried,
        attempts,
        Optional.empty(),
        Optional.of(why),
        createdAt,
        version + 1);
  }

  /** Told once more, from the beginning of the schedule. */
  public WebhookDelivery again(Instant now) {
    return new WebhookDelivery(
        webhookId,
        eventId,
        eventType,
        inboxId,
        messageId,
        DeliveryStatus.PENDING,
        round + 1,
        0,
        attempts,
        Optional.of(now),
        Optional.empty(),
        createdAt,
        version + 1);
  }
}
