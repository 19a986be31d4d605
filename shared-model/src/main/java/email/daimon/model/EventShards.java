package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Over how many partitions an account's events of a day (UTC) are spread: one at first. A number
 * holds from the start of a day on and is kept, so that a reader knows where the events of each day
 * lie.
 *
 * @param since numbers by the day from which on they hold
 */
public record EventShards(NavigableMap<LocalDate, Integer> since) {
  /** One partition, from the beginning. */
  public static final EventShards ONE = new EventShards(new TreeMap<>());

  public EventShards {
    since.forEach((day, shards) -> {
      if (shards < 1) {
        throw new IllegalArgumentException(shards + " shards from " + day);
      }
    });
    since = Collections.unmodifiableNavigableMap(new TreeMap<>(since));
  }

  /** The number of partitions on the day of a time. */
  public int on(Instant time) {
    Map.Entry<LocalDate, Integer> entry =
        since.floorEntry(LocalDate.ofInstant(time, ZoneOffset.UTC));
    return entry == null ? 1 : entry.getValue();
  }

  /**
   * The same until a day, another number from then on. Writers may remember an account for seconds,
   * so the day is one that does not begin within the minute.
   */
  public EventShards from(LocalDate day, int shards) {
    NavigableMap<LocalDate, Integer> next = new TreeMap<>(since);
    next.put(requireNonNull(day, "day is null"), shards);
    return new EventShards(next);
  }
}
