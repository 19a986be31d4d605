package email.daimon.functions.queue;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.WebhookCall;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** The queue of calls of webhooks, for those who ask for one outside the plan. */
public final class WebhookQueue {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookQueue.class);
  private final Queues queues;

  public WebhookQueue(Queues queues) {
    this.queues = requireNonNull(queues, "queues is null");
  }

  /**
   * Sends a call on its way after the commit that decided it. A queue that refuses is no failure:
   * the sweep finds its due entry.
   */
  public void enqueue(WebhookCall call) {
    try {
      queues.send(WebhookCall.QUEUE, call.json());
    } catch (SdkException e) {
      LOG.warn("call {} is left to the sweep", call, e);
    }
  }
}
