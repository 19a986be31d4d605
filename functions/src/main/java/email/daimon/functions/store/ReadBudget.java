package email.daimon.functions.store;

import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * How much one list may still read: 2 MB of items. Who has used it up gives a short page and says
 * that there is more. Queries must ask for their consumed capacity.
 */
final class ReadBudget {
  private static final long MOST = 2 * 1024 * 1024;
  private static final long STRONG_UNIT = 4 * 1024;
  private final AtomicLong left = new AtomicLong(MOST);
  private final AtomicLong read = new AtomicLong();

  void strong(QueryResponse response) {
    bytes((long) (response.consumedCapacity().capacityUnits() * STRONG_UNIT));
  }

  void eventual(QueryResponse response) {
    bytes((long) (response.consumedCapacity().capacityUnits() * 2 * STRONG_UNIT));
  }

  void item(Item item) {
    bytes(item.size());
  }

  private void bytes(long bytes) {
    read.addAndGet(bytes);
    left.addAndGet(-bytes);
  }

  /** Lets only so much more be read. */
  void leave(long bytes) {
    left.updateAndGet(had -> Math.min(had, bytes));
  }

  /** What was read, in units of a strong read. */
  long units() {
    return (read.get() + STRONG_UNIT - 1) / STRONG_UNIT;
  }

  boolean spent() {
    return left.get() <= 0;
  }
}
