package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Endpoint;
import email.daimon.model.WebhookHealth;
import email.daimon.model.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What the calls of a webhook come to, as its endpoint keeps it. A success that follows another is
 * written down once a minute. Five failures in a row make it unhealthy and open its breaker: until
 * {@code openUntil} no call is made, and as long as it stands there a due entry of that time leads
 * to a probe. Four days of nothing but failures, or a 410, disable it. Owners hear of it by jobs,
 * left in the same transactions.
 */
public final class EndpointHealth {
  /** Failures in a row that make a webhook unhealthy and open its breaker. */
  public static final int UNHEALTHY_AFTER = 5;

  /** How long nothing but failures is put up with. */
  public static final Duration DISABLED_AFTER = Duration.ofDays(4);

  private static final Duration FIRST_OPEN = Duration.ofSeconds(30);
  private static final Duration LONGEST_OPEN = Duration.ofMinutes(30);
  private static final Duration PROBE = Duration.ofSeconds(60);
  private static final Duration SLOW = Duration.ofMinutes(5);
  private static final Duration NOTED_EVERY = Duration.ofMinutes(1);
  private static final Map<String, String> STATUS = Map.of("#status", "status");
  private final Table work;
  private final Transactions transactions;
  private final DueIndex dueIndex;
  private final Jobs jobs;

  public EndpointHealth(Table work, Transactions transactions, DueIndex dueIndex, Jobs jobs) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.dueIndex = requireNonNull(dueIndex, "dueIndex is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
  }

  /** How an endpoint stands after a failure: disabled, left alone until a time, or called on. */
  public record Standing(boolean disabled, Optional<Instant> openUntil) {
    public Standing {
      requireNonNull(openUntil, "openUntil is null");
    }
  }

  /**
   * A call succeeded.
   *
   * @param read the endpoint as it was before the call
   * @return whether the breaker was open, so that what is parked is to go on its way
   */
  public boolean succeeded(Endpoint read, Instant now) {
    if (well(read)) {
      note(read, now);
      return false;
    }
    return transactions.run(() ->
        find(read.webhookId())
            .filter(fresh -> fresh.status() != WebhookStatus.DISABLED && !well(fresh))
            .<Attempt<Boolean>>map(fresh ->
                new Attempt.Write<>(recovered(fresh, now), fresh.health().openUntil().isPresent()))
            .orElseGet(() -> new Attempt.Done<>(false)));
  }

  private static boolean well(Endpoint endpoint) {
    return endpoint.status() == WebhookStatus.ACTIVE
        && endpoint.health().failuresInRow() == 0
        && endpoint.health().openUntil().isEmpty();
  }

  private void note(Endpoint read, Instant now) {
    Instant before = now.minus(NOTED_EVERY);
    if (read.health().lastDeliveredAt().filter(last -> last.isAfter(before)).isEmpty()) {
      var _ =
          transactions.updateIf(
              work,
              key(read.webhookId()),
              "SET lastDeliveredAt = :now",
              "attribute_exists(pk)"
                  + " AND (attribute_not_exists(lastDeliveredAt) OR lastDeliveredAt <= :before)",
              Map.of(":now", time(now), ":before", time(before)),
              Map.of());
    }
  }

  private UnitOfWork recovered(Endpoint fresh, Instant now) {
    UnitOfWork unit = new UnitOfWork();
    unit.update(
        work,
        key(fresh.webhookId()),
        "SET #status = :active, failuresInRow = :none, opened = :none, lastDeliveredAt = :now"
            + " REMOVE failingSince, openUntil",
        "#status = :read",
        Map.of(
            ":active", text(WebhookStatus.ACTIVE),
            ":read", text(fresh.status()),
            ":none", number(0),
            ":now", time(now)),
        STATUS);
    fresh.health().openUntil().ifPresent(until -> dueIndex.remove(unit, until, probeId(fresh)));
    if (fresh.status() == WebhookStatus.UNHEALTHY) {
      jobs.leave(unit, Job.webhookRecovered(fresh, now), now);
    }
    return unit;
  }

