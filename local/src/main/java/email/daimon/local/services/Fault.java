package email.daimon.local.services;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * What goes wrong at a step of the way of a mail.
 *
 * @param error how a send fails; without it, before anything is sent
 */
public record Fault(Step step, Action action, Duration delay, Optional<Failure> error) {
  public Fault {
    Objects.requireNonNull(step);
    Objects.requireNonNull(action);
    Objects.requireNonNull(delay);
    Objects.requireNonNull(error);
  }

  public Fault(Step step, Action action, Duration delay) {
    this(step, action, delay, Optional.empty());
  }

  /** Holds the calling thread up for the delay, whoever wants it to end. */
  public void pause() {
    long end = System.nanoTime() + delay.toNanos();
    boolean interrupted = false;
    for (long left = delay.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Where. */
  public enum Step {
    /** SES telling the inbound queue of a mail. */
    INBOUND_NOTIFICATION,
    /** A function writing an object. */
    S3_PUT,
    /** A function writing to a table. */
    DB_WRITE,
    /** A function sending to a queue. */
    SQS_SEND,
    /** A function handing a mail to SES. */
    SES_SEND,
    /** A function handing a mail to an SMTP relay. */
    RELAY_SEND,
    /** A function calling a webhook's server. */
    WEBHOOK_POST;

    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Step> parse(String label) {
      return Arrays.stream(values()).filter(step -> step.label().equals(label)).findFirst();
    }
  }

  /** How. */
  public enum Action {
    /** No effect; the caller sees an error after its retries. */
    FAIL,
    /** The effect happens, its answer is lost below the SDK's retries. */
    LOSE,
    /** The effect comes late. */
    DELAY,
    /** The effect happens twice, as one answer. */
    TWICE,
    /** DynamoDB's TransactionConflict: nothing is written. */
    CONFLICT;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Action> parse(String label) {
      return Arrays.stream(values()).filter(action -> action.label().equals(label)).findFirst();
    }
  }

  /** How a send fails, with no effect. */
  public enum Failure {
    /** Too fast: not now. */
    THROTTLED,
    /** The mail is refused for good. */
    REJECTED,
    /** The connection breaks before an answer, so that the sender cannot know. */
    BROKEN;

    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Failure> parse(String label) {
      return Arrays.stream(values()).filter(error -> error.label().equals(label)).findFirst();
    }
  }
}
