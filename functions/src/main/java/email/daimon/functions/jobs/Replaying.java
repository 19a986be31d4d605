package email.daimon.functions.jobs;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.Wiring;
import email.daimon.functions.queue.Queues;
import email.daimon.functions.queue.Queues.Outgoing;
import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.BulkChanges.Chunk;
import email.daimon.functions.store.DeferredException;
import email.daimon.functions.store.Deliveries;
import email.daimon.functions.store.EventBodies;
import email.daimon.functions.store.Replay;
import email.daimon.functions.store.Replays;
import email.daimon.functions.store.Replays.Target;
import email.daimon.functions.store.WebhookCall;
import email.daimon.functions.webhook.EventReader;
import email.daimon.model.Account;
import email.daimon.model.Event;
import email.daimon.model.WebhookDelivery;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tells webhooks again of events, 25 a second. Killed anywhere, it goes on at its last position:
 * what it has begun already is still open, and only its call is sent once more.
 */
final class Replaying {
  private static final int CHUNK = 25;
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private final Accounts accounts;
  private final Replays replays;
  private final Deliveries deliveries;
  private final EventBodies bodies;
  private final Function<Event, byte[]> reader;
  private final Queues queues;
  private final InstantSource clock;

  /**
   * @param reader makes the body of an event that nobody was told of
   */
  Replaying(
      Accounts accounts,
      Replays replays,
      Deliveries deliveries,
      EventBodies bodies,
      Function<Event, byte[]> reader,
      Queues queues,
      InstantSource clock) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.replays = requireNonNull(replays, "replays is null");
    this.deliveries = requireNonNull(deliveries, "deliveries is null");
    this.bodies = requireNonNull(bodies, "bodies is null");
    this.reader = requireNonNull(reader, "reader is null");
    this.queues = requireNonNull(queues, "queues is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  static Replaying of(Wiring wiring) {
    return new Replaying(
        wiring.accounts(),
        wiring.hooks().replays(),
        wiring.hooks().deliveries(),
        wiring.hooks().eventBodies(),
        EventReader.of(wiring)::body,
        wiring.queues(),
        wiring.clock());
  }

  Chunk next(Replay replay, Optional<String> position) {
    Optional<Account> account = accounts.find(replay.accountId());
    if (account.isEmpty()) {
      return Chunk.none();
    }
    Replays.Page page = replays.next(replay, account.get().eventShards(), position, CHUNK);
    Instant now = clock.instant();
    List<Outgoing> calls = new ArrayList<>();
    for (Target target : page.targets()) {
      begun(replay, target, now)
          .map(delivery ->
              new WebhookCall(replay.webhookId(), Optional.of(delivery.eventId())).json())
          .ifPresent(call -> calls.add(new Outgoing(call, Optional.of(replay.webhookId()))));
    }
    if (!queues.sendAll(WebhookCall.QUEUE, calls).isEmpty()) {
      throw new DeferredException("the queue did not take all calls of " + replay.webhookId());
    }
    return new Chunk(0, page.next(), List.of(), calls.isEmpty() ? Duration.ZERO : PAUSE);
  }

  private Optional<WebhookDelivery> begun(Replay replay, Target target, Instant now) {
    if (target.delivery().isPresent()) {
      WebhookDelivery before = target.delivery().get();
      return Deliveries.open(before) ? target.delivery() : deliveries.again(before, now, _ -> {});
    }
    Event event = target.event().orElseThrow();
    bodies.keep(event.id(), reader.apply(event), now);
    return Optional.of(
        deliveries.plan(WebhookDelivery.planned(replay.webhookId(), event, target.name(), now)));
  }
}
