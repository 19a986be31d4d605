package email.daimon.functions.webhook;

import static java.util.Objects.requireNonNull;

import email.daimon.model.AttemptOutcome;
import java.time.Duration;
import java.util.Optional;

/**
 * What a call came to.
 *
 * @param status of HTTP; 0 without an answer
 * @param text the first 512 bytes of what was answered; without an answer what went wrong
 * @param retryAfter as the server wrote it
 */
public record Answer(
    AttemptOutcome outcome,
    int status,
    Duration latency,
    String text,
    Optional<String> retryAfter) {
  public Answer {
    requireNonNull(outcome, "outcome is null");
    requireNonNull(latency, "latency is null");
    requireNonNull(text, "text is null");
    requireNonNull(retryAfter, "retryAfter is null");
  }

  /** There was none. */
  public static Answer none(AttemptOutcome outcome, Duration latency, String text) {
    return new Answer(outcome, 0, latency, text, Optional.empty());
  }

  boolean ok() {
    return outcome == AttemptOutcome.OK;
  }

  /** The webhook is gone for good: 410. */
  boolean gone() {
    return status == 410;
  }

  /** It asks for patience, or shows that it needs some. */
  boolean overloaded() {
    return status == 429
        || outcome == AttemptOutcome.TIMEOUT_CONNECT
        || outcome == AttemptOutcome.TIMEOUT_READ;
  }

  /** When it wants to be called again, as far as that is listened to. */
  Optional<String> wish() {
    return status == 429 || status == 503 ? retryAfter : Optional.empty();
  }
}
