package email.daimon.functions.queue;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.SendJob;
import email.daimon.functions.store.Sends;
import email.daimon.model.Message;
import email.daimon.model.Outgoing;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** The queue of mails that are to be sent. */
public final class SendQueue {
  private static final Logger LOG = LoggerFactory.getLogger(SendQueue.class);
  // The sweep may have read a minute that is nearer than this already.
  private static final Duration MARGIN = Duration.ofMinutes(2);
  private final Queues queues;
  private final Duration lookAhead;

  /**
   * @param lookAhead how far before its time the sweep sends what is due
   */
  public SendQueue(Queues queues, Duration lookAhead) {
    this.queues = requireNonNull(queues, "queues is null");
    this.lookAhead = requireNonNull(lookAhead, "lookAhead is null");
  }

  /**
   * Sends a mail on its way after the commit that decided it, where its time is near. A queue that
   * refuses is no failure: the sweep finds the due entry.
   */
  public void enqueue(Message message, Instant now) {
    Outgoing way = message.outgoing().orElseThrow();
    switch (way.state()) {
      case QUEUED -> {
        if (!way.due().equals(Sends.PARKED)) {
          send(SendJob.of(message).json(), message.id(), Duration.ZERO);
        }
      }
      case SCHEDULED -> enqueue(SendJob.of(message).json(), message.id(), way.due(), now);
      default -> {
        // nothing is to be done for it now
      }
    }
  }

  /** Sends what is due at a time, where that is near. */
  public void enqueue(String body, String id, Instant due, Instant now) {
    Duration left = Duration.between(now, due);
    if (left.compareTo(lookAhead.plus(MARGIN)) <= 0) {
      // In whole seconds, and never before its time.
      send(body, id, left.isNegative() ? Duration.ZERO : left.plusMillis(999));
    }
  }

  private void send(String body, String id, Duration delay) {
    try {
      queues.send(SendJob.QUEUE, body, delay, Map.of());
    } catch (SdkException e) {
      LOG.warn("{} is left to the sweep", id, e);
    }
  }
}
