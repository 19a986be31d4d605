package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A message that is to be in a queue at a time.
 *
 * @param id unique among what is due in the same millisecond
 * @param queue role of the queue, such as {@code JOBS}
 */
public record DueEntry(Instant due, String id, String queue, String body) {
  public DueEntry {
    requireNonNull(due, "due is null");
    requireNonNull(id, "id is null");
    requireNonNull(queue, "queue is null");
    requireNonNull(body, "body is null");
  }

  long minute() {
    return Math.floorDiv(due.getEpochSecond(), 60);
  }
}
