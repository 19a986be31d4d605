package email.daimon.local.services;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What goes wrong at a step of the way of a mail. */
public record Fault(Step step, Action action, Duration delay) {
  public Fault {
    Objects.requireNonNull(step);
    Objects.requireNonNull(action);
    Objects.requireNonNull(delay);
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
    SQS_SEND;

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
}
