package email.daimon.functions.webhook;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.EndpointHealth;
import email.daimon.functions.store.EndpointHealth.Standing;
import email.daimon.model.DeliveryAttempt;
import email.daimon.model.Endpoint;
import email.daimon.model.WebhookDelivery;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes one call, and keeps the endpoint's health by what it comes to. */
final class Caller {
  private static final Logger LOG = LoggerFactory.getLogger(Caller.class);
  private final Post post;
  private final BiFunction<Endpoint, Instant, List<String>> secrets;
  private final EndpointHealth health;
  private final InstantSource clock;

  /**
   * @param secrets those of an endpoint that sign at a time, the newest first
   */
  Caller(
      Post post,
      BiFunction<Endpoint, Instant, List<String>> secrets,
      EndpointHealth health,
      InstantSource clock) {
    this.post = requireNonNull(post, "post is null");
    this.secrets = requireNonNull(secrets, "secrets is null");
    this.health = requireNonNull(health, "health is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** A call that was made. */
  record Made(DeliveryAttempt attempt, Answer answer) {}

  Made call(Endpoint endpoint, WebhookDelivery row, byte[] kept) {
    Instant at = now();
    int number = row.nextNumber();
    Letter letter =
        Letter.of(
            endpoint.url(),
            secrets.apply(endpoint, at),
            new Letter.Told(endpoint.webhookId(), row.eventId(), row.eventType(), number),
            kept,
            at);
    Answer answer = post.send(letter, () -> markSlow(endpoint));
    return new Made(
        new DeliveryAttempt(
            number, at, answer.outcome(), answer.status(), answer.latency(), answer.text()),
        answer);
  }

  /** Notes a failure in the endpoint's health. */
  Standing failed(Endpoint endpoint, Answer answer) {
    return answer.gone()
        ? health.disable(endpoint.webhookId(), "gone", now())
        : health.failed(endpoint.webhookId(), now());
  }

  /** Notes a success; whether the breaker was open until then. */
  boolean succeeded(Endpoint endpoint) {
    return health.succeeded(endpoint, now());
  }

  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  // The call under way must not suffer from it.
  private void markSlow(Endpoint endpoint) {
    try {
      health.slow(endpoint.webhookId(), now());
    } catch (RuntimeException e) {
      LOG.warn("{} could not be marked slow", endpoint.webhookId(), e);
    }
  }
}
