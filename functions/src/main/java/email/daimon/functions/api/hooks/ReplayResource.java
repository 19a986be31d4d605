package email.daimon.functions.api.hooks;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.api.Access;
import email.daimon.functions.api.Completion;
import email.daimon.functions.api.Fields;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reply;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.queue.JobQueue;
import email.daimon.functions.store.EventCodec;
import email.daimon.functions.store.Job;
import email.daimon.functions.store.Jobs;
import email.daimon.functions.store.Replay;
import email.daimon.functions.store.Replay.Which;
import email.daimon.functions.store.Replays;
import email.daimon.functions.store.Transactions;
import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.functions.store.UnitOfWork;
import email.daimon.model.EventShards;
import email.daimon.model.Ids;
import email.daimon.model.Webhook;
import email.daimon.wire.Json;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code POST /v1/webhooks/{id}/replay}: events of a stretch of time are told again. */
final class ReplayResource {
  /** Events that are counted before the answer; of more it says that there are more. */
  private static final int MOST_COUNTED = 1_000;

  private final HookReach hooks;
  private final HookGate gate;
  private final Replays replays;
  private final Jobs jobs;
  private final JobQueue queue;
  private final Transactions transactions;
  private final Ids ids;

  ReplayResource(
      HookReach hooks,
      HookGate gate,
      Replays replays,
      Jobs jobs,
      JobQueue queue,
      Transactions transactions,
      Ids ids) {
    this.hooks = requireNonNull(hooks, "hooks is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.replays = requireNonNull(replays, "replays is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.queue = requireNonNull(queue, "queue is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.ids = requireNonNull(ids, "ids is null");
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/webhooks/{id}/replay", Access.ACCOUNT, this::prepare));
  }

  private record Count(int events, boolean whole) {}

  private Plan prepare(Request request) {
    Webhook webhook = hooks.webhook(request);
    Replay replay = read(request, webhook);
    boolean dryRun = request.body().flag("dry_run").orElse(false);
    EventShards shards = request.caller().account().eventShards();
    return Plan.committing(
            completion -> {
              HookReach.needActive(webhook);
              Count count = count(replay, shards);
              return dryRun ? counted(replay, count) : begin(request, replay, count, completion);
            })
        .behind(() -> gate.check(request));
  }

  private Replay read(Request request, Webhook webhook) {
    Fields body = request.body();
    if (body.any("since").isEmpty()) {
      body.problem("since", "is needed: the time from which events are sent again");
    }
    Instant now = request.now();
    Instant since = since(request, body, "since").orElse(now);
    Instant until = request.time(body, "until").filter(now::isAfter).orElse(now);
    if (until.isBefore(since)) {
      body.problem("until", "is after since");
    }
    Optional<Set<String>> events = WebhookFields.events(body, "events");
    Set<String> foreign = new LinkedHashSet<>(events.orElse(Set.of()));
    foreign.removeAll(webhook.events());
    if (!foreign.isEmpty()) {
      body.problem("events", "are of those of the webhook: " + webhook.events());
    }
    return Replay.of(webhook, events.orElse(webhook.events()), which(body), since, until, now);
  }

  /** A time from which events are kept: at most 30 days ago. */
  static Optional<Instant> since(Request request, Fields body, String field) {
    Optional<Instant> since = request.time(body, field);
    since
        .filter(time -> time.isBefore(request.now().minus(EventCodec.KEPT)))
        .ifPresent(_ -> body.problem(field, "is at most 30 days ago: events are kept so long"));
    since
        .filter(time -> time.isAfter(request.now()))
        .ifPresent(_ -> body.problem(field, "is over"));
    return since;
  }

  private static Which which(Fields body) {
    Optional<String> status = body.text("status");
    return switch (status.orElse("")) {
      case "" -> Which.ALL;
      case "failed" -> Which.FAILED;
      case "delivered" -> Which.DELIVERED;
      case "undelivered" -> Which.UNDELIVERED;
      default -> {
        body.problem("status", "is failed, delivered or undelivered; without it all are sent");
        yield Which.ALL;
      }
    };
  }

  private Count count(Replay replay, EventShards shards) {
    int events = 0;
    Optional<String> place = Optional.empty();
    do {
      Replays.Page page = replays.next(replay, shards, place, MOST_COUNTED);
      events += page.targets().size();
      place = page.next();
    } while (place.isPresent() && events < MOST_COUNTED);
    return new Count(events, place.isEmpty());
  }

  private static Reply counted(Replay replay, Count count) {
    return Reply.ok(json(replay, count).put("dry_run", true).putNull("job_id"))
        .next("Send them with the same call and without dry_run");
  }

  private Reply begin(Request request, Replay replay, Count count, Completion completion) {
    Job job = replay.job(ids.next("job", request.now()));
    Reply reply =
        Reply.of(202, json(replay, count).put("dry_run", false).put("job_id", job.id()))
            .next(
                "See them arrive with GET /v1/webhooks/" + replay.webhookId() + "/deliveries",
                "They go out at 25 a second, each under the id that it had");
    queue.enqueue(List.of(request(request, job, completion, reply)));
    return reply;
  }

  private Job request(Request request, Job job, Completion completion, Reply reply) {
    UnitOfWork unit = new UnitOfWork();
    Job due = jobs.request(unit, job, request.now());
    completion.into(unit, reply);
    return transactions.run(() -> new Attempt.Write<>(unit, due));
  }

  /** Sends what did not reach a webhook that is active again. */
  void gap(Request request, Webhook webhook, Instant since) {
    Replay replay =
        Replay.of(
            webhook, webhook.events(), Which.UNDELIVERED, since, request.now(), request.now());
    Job job = replay.job(ids.next("job", request.now()));
    queue.enqueue(List.of(request(request, job, Completion.NONE, Reply.ok(Json.object()))));
  }

  private static ObjectNode json(Replay replay, Count count) {
    ObjectNode json = Json.object().put("webhook_id", replay.webhookId());
    json.put("count", count.events).put("count_is_exact", count.whole);
    json.put("since", Json.time(replay.since())).put("until", Json.time(replay.until()));
    json.set("events", Json.texts(replay.events().stream().sorted().toList()));
    return json.put("status", replay.which() == Which.ALL ? "all" : replay.which().text());
  }
}
