package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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
  /** The reason of what a disabled webhook was to hear. */
  public static final String DISABLED = "disabled";

  private static final int ATTEMPTS_KEPT = 20;

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

  /** The number that its next call has: only calls that were made count. */
  public int nextNumber() {
    return attempts.isEmpty() ? 1 : attempts.getLast().number() + 1;
  }

  /** What is noted where no call was made. */
  public DeliveryAttempt noCall(AttemptOutcome outcome, Instant now) {
    return new DeliveryAttempt(nextNumber() - 1, now, outcome, 0, Duration.ZERO, "");
  }

  /** Its attempts and one more, as many as are kept. */
  public List<DeliveryAttempt> attemptsAnd(DeliveryAttempt attempt) {
    List<DeliveryAttempt> all = new ArrayList<>(attempts);
    all.add(attempt);
    return all.subList(Math.max(0, all.size() - ATTEMPTS_KEPT), all.size());
  }

  /** As it stands after something has happened to it in this round. */
  public WebhookDelivery then(
      DeliveryStatus status,
      int tried,
      List<DeliveryAttempt> attempts,
      Optional<Instant> nextAttemptAt,
      Optional<String> reason) {
    return new WebhookDelivery(
        webhookId,
        eventId,
        eventType,
        inboxId,
        messageId,
        status,
        round,
        tried,
        attempts,
        nextAttemptAt,
        reason,
        createdAt,
        version + 1);
  }

  /**
   * No call is to come.
   *
   * @param why such as {@link #DISABLED}, which is noted among the attempts too
   */
  public WebhookDelivery givenUp(String why, Instant now) {
    List<DeliveryAttempt> noted =
        why.equals(DISABLED) ? attemptsAnd(noCall(AttemptOutcome.DISABLED, now)) : attempts;
    return then(DeliveryStatus.FAILED, tried, noted, Optional.empty(), Optional.of(why));
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
