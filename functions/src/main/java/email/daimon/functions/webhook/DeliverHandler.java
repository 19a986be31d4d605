package email.daimon.functions.webhook;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import email.daimon.functions.Wiring;
import email.daimon.functions.queue.Deferral;
import email.daimon.functions.store.DeferredException;
import email.daimon.functions.store.WebhookCall;
import java.util.List;

/** Keeps what webhooks are to be told in its queue; the calls themselves are not made yet. */
public final class DeliverHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private final Deferral deferral;

  /** As Lambda makes it. */
  public DeliverHandler() {
    this(Wiring.fromEnvironment());
  }

  public DeliverHandler(Wiring wiring) {
    deferral = requireNonNull(wiring, "wiring is null").deferral(WebhookCall.QUEUE);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    event
        .getRecords()
        .forEach(message -> deferral.defer(message, new DeferredException("no calls yet")));
    return new SQSBatchResponse(List.of());
  }
}
