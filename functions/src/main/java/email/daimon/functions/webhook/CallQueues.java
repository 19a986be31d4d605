package email.daimon.functions.webhook;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.queue.Queues;
import email.daimon.functions.queue.Queues.Outgoing;
import email.daimon.functions.store.DeliveryTurns;
import email.daimon.functions.store.WebhookCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The two queues of calls: of all, and of those to endpoints that are slow or fail. Messages take
 * turns by webhook.
 */
final class CallQueues {
  private final Queues queues;

  CallQueues(Queues queues) {
    this.queues = requireNonNull(queues, "queues is null");
  }

  void send(WebhookCall call, Duration delay) {
    send(WebhookCall.QUEUE, call, delay);
  }

  void sendApart(WebhookCall call, Duration delay) {
    send(WebhookCall.SLOW_QUEUE, call, delay);
  }

  /** At a time, unless an entry of the due index sees to that. */
  void sendAt(WebhookCall call, Instant now, Instant at) {
    if (!DeliveryTurns.late(now, at)) {
      send(call, at.isAfter(now) ? Duration.between(now, at) : Duration.ZERO);
    }
  }

  /** An endpoint is to be looked at again. */
  void look(String webhookId, Duration delay) {
    sendApart(new WebhookCall(webhookId, Optional.empty()), delay);
  }

  private void send(String role, WebhookCall call, Duration delay) {
    queues.send(role, new Outgoing(call.json(), Optional.of(call.webhookId())), delay);
  }
}
