package email.daimon.functions.webhook;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.Wiring;
import email.daimon.functions.queue.Parallel;
import email.daimon.functions.queue.Queues;
import email.daimon.functions.queue.Queues.Outgoing;
import email.daimon.functions.store.Deliveries;
import email.daimon.functions.store.EventBodies;
import email.daimon.functions.store.WebhookCall;
import email.daimon.functions.store.WebhookRoute;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.Event;
import email.daimon.model.WebhookDelivery;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which webhooks are told of events, and writes it down. Body, then row, then message: a
 * kill between any two leaves nothing that planning the same event again does not mend, and
 * planning it again adds nothing to what is there.
 */
public final class Planner {
  private static final Logger LOG = LoggerFactory.getLogger(Planner.class);
  private final BiFunction<String, Optional<String>, List<WebhookRoute>> routes;
  private final EventReader reader;
  private final EventBodies bodies;
  private final Deliveries deliveries;
  private final Queues queues;
  private final InstantSource clock;

  /**
   * @param routes the webhooks of an inbox, or of a whole account
   */
  Planner(
      BiFunction<String, Optional<String>, List<WebhookRoute>> routes,
      EventReader reader,
      EventBodies bodies,
      Deliveries deliveries,
      Queues queues,
      InstantSource clock) {
    this.routes = requireNonNull(routes, "routes is null");
    this.reader = requireNonNull(reader, "reader is null");
    this.bodies = requireNonNull(bodies, "bodies is null");
    this.deliveries = requireNonNull(deliveries, "deliveries is null");
    this.queues = requireNonNull(queues, "queues is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** As the functions have it. */
  public static Planner of(Wiring wiring) {
    return new Planner(
        wiring.hooks().webhooks()::routesIn,
        EventReader.of(wiring),
        wiring.hooks().eventBodies(),
        wiring.hooks().deliveries(),
        wiring.queues(),
        wiring.clock());
  }

  /** An event with the names under which webhooks hear of it, by their ids. */
  private record Told(Event event, Map<String, String> webhooks) {}

  /** Where webhooks are that may hear of an event. */
  private record Place(String accountId, Optional<String> inboxId) {
    static List<Place> of(Event event) {
      Place account = new Place(event.accountId(), Optional.empty());
      return event.inboxId().isEmpty()
          ? List.of(account)
          : List.of(new Place(event.accountId(), event.inboxId()), account);
    }
  }

  /**
   * Plans events. Quiet ones are told to nobody (rules 3.5).
   *
   * @return ids of those that could not be planned, or not wholly: they are to be planned again
   */
  public Set<String> plan(Collection<Event> given) {
    // The stream may hand a row over twice within one batch.
    Set<Event> events = new LinkedHashSet<>(given);
    Set<String> failed = ConcurrentHashMap.newKeySet();
    Map<String, List<String>> calls = new ConcurrentHashMap<>();
    Parallel.run(
        told(events, failed).stream()
            .<Runnable>map(told -> () -> attempt(told, calls, failed))
            .toList());
    // In the order of the events: an endpoint that is quick is told in it.
    Map<String, List<String>> ordered = new LinkedHashMap<>();
    events.forEach(event -> ordered.put(event.id(), calls.getOrDefault(event.id(), List.of())));
    enqueue(ordered, failed);
    return failed;
  }

  private List<Told> told(Collection<Event> events, Set<String> failed) {
    List<Event> loud = events.stream().filter(event -> !event.quiet()).toList();
    Map<Place, List<WebhookRoute>> known = new ConcurrentHashMap<>();
    Map<Place, RuntimeException> unknown = new ConcurrentHashMap<>();
    Parallel.run(
        loud.stream()
            .flatMap(event -> Place.of(event).stream())
            .distinct()
            .<Runnable>map(place -> () -> look(place, known, unknown))
            .toList());
    List<Told> told = new ArrayList<>();
    for (Event event : loud) {
      Map<String, String> webhooks = new LinkedHashMap<>();
      for (Place place : Place.of(event)) {
        if (unknown.containsKey(place)) {
          fail(event.id(), unknown.get(place), failed);
        } else {
          known
              .getOrDefault(place, List.of())
              .forEach(route ->
                  route
                      .hears(event.type())
                      .ifPresent(name -> webhooks.put(route.webhookId(), name)));
        }
      }
      if (!webhooks.isEmpty() && !failed.contains(event.id())) {
        told.add(new Told(event, webhooks));
      }
    }
    return told;
  }

  private void look(
      Place place, Map<Place, List<WebhookRoute>> known, Map<Place, RuntimeException> unknown) {
    try {
      known.put(place, routes.apply(place.accountId(), place.inboxId()));
    } catch (RuntimeException e) {
      unknown.put(place, e);
    }
  }

  private void attempt(Told told, Map<String, List<String>> calls, Set<String> failed) {
    try {
      calls.put(told.event().id(), write(told));
    } catch (RuntimeException e) {
      fail(told.event().id(), e, failed);
    }
  }

  /** Writes body and rows; gives the webhooks whose calls are to be enqueued. */
  private List<String> write(Told told) {
    Event event = told.event();
    Instant now = clock.instant();
    bodies.keep(event.id(), reader.body(event), now);
    List<String> open = new ArrayList<>();
    told.webhooks()
        .forEach((webhookId, name) -> {
          if (unheard(deliveries.plan(WebhookDelivery.planned(webhookId, event, name, now)))) {
            open.add(webhookId);
          }
        });
    return open;
  }

  // A row that was there already may be of a call that was killed before its message was sent.
  private static boolean unheard(WebhookDelivery delivery) {
    return delivery.status() == DeliveryStatus.PENDING
        && delivery.round() == 0
        && delivery.attempts().isEmpty();
  }

  private void enqueue(Map<String, List<String>> calls, Set<String> failed) {
    List<Outgoing> messages = new ArrayList<>();
    List<String> owners = new ArrayList<>();
    calls.forEach((eventId, webhooks) ->
        webhooks.forEach(webhookId -> {
          WebhookCall call = new WebhookCall(webhookId, Optional.of(eventId));
          messages.add(new Outgoing(call.json(), Optional.of(webhookId)));
          owners.add(eventId);
        }));
    Set<String> refused = new LinkedHashSet<>();
    queues.sendAll(WebhookCall.QUEUE, messages).forEach(i -> refused.add(owners.get(i)));
    if (!refused.isEmpty()) {
      LOG.warn("the queue did not take calls for {} events", refused.size());
      failed.addAll(refused);
    }
  }

  private static void fail(String eventId, RuntimeException e, Set<String> failed) {
    LOG.warn("event {} is not planned", eventId, e);
    failed.add(eventId);
  }
}
