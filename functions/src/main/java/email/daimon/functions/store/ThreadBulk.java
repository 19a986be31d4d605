package email.daimon.functions.store;

import java.util.List;

/**
 * What a change of all messages of a thread came to.
 *
 * @param messages how many it concerned
 * @param jobs what is left to do, to be enqueued
 */
public record ThreadBulk(String threadId, long messages, List<Job> jobs) {
  public ThreadBulk {
    jobs = List.copyOf(jobs);
  }
}
