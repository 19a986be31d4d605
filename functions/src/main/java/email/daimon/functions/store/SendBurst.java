package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * How many mails an account may ask to be sent within a rolling minute. Of the minute before as
 * much counts as lies within sixty seconds: exact enough, and one condition of {@link SendQuota}.
 */
public final class SendBurst {
  private static final long MINUTE = 60_000;
  private final Table work;

  public SendBurst(Table work) {
    this.work = requireNonNull(work, "work is null");
  }

  /** How many the minute that has begun may have in all; none or less where the last had many. */
  public int room(String accountId, int most, Instant now) {
    long passed = MINUTE - left(now).toMillis();
    long before =
        work.get(Keys.burst(accountId, now.minus(1, ChronoUnit.MINUTES)), SendQuota.ASKED)
            .map(item -> item.number("n"))
            .orElse(0L);
    return (int) (most - (before * (MINUTE - passed) + MINUTE - 1) / MINUTE);
  }

  /** Until the next minute begins. */
  public static Duration left(Instant now) {
    Instant next = now.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    return Duration.between(now, next);
  }
}