  /** A call failed. */
  public Standing failed(String webhookId, Instant now) {
    Optional<Endpoint> counted =
        transactions
            .updateIf(
                work,
                key(webhookId),
                "SET failingSince = if_not_exists(failingSince, :now), slowUntil = :slow"
                    + " ADD failuresInRow :one",
                "attribute_exists(pk)",
                Map.of(":now", time(now), ":slow", time(now.plus(SLOW)), ":one", number(1)),
                Map.of())
            .map(EndpointCodec::endpoint);
    if (counted.isEmpty() || counted.get().status() == WebhookStatus.DISABLED) {
      return new Standing(true, Optional.empty());
    }
    WebhookHealth health = counted.get().health();
    if (!health.failingSince().orElse(now).plus(DISABLED_AFTER).isAfter(now)) {
      return disable(webhookId, "failing", now);
    }
    if (health.failuresInRow() < UNHEALTHY_AFTER
        || (health.openUntil().isPresent() && counted.get().status() == WebhookStatus.UNHEALTHY)) {
      return new Standing(false, Optional.empty());
    }
    return transactions.run(() -> tripped(webhookId, now));
  }

  private Attempt<Standing> tripped(String webhookId, Instant now) {
    Optional<Endpoint> found = find(webhookId);
    if (found.isEmpty() || found.get().status() == WebhookStatus.DISABLED) {
      return new Attempt.Done<>(new Standing(true, Optional.empty()));
    }
    Endpoint fresh = found.get();
    WebhookHealth health = fresh.health();
    boolean opens = health.openUntil().isEmpty();
    boolean turns = fresh.status() == WebhookStatus.ACTIVE;
    if (health.failuresInRow() < UNHEALTHY_AFTER || !(opens || turns)) {
      return new Attempt.Done<>(new Standing(false, Optional.empty()));
    }
    Instant until = health.openUntil().orElse(now.plus(openFor(health.opened())));
    UnitOfWork unit = new UnitOfWork();
    open(unit, fresh, until, health.opened() + (opens ? 1 : 0));
    if (turns) {
      Instant since = health.failingSince().orElse(now);
      jobs.leave(unit, Job.webhookUnhealthy(fresh, since, health.failuresInRow()), now);
    }
    return new Attempt.Write<>(unit, new Standing(false, Optional.of(until)));
  }

  /** It is not called any more: {@code gone} where it said so, else {@code failing}. */
  public Standing disable(String webhookId, String reason, Instant now) {
    return transactions.run(() -> {
      Standing disabled = new Standing(true, Optional.empty());
      Optional<Endpoint> found = find(webhookId);
      if (found.isEmpty() || found.get().status() == WebhookStatus.DISABLED) {
        return new Attempt.Done<>(disabled);
      }
      Endpoint fresh = found.get();
      UnitOfWork unit = new UnitOfWork();
      unit.update(
          work,
          key(webhookId),
          "SET #status = :disabled REMOVE openUntil",
          "#status = :read",
          Map.of(":disabled", text(WebhookStatus.DISABLED), ":read", text(fresh.status())),
          STATUS);
      fresh.health().openUntil().ifPresent(until -> dueIndex.remove(unit, until, probeId(fresh)));
      dueIndex.put(unit, look(fresh, now));
      jobs.leave(unit, Job.webhookDisabled(fresh, now, reason), now);
      return new Attempt.Write<>(unit, disabled);
    });
  }

  /**
   * Takes the probe of an endpoint whose time has come; nobody else probes for a minute.
   *
   * @return until when it is taken; empty where another was first
   */
  public Optional<Instant> probe(Endpoint read, Instant now) {
    Instant until = now.plus(PROBE);
    return transactions.run(() -> {
      Optional<Endpoint> fresh = find(read.webhookId());
      Optional<Instant> open = fresh.flatMap(endpoint -> endpoint.health().openUntil());
      if (open.equals(Optional.of(until))) {
        return new Attempt.Done<>(open);
      }
      if (open.isEmpty() || !open.equals(read.health().openUntil())) {
        return new Attempt.Done<>(Optional.empty());
      }
      UnitOfWork unit = new UnitOfWork();
      open(unit, fresh.get(), until, fresh.get().health().opened());
      return new Attempt.Write<>(unit, Optional.of(until));
    });
  }

