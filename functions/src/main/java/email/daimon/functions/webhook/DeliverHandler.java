package email.daimon.functions.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import email.daimon.functions.Wiring;
import email.daimon.functions.priming.ListeningWebhook;
import email.daimon.functions.priming.NoCall;
import email.daimon.functions.priming.Priming;
import email.daimon.functions.priming.Scene;
import email.daimon.functions.queue.Deferral;
import email.daimon.functions.queue.Parallel;
import email.daimon.functions.secrets.WebhookSecrets;
import email.daimon.functions.store.DeferredException;
import email.daimon.functions.store.Deliveries;
import email.daimon.functions.store.DeliveryTurns;
import email.daimon.functions.store.DeliveryTurns.Read;
import email.daimon.functions.store.WebhookCall;
import email.daimon.model.AttemptOutcome;
import email.daimon.model.DeliveryAttempt;
import email.daimon.model.Event;
import email.daimon.model.Ids;
import email.daimon.model.MessageKey;
import email.daimon.model.WebhookDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls webhooks, those of a batch beside each other; what has to wait is deferred, not failed. It
 * takes from two queues: calls to endpoints that are slow or fail come from one of their own.
 */
public final class DeliverHandler implements RequestHandler<SQSEvent, SQSBatchResponse> {
  private static final Logger LOG = LoggerFactory.getLogger(DeliverHandler.class);
  private final DeliveryTurns turns;
  private final Deliverer deliverer;
  private final LeftAlone leftAlone;
  private final Deferral deferral;
  private final Deferral slowDeferral;
  private final String slowQueue;

  private record Received(SQSMessage message, WebhookCall call) {}

  /** As Lambda makes it. */
  public DeliverHandler() {
    this(Wiring.fromEnvironment());
    Priming.beforeSnapshot(DeliverHandler::rehearse);
  }

  public DeliverHandler(Wiring wiring) {
    this(wiring, wiring.hooks().webhookPost());
  }

  DeliverHandler(Wiring wiring, Post post) {
    requireNonNull(wiring, "wiring is null");
    turns = wiring.hooks().deliveryTurns();
    CallQueues queues = new CallQueues(wiring.queues());
    Caller caller =
        new Caller(
            post,
            wiring.hooks().webhookSecrets()::open,
            wiring.hooks().endpointHealth(),
            wiring.clock());
    deliverer =
        new Deliverer(
            turns,
            wiring.hooks().deliveries(),
            wiring.hooks().endpoints(),
            wiring.hooks().callPlaces(),
            queues,
            caller,
            wiring.random());
    leftAlone =
        new LeftAlone(
            turns,
            wiring.hooks().endpointHealth(),
            wiring.hooks().callPlaces(),
            queues,
            caller,
            wiring.random());
    deferral = wiring.deferral(WebhookCall.QUEUE);
    slowDeferral = wiring.deferral(WebhookCall.SLOW_QUEUE);
    String url = wiring.settings().queueUrl(WebhookCall.SLOW_QUEUE);
    slowQueue = ":" + url.substring(url.lastIndexOf('/') + 1);
  }

  @Override
  public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
    List<Received> batch =
        event.getRecords().stream().map(DeliverHandler::parsed).flatMap(Optional::stream).toList();
    Set<String> failed = Collections.synchronizedSet(new LinkedHashSet<>());
    try {
      Map<WebhookCall, Read> read = turns.read(batch.stream().map(Received::call).toList());
      List<Runnable> tasks = new ArrayList<>();
      for (Received one : batch) {
        tasks.add(() -> {
          if (!done(one.message(), one.call(), requireNonNull(read.get(one.call())))) {
            failed.add(one.message().getMessageId());
          }
        });
      }
      Parallel.run(tasks);
    } catch (RuntimeException e) {
      LOG.error("a batch of {} failed", batch.size(), e);
      batch.forEach(one -> failed.add(one.message().getMessageId()));
    }
    return new SQSBatchResponse(failed.stream().map(BatchItemFailure::new).toList());
  }

  // What is no call will never be one.
  private static Optional<Received> parsed(SQSMessage message) {
    try {
      WebhookCall call = WebhookCall.parse(message.getBody());
      call.eventId().ifPresent(Ids::time);
      return Optional.of(new Received(message, call));
    } catch (RuntimeException e) {
      LOG.warn("{} is no call of a webhook", message.getMessageId(), e);
      return Optional.empty();
    }
  }

  private boolean done(SQSMessage message, WebhookCall call, Read read) {
    boolean apart =
        Optional.ofNullable(message.getEventSourceArn())
            .filter(arn -> arn.endsWith(slowQueue))
            .isPresent();
    try {
      if (call.eventId().isPresent()) {
        deliverer.deliver(call, read, apart);
      } else {
        leftAlone.look(call.webhookId(), read.endpoint(), apart);
      }
      return true;
    } catch (DeferredException e) {
      return deferred(message, apart ? slowDeferral : deferral, e);
    } catch (RuntimeException e) {
      LOG.error("{} failed", message.getMessageId(), e);
      return false;
    }
  }

  private static boolean deferred(SQSMessage message, Deferral deferral, DeferredException why) {
    try {
      deferral.defer(message, why);
      return true;
    } catch (RuntimeException e) {
      LOG.error("{} could not be deferred", message.getMessageId(), e);
      return false;
    }
  }

  /** What runs before a snapshot is taken: one call that nobody may make, one that is answered. */
  public static void rehearse(Wiring wiring) {
    rehearse(wiring, wiring.hooks().webhookPost(), AttemptOutcome.REFUSED_ADDRESS);
    Answer ok = new Answer(AttemptOutcome.OK, 200, Duration.ZERO, "", Optional.empty());
    rehearse(wiring, (_, _) -> ok, AttemptOutcome.OK);
  }

  private static void rehearse(Wiring wiring, Post post, AttemptOutcome expected) {
    Instant now = wiring.clock().instant();
    String account = wiring.ids().next("acc", now);
    String webhook = wiring.ids().next("wh", now);
    WebhookSecrets secrets = wiring.hooks().webhookSecrets();
    ListeningWebhook.make(
        wiring, account, webhook, secrets.seal(account, webhook, secrets.make(), now));
    Event event = ListeningWebhook.event(wiring, account, "inbox_0", new MessageKey(0, "msg_0"));
    wiring.hooks().eventBodies().keep(event.id(), "{}".getBytes(UTF_8), now);
    Deliveries deliveries = wiring.hooks().deliveries();
    var _ = deliveries.plan(WebhookDelivery.planned(webhook, event, event.type(), now));
    WebhookCall call = new WebhookCall(webhook, Optional.of(event.id()));
    Scene.done(
        new DeliverHandler(wiring, post).handleRequest(Scene.message(call.json()), new NoCall()));
    List<DeliveryAttempt> attempts = deliveries.find(webhook, event.id()).orElseThrow().attempts();
    if (attempts.isEmpty() || attempts.getFirst().outcome() != expected) {
      throw new IllegalStateException("a call came to " + attempts);
    }
  }
}
