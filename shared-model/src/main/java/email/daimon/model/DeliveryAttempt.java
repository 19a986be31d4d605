package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * One call of a webhook.
 *
 * @param number from 1; goes on over replays
 * @param status of HTTP; 0 without an answer
 * @param answer the first 512 bytes of what the endpoint said, as text
 */
public record DeliveryAttempt(
    int number, Instant at, AttemptOutcome outcome, int status, Duration latency, String answer) {
  public DeliveryAttempt {
    requireNonNull(at, "at is null");
    requireNonNull(outcome, "outcome is null");
    requireNonNull(latency, "latency is null");
    requireNonNull(answer, "answer is null");
  }
}
