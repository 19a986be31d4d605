package email.daimon.functions.queue;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Job;
import email.daimon.functions.store.Jobs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** The queue of bulk work. */
public final class JobQueue {
  private static final Logger LOG = LoggerFactory.getLogger(JobQueue.class);
  private final Queues queues;

  public JobQueue(Queues queues) {
    this.queues = requireNonNull(queues, "queues is null");
  }

  /**
   * Sends jobs on their way after the commit that decided them. A queue that refuses is no failure:
   * the sweep finds their due entries.
   */
  public void enqueue(List<Job> jobs) {
    for (Job job : jobs) {
      try {
        queues.send(Jobs.QUEUE, job.json());
      } catch (SdkException e) {
        LOG.warn("job {} is left to the sweep", job.id(), e);
      }
    }
  }

  /** Sends what is left of a job. */
  public void again(Job job, Duration delay) {
    queues.send(Jobs.QUEUE, job.json(), delay, Map.of());
  }
}
