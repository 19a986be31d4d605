package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * What the calls of a webhook came to.
 *
 * @param failuresInRow calls that failed since the last that did not
 * @param failingSince when the first of these was; empty after a success
 * @param lastDeliveredAt when a call last succeeded, to the minute
 * @param slowUntil until when its calls are kept apart from others': one of them took long
 * @param openUntil until when no call is made: the breaker is open
 * @param opened how often in a row the breaker has opened
 */
public record WebhookHealth(
    long failuresInRow,
    Optional<Instant> failingSince,
    Optional<Instant> lastDeliveredAt,
    Optional<Instant> slowUntil,
    Optional<Instant> openUntil,
    long opened) {
  /** Nothing was tried yet. */
  public static final WebhookHealth UNTRIED =
      new WebhookHealth(
          0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0);

  public WebhookHealth {
    requireNonNull(failingSince, "failingSince is null");
    requireNonNull(lastDeliveredAt, "lastDeliveredAt is null");
    requireNonNull(slowUntil, "slowUntil is null");
    requireNonNull(openUntil, "openUntil is null");
  }
}
