package email.daimon.functions.webhook;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.CallPlaces;
import email.daimon.functions.store.CallPlaces.Place;
import email.daimon.functions.store.Deliveries;
import email.daimon.functions.store.DeliveryTurns;
import email.daimon.functions.store.DeliveryTurns.Read;
import email.daimon.functions.store.EndpointHealth.Standing;
import email.daimon.functions.store.Endpoints;
import email.daimon.functions.store.WebhookCall;
import email.daimon.functions.webhook.Caller.Made;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.Endpoint;
import email.daimon.model.WebhookDelivery;
import email.daimon.model.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells a webhook of one event, or sees that it is told later. Each step leaves either the message
 * that led here, which is let go last, or another that leads on.
 */
final class Deliverer {
  private static final Logger LOG = LoggerFactory.getLogger(Deliverer.class);
  private static final int MOST_WRITES = 3;
  private static final Duration NO_PLACE = Duration.ofSeconds(2);
  private final DeliveryTurns turns;
  private final Deliveries deliveries;
  private final Endpoints endpoints;
  private final CallPlaces places;
  private final CallQueues queues;
  private final Caller caller;
  private final RandomGenerator random;

  Deliverer(
      DeliveryTurns turns,
      Deliveries deliveries,
      Endpoints endpoints,
      CallPlaces places,
      CallQueues queues,
      Caller caller,
      RandomGenerator random) {
    this.turns = requireNonNull(turns, "turns is null");
    this.deliveries = requireNonNull(deliveries, "deliveries is null");
    this.endpoints = requireNonNull(endpoints, "endpoints is null");
    this.places = requireNonNull(places, "places is null");
    this.queues = requireNonNull(queues, "queues is null");
    this.caller = requireNonNull(caller, "caller is null");
    this.random = requireNonNull(random, "random is null");
  }

  /**
   * @param apart whether the call comes from the queue of those to slow endpoints
   */
  void deliver(WebhookCall call, Read read, boolean apart) {
    if (read.delivery().isEmpty() || !Deliveries.open(read.delivery().get())) {
      return;
    }
    WebhookDelivery row = read.delivery().get();
    Instant now = caller.now();
    if (read.endpoint().isEmpty()) {
      write(row, row.givenUp("deleted", now), now);
      return;
    }
    Endpoint endpoint = read.endpoint().get();
    if (endpoint.status() == WebhookStatus.DISABLED) {
      write(row, row.givenUp(WebhookDelivery.DISABLED, now), now);
      return;
    }
    if (row.nextAttemptAt().filter(at -> at.isAfter(now)).isPresent()) {
      queues.sendAt(call, now, row.nextAttemptAt().get());
      return;
    }
    if (read.body().isEmpty()) {
      write(row, row.givenUp("expired", now), now);
      return;
    }
    turns.arrived(row);
    if (endpoint.health().openUntil().isPresent()) {
      park(row, now);
    } else if (endpoint.health().slowUntil().filter(until -> until.isAfter(now)).isEmpty()) {
      call(call, endpoint, row, read.body().get());
    } else if (!apart) {
      queues.sendApart(call, Duration.ZERO);
    } else {
      callInPlace(call, endpoint, row, read.body().get());
    }
  }

  private void park(WebhookDelivery row, Instant now) {
    if (row.status() != DeliveryStatus.PARKED && !write(row, Turns.parked(row, now), now)) {
      return;
    }
    // Who closed the breaker meanwhile may have seen no place of this one.
    boolean closed =
        endpoints
            .find(row.webhookId())
            .filter(fresh -> fresh.health().openUntil().isPresent())
            .isEmpty();
    if (closed) {
      queues.look(row.webhookId(), Duration.ZERO);
    }
  }

  private void callInPlace(WebhookCall call, Endpoint endpoint, WebhookDelivery row, byte[] body) {
    Optional<Place> place = places.take(endpoint.webhookId(), caller.now());
    if (place.isEmpty()) {
      long jitter = random.nextLong(NO_PLACE.toMillis());
      queues.sendApart(call, NO_PLACE.plusMillis(jitter));
      return;
    }
    try {
      call(call, endpoint, row, body);
    } finally {
      places.give(place.get());
    }
  }

  private void call(WebhookCall call, Endpoint endpoint, WebhookDelivery row, byte[] body) {
    Made made = caller.call(endpoint, row, body);
    Instant now = caller.now();
    double jitter = random.nextDouble();
    Optional<WebhookDelivery> written = record(row, made, now, jitter);
    if (made.answer().ok()) {
      if (caller.succeeded(endpoint)) {
        queues.look(endpoint.webhookId(), Duration.ZERO);
      }
      return;
    }
    Standing standing = caller.failed(endpoint, made.answer());
    if (standing.disabled()) {
      queues.look(endpoint.webhookId(), Duration.ZERO);
    }
    standing
        .openUntil()
        .filter(until -> !DeliveryTurns.late(now, until))
        .ifPresent(until -> queues.look(endpoint.webhookId(), Duration.between(now, until)));
    written
        .flatMap(WebhookDelivery::nextAttemptAt)
        .ifPresent(next -> queues.sendAt(call, now, next));
  }

  /** What was written: nothing where another has made and written the same call. */
  private Optional<WebhookDelivery> record(
      WebhookDelivery read, Made made, Instant now, double jitter) {
    WebhookDelivery row = read;
    for (int i = 0; i < MOST_WRITES; i++) {
      WebhookDelivery next =
          made.answer().ok()
              ? Turns.delivered(row, made.attempt())
              : Turns.failed(row, made.attempt(), made.answer(), now, jitter);
      if (turns.change(row, next, now)) {
        return Optional.of(next);
      }
      Optional<WebhookDelivery> fresh = deliveries.find(read.webhookId(), read.eventId());
      boolean sameCall =
          fresh
              .filter(Deliveries::open)
              .filter(there -> there.nextNumber() == made.attempt().number())
              .isPresent();
      if (!sameCall) {
        break;
      }
      row = fresh.get();
    }
    LOG.info("{} {} was called twice at a time", read.webhookId(), read.eventId());
    return Optional.empty();
  }

  private boolean write(WebhookDelivery row, WebhookDelivery next, Instant now) {
    return turns.change(row, next, now);
  }
}
