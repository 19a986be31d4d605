package email.daimon.functions.webhook;

import email.daimon.model.AttemptOutcome;
import email.daimon.model.DeliveryAttempt;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.WebhookDelivery;
import email.daimon.policy.WebhookSchedule;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How a delivery stands after what has happened to it. */
final class Turns {
  private Turns() {}

  static WebhookDelivery delivered(WebhookDelivery row, DeliveryAttempt attempt) {
    return row.then(
        DeliveryStatus.DELIVERED,
        row.tried() + 1,
        row.attemptsAnd(attempt),
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
    return row.then(
        again.isPresent() ? DeliveryStatus.PENDING : DeliveryStatus.FAILED,
        tried,
        row.attemptsAnd(attempt),
        again,
        again.isPresent() ? Optional.empty() : Optional.of("exhausted"));
  }

  /** A probe was in vain: it goes on waiting, and the call is not one of its schedule. */
  static WebhookDelivery probed(WebhookDelivery row, DeliveryAttempt attempt) {
    return row.then(
        row.status(), row.tried(), row.attemptsAnd(attempt), row.nextAttemptAt(), row.reason());
  }

  /** Waits until its endpoint is tried again; that uses up none of its calls. */
  static WebhookDelivery parked(WebhookDelivery row, Instant now) {
    DeliveryAttempt none = row.noCall(AttemptOutcome.BREAKER_OPEN, now);
    return row.then(
        DeliveryStatus.PARKED,
        row.tried(),
        row.attemptsAnd(none),
        Optional.empty(),
        Optional.empty());
  }

  /** Goes on its way again. */
  static WebhookDelivery released(WebhookDelivery row, Instant now) {
    return row.then(
        DeliveryStatus.PENDING, row.tried(), row.attempts(), Optional.of(now), Optional.empty());
  }
}
