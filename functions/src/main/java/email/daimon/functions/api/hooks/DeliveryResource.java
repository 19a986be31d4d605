package email.daimon.functions.api.hooks;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.api.Access;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Cursors;
import email.daimon.functions.api.Paging;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reply;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.queue.WebhookQueue;
import email.daimon.functions.store.Deliveries;
import email.daimon.functions.store.DeliveryLog;
import email.daimon.functions.store.DeliveryLog.Stretch;
import email.daimon.functions.store.EventCodec;
import email.daimon.functions.store.WebhookCall;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.EventType;
import email.daimon.model.Webhook;
import email.daimon.model.WebhookDelivery;
import email.daimon.policy.EventFilter;
import email.daimon.wire.DeliveryJson;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** {@code /v1/webhooks/{id}/deliveries}: what a webhook was told, and what came of it. */
final class DeliveryResource {
  private static final String ALL = "/v1/webhooks/{id}/deliveries";
  private static final String ONE = ALL + "/{delivery_id}";
  // A writer's clock may be ahead of ours.
  private static final Duration CLOCKS_APART = Duration.ofMinutes(1);
  private static final int MOST_READ = 500;
  private final HookReach hooks;
  private final HookGate gate;
  private final Deliveries deliveries;
  private final WebhookQueue queue;
  private final Cursors cursors;

  DeliveryResource(
      HookReach hooks, HookGate gate, Deliveries deliveries, WebhookQueue queue, Cursors cursors) {
    this.hooks = requireNonNull(hooks, "hooks is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.deliveries = requireNonNull(deliveries, "deliveries is null");
    this.queue = requireNonNull(queue, "queue is null");
    this.cursors = requireNonNull(cursors, "cursors is null");
  }

  List<Route> routes() {
    return List.of(
        Route.get(ALL, Access.ACCOUNT, this::list),
        Route.get(ONE, Access.ACCOUNT, this::get),
        Route.post(ONE + "/replay", Access.ACCOUNT, this::replay));
  }

  private Plan list(Request request) {
    Webhook webhook = hooks.webhook(request);
    Optional<String> status =
        request.query().choice("status", "pending", "parked", "delivered", "failed");
    Optional<String> type = type(request);
    Optional<Instant> since = request.query().time("since");
    Optional<Instant> until = request.query().time("until");
    Paging paging =
        Paging.read(
            request,
            cursors,
            webhook.id() + " deliveries " + status + " " + type + " " + since + " " + until);
    Instant oldest = request.now().minus(EventCodec.KEPT);
    Stretch stretch =
        new Stretch(
            webhook.id(),
            since.filter(oldest::isBefore).orElse(oldest),
            until.orElse(request.now().plus(CLOCKS_APART)),
            true);
    Predicate<WebhookDelivery> wanted = wanted(status, type);
    return Plan.of(() -> {
      List<WebhookDelivery> found = new ArrayList<>();
      Optional<String> place = paging.place();
      int read = 0;
      do {
        DeliveryLog.Page page = deliveries.log().page(stretch, place, paging.limit());
        place = page.next();
        for (WebhookDelivery delivery : page.deliveries()) {
          read++;
          if (found.size() < paging.limit() && wanted.test(delivery)) {
            found.add(delivery);
            if (found.size() == paging.limit()) {
              place = Optional.of(delivery.eventId());
            }
          }
        }
      } while (place.isPresent() && found.size() < paging.limit() && read < MOST_READ);
      return page(paging, webhook, found, place);
    });
  }

  private static Optional<String> type(Request request) {
    Optional<String> type = request.query().text("type");
    type.filter(name -> EventType.named(name).isEmpty())
        .ifPresent(
            name -> request.problem("type", "is no type of events" + WebhookFields.nearest(name)));
    return type;
  }

  private static Predicate<WebhookDelivery> wanted(Optional<String> status, Optional<String> type) {
    EventFilter filter =
        EventFilter.of(type.filter(name -> EventType.named(name).isPresent()).stream().toList());
    return delivery ->
        status.filter(name -> !name.equals(delivery.status().text())).isEmpty()
            && EventType.named(delivery.eventType())
                .map(EventType::wireName)
                .or(() -> Optional.of(delivery.eventType()))
                .flatMap(filter::shownAs)
                .isPresent();
  }

  private static Reply page(
      Paging paging, Webhook webhook, List<WebhookDelivery> found, Optional<String> next) {
    ObjectNode result = Json.object();
    var array = result.putArray("deliveries");
    found.forEach(delivery -> array.add(DeliveryJson.row(delivery)));
    result.putNull("total");
    paging.close(result, next);
    String path = "/v1/webhooks/" + webhook.id();
    Reply reply = Reply.ok(result);
    found.stream()
        .findFirst()
        .ifPresent(delivery ->
            reply.next(
                "See each attempt of one with GET " + path + "/deliveries/" + delivery.eventId()));
    found.stream()
        .filter(delivery -> delivery.status() == DeliveryStatus.FAILED)
        .findFirst()
        .ifPresent(_ ->
            reply.next("Send what failed again with POST " + path + "/replay and status failed"));
    return reply;
  }

  private Plan get(Request request) {
    WebhookDelivery delivery = delivery(request);
    return Plan.of(() -> {
      Reply reply = Reply.ok(DeliveryJson.whole(delivery));
      return Deliveries.open(delivery)
          ? reply
          : reply.next("Send it again with POST " + path(delivery));
    });
  }

  private Plan replay(Request request) {
    Webhook webhook = hooks.webhook(request);
    WebhookDelivery delivery = delivery(request);
    return Plan.committing(
            completion -> {
              HookReach.needActive(webhook);
              if (Deliveries.open(delivery)) {
                throw open();
              }
              Reply reply =
                  Reply.of(202, DeliveryJson.whole(delivery.again(request.now())))
                      .next(
                          "See what became of it with GET "
                              + "/v1/webhooks/"
                              + webhook.id()
                              + "/deliveries/"
                              + delivery.eventId());
              if (deliveries
                  .again(delivery, request.now(), work -> completion.into(work, reply))
                  .isEmpty()) {
                throw open();
              }
              queue.enqueue(new WebhookCall(webhook.id(), Optional.of(delivery.eventId())));
              return reply;
            })
        .behind(() -> gate.check(request));
  }

  private WebhookDelivery delivery(Request request) {
    Webhook webhook = hooks.webhook(request);
    String id = request.path("delivery_id");
    try {
      return deliveries.find(webhook.id(), id).orElseThrow(() -> noDelivery(webhook));
    } catch (IllegalArgumentException _) {
      throw noDelivery(webhook);
    }
  }

  private static String path(WebhookDelivery delivery) {
    return "/v1/webhooks/" + delivery.webhookId() + "/deliveries/" + delivery.eventId() + "/replay";
  }

  private static ApiException open() {
    return new ApiException(
        ErrorCode.DELIVERY_OPEN,
        "The event is still on its way to the webhook, or is again.",
        "Wait until the delivery is delivered or failed.");
  }

  private static ApiException noDelivery(Webhook webhook) {
    return new ApiException(
            ErrorCode.DELIVERY_NOT_FOUND,
            "This webhook was told of no such event in the last 30 days.",
            "Take the id of an event that it was told of.")
        .next("List them with GET /v1/webhooks/" + webhook.id() + "/deliveries");
  }
}
