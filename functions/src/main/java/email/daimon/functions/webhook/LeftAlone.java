package email.daimon.functions.webhook;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.CallPlaces;
import email.daimon.functions.store.CallPlaces.Place;
import email.daimon.functions.store.DeliveryTurns;
import email.daimon.functions.store.DeliveryTurns.Read;
import email.daimon.functions.store.EndpointHealth;
import email.daimon.functions.store.EndpointHealth.Standing;
import email.daimon.functions.store.WebhookCall;
import email.daimon.functions.webhook.Caller.Made;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.Endpoint;
import email.daimon.model.WebhookDelivery;
import email.daimon.model.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * Looks at an endpoint that was left alone. While its breaker is open one parked delivery at a time
 * is the probe; once it is closed all that are parked go on their way, so many a second; and where
 * it is disabled or deleted they are given up.
 */
final class LeftAlone {
  private static final int CHUNK = 25;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private final DeliveryTurns turns;
  private final EndpointHealth health;
  private final CallPlaces places;
  private final CallQueues queues;
  private final Caller caller;
  private final RandomGenerator random;

  LeftAlone(
      DeliveryTurns turns,
      EndpointHealth health,
      CallPlaces places,
      CallQueues queues,
      Caller caller,
      RandomGenerator random) {
    this.turns = requireNonNull(turns, "turns is null");
    this.health = requireNonNull(health, "health is null");
    this.places = requireNonNull(places, "places is null");
    this.queues = requireNonNull(queues, "queues is null");
    this.caller = requireNonNull(caller, "caller is null");
    this.random = requireNonNull(random, "random is null");
  }

  /**
   * @param apart whether the message comes from the queue of slow endpoints: only there is probed
   */
  void look(String webhookId, Optional<Endpoint> found, boolean apart) {
    Instant now = caller.now();
    if (found.isEmpty()) {
      giveUp(webhookId, "deleted", now);
      return;
    }
    Endpoint endpoint = found.get();
    Optional<Instant> openUntil = endpoint.health().openUntil();
    if (endpoint.status() == WebhookStatus.DISABLED) {
      giveUp(webhookId, WebhookDelivery.DISABLED, now);
    } else if (openUntil.isEmpty()) {
      release(webhookId, now);
    } else if (!openUntil.get().isAfter(now)) {
      if (apart) {
        probe(endpoint, now);
      } else {
        queues.look(webhookId, Duration.ZERO);
      }
    }
    // Else a due entry of that time leads here again.
  }

  private void giveUp(String webhookId, String reason, Instant now) {
    Map<String, Read> parked = parked(webhookId);
    parked.forEach((event, read) -> {
      Optional<WebhookDelivery> row = waiting(read);
      if (row.isEmpty()) {
        turns.unpark(webhookId, event);
      } else {
        var _ = turns.change(row.get(), row.get().givenUp(reason, now), now);
      }
    });
    if (parked.size() == CHUNK) {
      queues.look(webhookId, PAUSE);
    }
  }

  private void release(String webhookId, Instant now) {
    Optional<Place> place = places.takeRelease(webhookId, now);
    if (place.isEmpty()) {
      return;
    }
    Map<String, Read> parked = parked(webhookId);
    parked.forEach((event, read) -> {
      Optional<WebhookDelivery> row = waiting(read);
      if (row.isEmpty()) {
        turns.unpark(webhookId, event);
      } else {
        // First: what waits no longer and has no message would never be told.
        queues.send(new WebhookCall(webhookId, Optional.of(event)), PAUSE);
        var _ = turns.change(row.get(), Turns.released(row.get(), now), now);
      }
    });
    if (parked.size() == CHUNK) {
      queues.look(webhookId, PAUSE);
    }
    places.give(place.get());
  }

  private void probe(Endpoint endpoint, Instant now) {
    String webhookId = endpoint.webhookId();
    if (health.probe(endpoint, now).isEmpty()) {
      return;
    }
    Optional<Read> chosen = chosen(webhookId);
    if (chosen.isEmpty()) {
      health.close(endpoint);
      return;
    }
    WebhookDelivery row = chosen.get().delivery().orElseThrow();
    Made made = caller.call(endpoint, row, chosen.get().body().orElseThrow());
    Instant after = caller.now();
    if (made.answer().ok()) {
      var _ = turns.change(row, Turns.delivered(row, made.attempt()), after);
      var _ = caller.succeeded(endpoint);
      queues.look(webhookId, Duration.ZERO);
      return;
    }
    var _ = turns.change(row, Turns.probed(row, made.attempt()), after);
    Standing standing = caller.failed(endpoint, made.answer());
    if (standing.disabled()) {
      queues.look(webhookId, Duration.ZERO);
      return;
    }
    health
        .reopen(webhookId, after)
        .filter(until -> !DeliveryTurns.late(after, until))
        .ifPresent(until -> queues.look(webhookId, Duration.between(after, until)));
  }

  // Any of the oldest: one that alone is refused must not keep all others waiting.
  private Optional<Read> chosen(String webhookId) {
    Map<String, Read> parked = parked(webhookId);
    parked.forEach((event, read) -> {
      if (waiting(read).isEmpty()) {
        turns.unpark(webhookId, event);
      }
    });
    List<Read> waiting =
        parked.values().stream()
            .filter(read -> waiting(read).isPresent() && read.body().isPresent())
            .toList();
    return waiting.isEmpty()
        ? Optional.empty()
        : Optional.of(waiting.get(random.nextInt(waiting.size())));
  }

  private static Optional<WebhookDelivery> waiting(Read read) {
    return read.delivery().filter(row -> row.status() == DeliveryStatus.PARKED);
  }

  private Map<String, Read> parked(String webhookId) {
    List<WebhookCall> calls =
        turns.parked(webhookId, CHUNK).stream()
            .map(event -> new WebhookCall(webhookId, Optional.of(event)))
            .toList();
    return turns.read(calls).entrySet().stream()
        .collect(
            Collectors.toMap(entry -> entry.getKey().eventId().orElseThrow(), Map.Entry::getValue));
  }
}
