package email.daimon.functions.wait;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import email.daimon.functions.api.Caller;
import email.daimon.functions.api.Holding;
import email.daimon.functions.store.HeldPlaces;
import email.daimon.functions.store.HeldPlaces.Place;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Holds one call. It looks before it asks for a place, rests a twentieth of the time that it has
 * waited, within bounds, and ends well before the function's own time does.
 */
final class HeldCall implements Holding {
  private static final Duration LEAST_REST = Duration.ofMillis(100);
  private static final Duration TO_ANSWER = Duration.ofMillis(1_500);
  private static final int SHARE = 20;
  private final HeldPlaces places;
  private final Duration longestRest;
  private final InstantSource clock;
  private final Context context;

  HeldCall(HeldPlaces places, Duration longestRest, InstantSource clock, Context context) {
    this.places = requireNonNull(places, "places is null");
    this.longestRest = requireNonNull(longestRest, "longestRest is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.context = requireNonNull(context, "context is null");
  }

  @Override
  public <T> Held<T> until(Caller caller, Duration longest, Supplier<Look<T>> look) {
    Duration wait = shorter(longest, timeLeft());
    Look<T> first = look.get();
    if (first.worth() || !wait.isPositive()) {
      return new Held<>(first.found(), wait, false);
    }
    Optional<Place> place = places.take(caller.account().id(), caller.key().id(), clock.instant());
    if (place.isEmpty()) {
      return new Held<>(first.found(), Duration.ZERO, true);
    }
    try {
      return new Held<>(again(first, wait, look), wait, false);
    } finally {
      places.giveBack(place.get());
    }
  }

  private <T> T again(Look<T> first, Duration wait, Supplier<Look<T>> look) {
    long begun = System.nanoTime();
    Look<T> last = first;
    Duration left = wait;
    while (!last.worth() && left.isPositive() && rest(last, wait.minus(left), left)) {
      last = look.get();
      Duration waited = Duration.ofNanos(System.nanoTime() - begun);
      left = shorter(wait.minus(waited), timeLeft());
    }
    return last.found();
  }

  /** Whether the rest was not broken off. */
  private boolean rest(Look<?> last, Duration waited, Duration left) {
    if (last.rest().isZero()) {
      return true;
    }
    Duration rest = shorter(waited.dividedBy(SHARE), longestRest);
    rest = longer(longer(rest, LEAST_REST), last.rest());
    try {
      Thread.sleep(shorter(rest, left));
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Duration timeLeft() {
    return Duration.ofMillis(context.getRemainingTimeInMillis()).minus(TO_ANSWER);
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
