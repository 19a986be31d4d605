package email.daimon.functions.queue;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waiting is not failing: a message that has to wait is sent anew with a delay and a count, and the
 * old one is let go, so that its receive count never takes it to the dead-letter queue.
 */
public final class Deferral {
  private static final Logger LOG = LoggerFactory.getLogger(Deferral.class);
  private static final String COUNT = "deferrals";
  private static final int MOST_DOUBLINGS = 9;
  private final Queues queues;
  private final String role;

  /** Of one queue, by its role. */
  public Deferral(Queues queues, String role) {
    this.queues = requireNonNull(queues, "queues is null");
    this.role = requireNonNull(role, "role is null");
  }

  /** Sends the message anew: after 2 s, then twice as long each time, up to 15 minutes. */
  public void defer(SQSMessage message, RuntimeException reason) {
    int count = count(message);
    Duration delay = Duration.ofSeconds(2L << Math.min(count, MOST_DOUBLINGS));
    queues.send(role, message.getBody(), delay, Map.of(COUNT, Integer.toString(count + 1)));
    LOG.info("{} deferred, time {}", message.getMessageId(), count + 1, reason);
  }

  private static int count(SQSMessage message) {
    if (message.getMessageAttributes() == null
        || !message.getMessageAttributes().containsKey(COUNT)) {
      return 0;
    }
    return Integer.parseInt(message.getMessageAttributes().get(COUNT).getStringValue());
  }
}
