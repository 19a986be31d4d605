package email.daimon.functions.sweep;

import email.daimon.functions.store.Job;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What function {@code jobs} does by the clock. Of several rounds of a kind that were missed, only
 * the last is made up for.
 */
final class Rounds {
  private static final long HOUR = 60;
  private static final long PAST_THE_HOUR = 10;
  private static final long DAY = 24 * HOUR;
  private static final long AT_NIGHT = 3 * HOUR + 10;

  private Rounds() {}

  /** The rounds that begin after a minute and not after another. */
  static List<Job> begun(long after, long until) {
    List<Job> begun = new ArrayList<>();
    add(begun, after, last(until, HOUR, PAST_THE_HOUR), Job::unprocessedMail);
    add(begun, after, last(until, DAY, AT_NIGHT), Job::recount);
    return begun;
  }

  private static void add(List<Job> begun, long after, long minute, Function<Instant, Job> job) {
    if (minute > after) {
      begun.add(job.apply(Instant.ofEpochSecond(minute * 60)));
    }
  }

  private static long last(long until, long period, long offset) {
    return until - Math.floorMod(until - offset, period);
  }
}
