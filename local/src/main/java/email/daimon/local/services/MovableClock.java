package email.daimon.local.services;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/** The platform's clock: that of the machine, plus what it has been advanced by. */
public final class MovableClock implements InstantSource {
  private final InstantSource base;
  private volatile Duration ahead;
  private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

  public MovableClock(InstantSource base, Duration ahead) {
    this.base = Objects.requireNonNull(base);
    this.ahead = notNegative(ahead);
  }

  @Override
  public Instant instant() {
    return base.instant().plus(ahead);
  }

  /** How far this clock is before that of the machine. */
  public Duration ahead() {
    return ahead;
  }

  /** Moves the clock on and tells everyone who waits for a time to come. */
  public Instant advance(Duration by) {
    synchronized (this) {
      ahead = ahead.plus(notNegative(by));
    }
    listeners.forEach(Runnable::run);
    return instant();
  }

  public void onAdvance(Runnable listener) {
    listeners.add(Objects.requireNonNull(listener));
  }

  private static Duration notNegative(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("this clock never goes back: " + duration);
    }
    return duration;
  }
}
