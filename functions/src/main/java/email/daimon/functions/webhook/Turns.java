package email.daimon.functions.webhook;

import email.daimon.model.AttemptOutcome;
import email.daimon.model.DeliveryAttempt;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.WebhookDelivery;
import email.daimon.policy.WebhookSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a delivery stands after what has happened to it. */
final class Turns {
  private static final int ATTEMPTS_KEPT = 20;

  private Turns() {}

  /** The number that the next call of a delivery has: only calls that were made count. */
  static int nextNumber(WebhookDelivery row) {
    return row.attempts().isEmpty() ? 1 : row.attempts().getLast().number() + 1;
  }

  static WebhookDelivery delivered(WebhookDelivery row, DeliveryAttempt attempt) {
    return next(
        row,
        DeliveryStatus.DELIVERED,
        row.tried() + 1,
        with(row, attempt),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * Called in vain: the next call is planned, or there is none left.
   *
   * @param random from 0 to 1
   */
  static WebhookDelivery failed(
      WebhookDelivery row, DeliveryAttempt attempt, Answer answer, Instant now, double random) {
    int tried = row.tried() + 1;
    Optional<Duration> wish = answer.wish().flatMap(text -> WebhookSchedule.wish(text, now));
    Optional<Instant> again =
        WebhookSchedule.delay(tried, answer.overloaded(), wish, random).map(now::plus);
    return next(
        row,
        again.isPresent() ? DeliveryStatus.PENDING : DeliveryStatus.FAILED,
        tried,
        with(row, attempt),
        again,
        again.isPresent() ? Optional.empty() : Optional.of("exhausted"));
  }

  /** A probe was in vain: it goes on waiting, and the call is not one of its schedule. */
  static WebhookDelivery probed(WebhookDelivery row, DeliveryAttempt attempt) {
    return next(
        row, row.status(), row.tried(), with(row, attempt), row.nextAttemptAt(), row.reason());
  }

  /** Waits until its endpoint is tried again; that uses up none of its calls. */
  static WebhookDelivery parked(WebhookDelivery row, Instant now) {
    DeliveryAttempt none = noCall(row, AttemptOutcome.BREAKER_OPEN, now);
    return next(
        row,
        DeliveryStatus.PARKED,
        row.tried(),
        with(row, none),
        Optional.empty(),
        Optional.empty());
  }

  /** Goes on its way again. */
  static WebhookDelivery released(WebhookDelivery row, Instant now) {
    return next(
        row,
        DeliveryStatus.PENDING,
        row.tried(),
        row.attempts(),
        Optional.of(now),
        Optional.empty());
  }

  /** No call is to come. */
  static WebhookDelivery givenUp(WebhookDelivery row, String reason, Instant now) {
    List<DeliveryAttempt> attempts =
        reason.equals("disabled")
            ? with(row, noCall(row, AttemptOutcome.DISABLED, now))
            : row.attempts();
    return next(
        row, DeliveryStatus.FAILED, row.tried(), attempts, Optional.empty(), Optional.of(reason));
  }

  private static DeliveryAttempt noCall(WebhookDelivery row, AttemptOutcome outcome, Instant now) {
    return new DeliveryAttempt(nextNumber(row) - 1, now, outcome, 0, Duration.ZERO, "");
  }

  private static List<DeliveryAttempt> with(WebhookDelivery row, DeliveryAttempt attempt) {
    List<DeliveryAttempt> all = new ArrayList<>(row.attempts());
    all.add(attempt);
    return all.subList(Math.max(0, all.size() - ATTEMPTS_KEPT), all.size());
  }

  private static WebhookDelivery next(
      WebhookDelivery row,
      DeliveryStatus status,
      int tried,
      List<DeliveryAttempt> attempts,
      Optional<Instant> nextAttemptAt,
      Optional<String> reason) {
    return new WebhookDelivery(
        row.webhookId(),
        row.eventId(),
        row.eventType(),
        row.inboxId(),
        row.messageId(),
        status,
        row.round(),
        tried,
        attempts,
        nextAttemptAt,
        reason,
        row.createdAt(),
        row.version() + 1);
  }
}
