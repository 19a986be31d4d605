package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * One ordered stream out of several ordered sources. A source that has run dry and has more is read
 * again before anything that comes later is given out, so order holds however unevenly the rows are
 * spread. Rows that are equal by the order are one row: the one of the earliest source counts. Not
 * for use by several threads.
 */
final class Merge<T> {
  private final Comparator<T> order;
  private final BooleanSupplier mayRead;
  private final List<Feed<T>> feeds = new ArrayList<>();

  /** Rows in the order of the merge, from where the source was told to begin. */
  interface Source<T> {
    /** The next rows, none twice; {@code count} is a wish. */
    Chunk<T> next(int count);
  }

  /** Some rows of a source; there may be none and yet more to come. */
  record Chunk<T>(List<T> rows, boolean more) {}

  /**
   * @param chunk how many rows to ask a source for at first
   * @param mayRead whether sources may be asked again; asked before each round of reading
   */
  Merge(
      Comparator<T> order, int chunk, BooleanSupplier mayRead, List<? extends Source<T>> sources) {
    this.order = requireNonNull(order, "order is null");
    this.mayRead = requireNonNull(mayRead, "mayRead is null");
    sources.forEach(source -> feeds.add(new Feed<>(source, chunk)));
  }

  /** The next row, left in its place; empty at the end and where no more may be read. */
  Optional<T> peek() {
    return first().map(feed -> feed.rows.getFirst());
  }

  /** The next row; empty at the end and where no more may be read. */
  Optional<T> next() {
    Optional<T> next = peek();
    next.ifPresent(row -> feeds.forEach(feed -> feed.drop(row, order)));
    return next;
  }

  /** Whether sources hold more than was read of them. */
  boolean unread() {
    return feeds.stream().anyMatch(feed -> feed.more);
  }

  private Optional<Feed<T>> first() {
    fill();
    if (feeds.stream().anyMatch(Feed::dry)) {
      return Optional.empty();
    }
    return feeds.stream()
        .filter(feed -> !feed.rows.isEmpty())
        .min(Comparator.comparing(feed -> feed.rows.getFirst(), order));
  }

  private void fill() {
    List<Feed<T>> dry = feeds.stream().filter(Feed::dry).toList();
    while (!dry.isEmpty() && mayRead.getAsBoolean()) {
      fill(dry);
      dry = dry.stream().filter(Feed::dry).toList();
    }
  }

  private static <T> void fill(List<Feed<T>> dry) {
    if (dry.size() == 1) {
      dry.getFirst().fill();
    } else {
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<?>> fills = new ArrayList<>();
        dry.forEach(feed -> fills.add(threads.submit(feed::fill)));
        fills.forEach(Merge::join);
      }
    }
  }

  private static void join(Future<?> fill) {
    try {
      fill.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("a source failed", e);
    }
  }

  private static final class Feed<T> {
    private static final int MOST = 500;
    private final Source<T> source;
    private final Deque<T> rows = new ArrayDeque<>();
    private int count;
    private boolean more = true;

    private Feed(Source<T> source, int count) {
      this.source = source;
      this.count = count;
    }

    private boolean dry() {
      return rows.isEmpty() && more;
    }

    // Asks for more each time: who reads on through rows that a filter drops needs fewer calls.
    private void fill() {
      Chunk<T> chunk = source.next(count);
      rows.addAll(chunk.rows());
      more = chunk.more();
      count = Math.max(count, Math.min(MOST, count * 2));
    }

    private void drop(T row, Comparator<T> order) {
      if (!rows.isEmpty() && order.compare(rows.getFirst(), row) == 0) {
        rows.removeFirst();
      }
    }
  }
}