  /**
   * A probe failed: left alone for twice as long.
   *
   * @return until when
   */
  public Optional<Instant> reopen(String webhookId, Instant now) {
    return transactions.run(() -> {
      Optional<Endpoint> fresh = find(webhookId);
      if (fresh.flatMap(endpoint -> endpoint.health().openUntil()).isEmpty()) {
        return new Attempt.Done<>(Optional.empty());
      }
      long opened = fresh.get().health().opened();
      Instant until = now.plus(openFor(opened));
      UnitOfWork unit = new UnitOfWork();
      open(unit, fresh.get(), until, opened + 1);
      return new Attempt.Write<>(unit, Optional.of(until));
    });
  }

  /** Nothing is parked that could be the probe: the next event is, and one failure opens again. */
  public void close(Endpoint read) {
    UnitOfWork unit = new UnitOfWork();
    unit.update(
        work,
        key(read.webhookId()),
        "REMOVE openUntil",
        "attribute_exists(pk)",
        Map.of(),
        Map.of());
    read.health().openUntil().ifPresent(until -> dueIndex.remove(unit, until, probeId(read)));
    transactions.run(() ->
        find(read.webhookId()).isEmpty()
            ? new Attempt.Done<>(read)
            : new Attempt.Write<>(unit, read));
  }

  /** A call takes long: others of this endpoint are kept apart from now on. */
  public void slow(String webhookId, Instant now) {
    var _ =
        transactions.updateIf(
            work,
            key(webhookId),
            "SET slowUntil = :until",
            "attribute_exists(pk) AND (attribute_not_exists(slowUntil) OR slowUntil < :soon)",
            Map.of(":until", time(now.plus(SLOW)), ":soon", time(now.plus(SLOW.dividedBy(2)))),
            Map.of());
  }

  private void open(UnitOfWork unit, Endpoint fresh, Instant until, long opened) {
    Optional<Instant> before = fresh.health().openUntil();
    Map<String, AttributeValue> values =
        new java.util.HashMap<>(
            Map.of(
                ":until", time(until),
                ":opened", number(opened),
                ":unhealthy", text(WebhookStatus.UNHEALTHY),
                ":read", text(fresh.status())));
    before.ifPresent(time -> values.put(":before", time(time)));
    unit.update(
        work,
        key(fresh.webhookId()),
        "SET openUntil = :until, opened = :opened, #status = :unhealthy",
        "#status = :read AND "
            + (before.isPresent() ? "openUntil = :before" : "attribute_not_exists(openUntil)"),
        values,
        STATUS);
    before
        .filter(time -> !time.equals(until))
        .ifPresent(time -> dueIndex.remove(unit, time, probeId(fresh)));
    dueIndex.put(unit, look(fresh, until));
  }

  private static DueEntry look(Endpoint endpoint, Instant at) {
    WebhookCall call = new WebhookCall(endpoint.webhookId(), Optional.empty());
    return new DueEntry(at, probeId(endpoint), WebhookCall.QUEUE, call.json());
  }

  private static String probeId(Endpoint endpoint) {
    return "probe#" + endpoint.webhookId();
  }

  private static Duration openFor(long opened) {
    Duration time = FIRST_OPEN.multipliedBy(1L << Math.min(opened, 10));
    return time.compareTo(LONGEST_OPEN) > 0 ? LONGEST_OPEN : time;
  }

  private Optional<Endpoint> find(String webhookId) {
    return work.get(Keys.endpoint(webhookId), Keys.META).map(EndpointCodec::endpoint);
  }

  private static Map<String, AttributeValue> key(String webhookId) {
    return Item.key(Keys.endpoint(webhookId), Keys.META);
  }

  private static AttributeValue text(WebhookStatus status) {
    return AttributeValue.fromS(status.name());
  }

  private static AttributeValue time(Instant time) {
    return number(time.toEpochMilli());
  }

  private static AttributeValue number(long number) {
    return AttributeValue.fromN(Long.toString(number));
  }
}
