package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * Where a thread stands in a list: a time in milliseconds, and its id where two have the same time.
 * The same in every shard, so one place is a cursor for all of them.
 */
public record ThreadPlace(long time, String id) implements Comparable<ThreadPlace> {
  private static final Comparator<ThreadPlace> ORDER =
      Comparator.comparingLong(ThreadPlace::time).thenComparing(ThreadPlace::id);

  public ThreadPlace {
    requireNonNull(id, "id is null");
  }

  /** As index keys have it. */
  public String text() {
    return Keys.byTime(time, id);
  }

  /** Reads {@link #text()}. */
  public static ThreadPlace parse(String text) {
    int cut = text.indexOf('#');
    return new ThreadPlace(Long.parseLong(text.substring(0, cut)), text.substring(cut + 1));
  }

  @Override
  public int compareTo(ThreadPlace other) {
    return ORDER.compare(this, other);
  }
}
