package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Holds a call until there is something to answer. Only the function {@code api-wait} does so; the
 * others answer at once.
 */
public interface Holding {
  /** Looks once. */
  Holding NONE =
      new Holding() {
        @Override
        public <T> Held<T> until(Caller caller, Duration longest, Supplier<Look<T>> look) {
          return new Held<>(look.get().found(), Duration.ZERO, false);
        }
      };

  /**
   * Looks again and again until what is found is worth an answer or the time is over.
   *
   * @param longest zero for one look
   */
  <T> Held<T> until(Caller caller, Duration longest, Supplier<Look<T>> look);

  /**
   * What was seen.
   *
   * @param worth whether it is worth an answer
   * @param rest before the next look at least; zero where there is more to see already
   */
  record Look<T>(T found, boolean worth, Duration rest) {
    public Look {
      requireNonNull(found, "found is null");
      requireNonNull(rest, "rest is null");
    }
  }

  /**
   * How it ended.
   *
   * @param found of the last look
   * @param applied how long the call was ready to wait
   * @param refused whether it did not wait because all places are taken
   */
  record Held<T>(T found, Duration applied, boolean refused) {
    public Held {
      requireNonNull(found, "found is null");
      requireNonNull(applied, "applied is null");
    }
  }
}
