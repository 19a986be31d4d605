package email.daimon.functions.jobs;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.BulkChanges.Chunk;
import email.daimon.functions.store.Deliveries;
import email.daimon.functions.store.DeliveryLog;
import email.daimon.functions.store.DeliveryLog.Stretch;
import email.daimon.functions.store.Endpoints;
import email.daimon.functions.store.EventCodec;
import email.daimon.functions.store.Job;
import email.daimon.functions.store.Replay;
import email.daimon.functions.store.Webhooks;
import email.daimon.model.Endpoint;
import email.daimon.model.WebhookDelivery;
import email.daimon.model.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Work about webhooks: their owners are told, what a disabled one was to hear is given up, and what
 * is wanted again is told again.
 */
final class WebhookJobs {
  private static final int CHUNK = 25;
  private static final Duration CLOCKS_APART = Duration.ofMinutes(1);
  private final Webhooks webhooks;
  private final Endpoints endpoints;
  private final Deliveries deliveries;
  private final Replaying replaying;
  private final WebhooksOfTier tiers;
  private final InstantSource clock;

  WebhookJobs(
      Webhooks webhooks,
      Endpoints endpoints,
      Deliveries deliveries,
      Replaying replaying,
      WebhooksOfTier tiers,
      InstantSource clock) {
    this.webhooks = requireNonNull(webhooks, "webhooks is null");
    this.endpoints = requireNonNull(endpoints, "endpoints is null");
    this.deliveries = requireNonNull(deliveries, "deliveries is null");
    this.replaying = requireNonNull(replaying, "replaying is null");
    this.tiers = requireNonNull(tiers, "tiers is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  static WebhookJobs of(Wiring wiring) {
    return new WebhookJobs(
        wiring.hooks().webhooks(),
        wiring.hooks().endpoints(),
        wiring.hooks().deliveries(),
        Replaying.of(wiring),
        WebhooksOfTier.of(wiring),
        wiring.clock());
  }

  Chunk next(Job job, Optional<String> position) {
    return switch (job.type()) {
      case WEBHOOK_UNHEALTHY, WEBHOOK_RECOVERED -> {
        var _ = webhooks.tell(job, clock.instant());
        yield Chunk.none();
      }
      case WEBHOOK_DISABLED -> {
        if (position.isEmpty()) {
          var _ = webhooks.tell(job, clock.instant());
        }
        yield close(job, position);
      }
      case CLOSE_DELIVERIES -> close(job, position);
      case WEBHOOKS_OF_TIER -> tiers.next(job, position);
      case REPLAY_WEBHOOK ->
          status(job).filter(status -> status != WebhookStatus.DISABLED).isPresent()
              ? replaying.next(Replay.of(job), position)
              : Chunk.none();
      default -> throw new IllegalArgumentException("not about a webhook: " + job.type());
    };
  }

  /** Pauses the webhooks of an inbox: who deleted it does so too, but may die before that. */
  List<Job> ofDeletedInbox(Job job, Optional<String> position) {
    return position.isEmpty()
        ? webhooks.pauseOf(job.accountId(), job.inboxId(), clock.instant())
        : List.of();
  }

  private Optional<WebhookStatus> status(Job job) {
    return endpoints.find(job.webhookId()).map(Endpoint::status);
  }

  // What its owner has made active again meanwhile keeps what it was to hear.
  private Chunk close(Job job, Optional<String> position) {
    boolean disabled = status(job).equals(Optional.of(WebhookStatus.DISABLED));
    if (!disabled) {
      return Chunk.none();
    }
    Instant now = clock.instant();
    Stretch all =
        new Stretch(job.webhookId(), now.minus(EventCodec.KEPT), now.plus(CLOCKS_APART), false);
    DeliveryLog.Page page =
        deliveries.log().page(all, position.filter(place -> !place.isEmpty()), CHUNK);
    page.deliveries().stream()
        .filter(Deliveries::open)
        .forEach(delivery -> deliveries.giveUp(delivery, WebhookDelivery.DISABLED, now));
    return new Chunk(0, page.next(), List.of());
  }
}
