package email.daimon.functions.store;

import email.daimon.model.MessageKey;
import java.util.List;

/**
 * What became of a mail.
 *
 * @param key where it lies; for a duplicate, the mail it repeats
 * @param jobs bulk work that its commit asked for, to be enqueued
 */
public record Stored(Outcome outcome, MessageKey key, List<Job> jobs) {
  public Stored {
    jobs = List.copyOf(jobs);
  }

  /** What became of it. */
  public enum Outcome {
    /** Stored by this call. */
    STORED,
    /** Stored by an earlier call of the same work. */
    KNOWN,
    /** Its server sent it again within seven days; it was counted. */
    DUPLICATE,
    /** The inbox is being deleted and takes nothing any more. */
    CLOSED
  }
}
