package email.daimon.functions.store;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Takes commits to one inbox in turn within this process: they would only refuse each other at the
 * inbox's counters and read everything again. Other processes are met by conditions, as ever.
 */
final class Turns {
  private static final int TURNS = 1_024;
  private final Turn[] turns =
      IntStream.range(0, TURNS).mapToObj(_ -> new Turn()).toArray(Turn[]::new);

  Turn of(String inboxId) {
    return turns[Math.floorMod(inboxId.hashCode(), TURNS)];
  }

  /** The turn of one inbox, and of a few that share it. */
  static final class Turn {
    private final ReentrantLock lock = new ReentrantLock(true);
    private final AtomicLong taken = new AtomicLong();

    /** Changes with each commit: what was read before is old when it has changed. */
    long taken() {
      return taken.get();
    }

    /** Runs a commit; it is told the number of commits before it. */
    <T> T take(Function<Long, T> commit) {
      lock.lock();
      try {
        return commit.apply(taken.get());
      } finally {
        taken.incrementAndGet();
        lock.unlock();
      }
    }
  }
}
