package email.daimon.functions.api.hooks;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.Access;
import email.daimon.functions.api.Completion;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Reply;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.queue.JobQueue;
import email.daimon.functions.queue.WebhookQueue;
import email.daimon.functions.secrets.WebhookSecrets;
import email.daimon.functions.secrets.WebhookSecrets.SealedSecret;
import email.daimon.functions.store.WebhookCall;
import email.daimon.functions.store.WebhookChange;
import email.daimon.functions.store.Webhooks;
import email.daimon.functions.store.Webhooks.Changed;
import email.daimon.functions.store.Webhooks.NewSecret;
import email.daimon.model.Webhook;
import email.daimon.model.WebhookStatus;
import email.daimon.wire.Json;
import email.daimon.wire.WebhookJson;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** {@code /v1/webhooks/{id}}: one webhook, read, changed, deleted, and given another secret. */
final class WebhookResource {
  private static final String ONE = "/v1/webhooks/{id}";
  private final Webhooks webhooks;
  private final WebhookSecrets secrets;
  private final JobQueue queue;
  private final HookReach hooks;
  private final WebhookFields fields;
  private final HookGate gate;
  private final WebhookQueue calls;
  private final ReplayResource replay;

  WebhookResource(
      Webhooks webhooks,
      WebhookSecrets secrets,
      JobQueue queue,
      WebhookQueue calls,
      HookReach hooks,
      WebhookFields fields,
      HookGate gate,
      ReplayResource replay) {
    this.webhooks = requireNonNull(webhooks, "webhooks is null");
    this.secrets = requireNonNull(secrets, "secrets is null");
    this.queue = requireNonNull(queue, "queue is null");
    this.hooks = requireNonNull(hooks, "hooks is null");
    this.fields = requireNonNull(fields, "fields is null");
    this.gate = requireNonNull(gate, "gate is null");
    this.calls = requireNonNull(calls, "calls is null");
    this.replay = requireNonNull(replay, "replay is null");
  }

  List<Route> routes() {
    return List.of(
        Route.get(ONE, Access.ACCOUNT, this::get),
        Route.patch(ONE, Access.ACCOUNT, this::change),
        Route.delete(ONE, Access.ACCOUNT, this::delete),
        Route.post(ONE + "/rotate-secret", Access.ACCOUNT, this::rotate));
  }

  private Plan get(Request request) {
    Webhook webhook = hooks.webhook(request);
    return Plan.of(() -> shown(webhook));
  }

  private Plan change(Request request) {
    Webhook before = hooks.webhook(request);
    WebhookChange change = fields.change(request);
    boolean wakes = change.status().equals(Optional.of(WebhookStatus.ACTIVE));
    Optional<Instant> since = ReplayResource.since(request, request.body(), "replay_since");
    if (since.isPresent() && !wakes) {
      request.problem("replay_since", "goes with status active");
    }
    return Plan.of(
            () -> {
              Webhook after = changed(request, before, change);
              if (wakes) {
                // What waits for the endpoint need not wait for its time.
                calls.enqueue(new WebhookCall(after.id(), Optional.empty()));
              }
              since.ifPresent(time -> replay.gap(request, after, time));
              return shown(after);
            })
        .behind(() -> {
          if (wakes) {
            gate.check(request);
          }
        });
  }

  private Webhook changed(Request request, Webhook before, WebhookChange change) {
    Changed changed = webhooks.change(before.accountId(), before.id(), change, request.now());
    return switch (changed) {
      case Changed.Done(var job) -> {
        queue.enqueue(job.stream().toList());
        yield webhooks.find(before.accountId(), before.id()).orElseThrow(HookReach::noWebhook);
      }
      case Changed.NoWebhook _ -> throw HookReach.noWebhook();
      case Changed.NoInbox _ -> throw Reach.noInbox();
      case Changed.Full(int most) -> throw WebhookCreate.full(most);
    };
  }

  private Plan delete(Request request) {
    Webhook webhook = hooks.webhook(request);
    return Plan.of(() -> {
      if (!webhooks.delete(webhook.accountId(), webhook.id())) {
        throw HookReach.noWebhook();
      }
      return Reply.ok(Json.object().put("success", true).put("id", webhook.id()))
          .next(
              "Nothing more is sent to it, not even what was under way",
              "Make another with POST /v1/webhooks");
    });
  }

  private Plan rotate(Request request) {
    Webhook webhook = hooks.webhook(request);
    return Plan.committing(completion -> rotated(request, webhook, completion));
  }

  private Reply rotated(Request request, Webhook before, Completion completion) {
    String secret = secrets.make();
    SealedSecret sealed = secrets.seal(before.accountId(), before.id(), secret, request.now());
    Reply reply =
        Reply.ok(WebhookJson.issued(Webhooks.rotated(before, request.now()), secret))
            .next(
                "Save the secret now: it is shown this once",
                "Both secrets sign until previous_secret_until: take the new one in before");
    NewSecret next =
        new NewSecret(sealed.dataKey(), sealed.sealed(), work -> completion.into(work, reply));
    if (!webhooks.rotate(before.accountId(), before.id(), next, request.now())) {
      throw HookReach.noWebhook();
    }
    return reply;
  }

  private static Reply shown(Webhook webhook) {
    String path = "/v1/webhooks/" + webhook.id();
    Reply reply = Reply.ok(WebhookJson.of(webhook));
    return switch (webhook.status()) {
      case ACTIVE ->
          reply.next(
              "See what it was told with GET " + path + "/deliveries",
              "Try it with POST " + path + "/test");
      case UNHEALTHY ->
          reply.next(
              "See why its calls fail with GET " + path + "/deliveries",
              "Try it with POST " + path + "/test");
      case DISABLED ->
          webhook.reason().equals(Optional.of(Webhooks.NOT_OF_TIER))
              ? reply.next(
                  "Webhooks are for the developer tier and above: it is active again by itself after"
                      + " an upgrade with POST /v1/account/upgrade",
                  "After an upgrade send what it has missed with POST " + path + "/replay",
                  "Until then read events with GET /v1/events")
              : reply.next(
                  "See why its calls failed with GET " + path + "/deliveries",
                  "Make it active again with PATCH "
                      + path
                      + " and {\"status\": \"active\"}; replay_since sends what it has missed");
    };
  }
}
