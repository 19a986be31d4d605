package email.daimon.functions.store;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Lets commits to one inbox take turns within this process: they would only refuse each other at
 * the inbox's counters and read everything again. Other processes are met by conditions, as ever.
 */
final class Turns {
  private static final int TURNS = 1_024;
  private final List<ReentrantLock> turns =
      IntStream.range(0, TURNS).mapToObj(_ -> new ReentrantLock(true)).toList();

  /** Runs reads and the commit that follows from them when it is the turn of all the inboxes. */
  <T> T take(Collection<String> inboxIds, Supplier<T> commit) {
    // Always in the same order, so that no two wait for each other.
    List<ReentrantLock> mine =
        inboxIds.stream()
            .map(inboxId -> Math.floorMod(inboxId.hashCode(), TURNS))
            .distinct()
            .sorted()
            .map(turns::get)
            .toList();
    mine.forEach(ReentrantLock::lock);
    try {
      return commit.get();
    } finally {
      mine.forEach(ReentrantLock::unlock);
    }
  }
}
