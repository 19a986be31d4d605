package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.queue.JobQueue;
import email.daimon.functions.store.ApiKeys;
import email.daimon.functions.store.Inboxes;
import email.daimon.functions.store.Job;
import email.daimon.functions.store.Jobs;
import email.daimon.functions.store.Webhooks;
import email.daimon.model.Inbox;
import email.daimon.model.Tier;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.InboxJson;
import email.daimon.wire.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** {@code /v1/inboxes/{id}}, and the list in {@link InboxList}. */
final class InboxResource {
  private final Inboxes inboxes;
  private final ApiKeys keys;
  private final Webhooks webhooks;
  private final Jobs jobs;
  private final JobQueue queue;
  private final Reach reach;
  private final URI publicUrl;

  InboxResource(
      Inboxes inboxes,
      ApiKeys keys,
      Webhooks webhooks,
      Jobs jobs,
      JobQueue queue,
      Reach reach,
      URI publicUrl) {
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.webhooks = requireNonNull(webhooks, "webhooks is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.queue = requireNonNull(queue, "queue is null");
    this.reach = requireNonNull(reach, "reach is null");
    this.publicUrl = requireNonNull(publicUrl, "publicUrl is null");
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/inboxes/{id}", Access.READ, this::get),
        Route.patch("/v1/inboxes/{id}", Access.WRITE, this::update),
        Route.delete("/v1/inboxes/{id}", Access.WRITE, this::delete));
  }

  private Plan get(Request request) {
    Inbox inbox = reach.inbox(request);
    return Plan.of(() -> shown(inbox, request));
  }

  private Plan update(Request request) {
    Inbox inbox = reach.inbox(request);
    InboxFields fields = new InboxFields(request.body());
    boolean binds = fields.bindsTheInbox();
    InboxChanges changes = InboxChanges.read(request.body(), fields);
    return Plan.of(() -> {
      if (binds && !request.caller().hasAccountKey()) {
        throw new ApiException(
            ErrorCode.KEY_SCOPE,
            "metadata, daily_send_limit and receive_rules bind the holder of this inbox key.",
            "Set them with an account key; an inbox key may set display_name.");
      }
      Inbox changed =
          inboxes
              .update(inbox.id(), kept -> changes.on(kept, request.now()))
              .orElseThrow(Reach::noInbox);
      return shown(changed, request);
    });
  }

  private Plan delete(Request request) {
    Inbox inbox = reach.inbox(request);
    return Plan.of(() -> {
      List<Job> requested = new ArrayList<>();
      Job job = Job.deleteInbox(inbox.accountId(), inbox.id());
      Inbox deleted =
          inboxes
              .delete(
                  inbox.id(),
                  request.now(),
                  work -> requested.add(jobs.request(work, job, request.now())))
              .orElseThrow(Reach::noInbox);
      queue.enqueue(List.of(requested.getLast()));
      int revoked = keys.revokeAll(inbox.id(), request.now());
      List<Job> paused = webhooks.pauseOf(inbox.accountId(), inbox.id(), request.now());
      queue.enqueue(paused);
      return Reply.ok(
              Json.object()
                  .put("id", deleted.id())
                  .put("status", "deleted")
                  .put("deleted_at", Json.time(request.now()))
                  .put("keys_revoked", revoked)
                  .put("webhooks_paused", paused.size()))
          .next(
              "Its keys are dead and mail to " + deleted.address() + " is refused from now on",
              "The same account may take the address again with POST /v1/inboxes");
    });
  }

  private Reply shown(Inbox inbox, Request request) {
    Tier tier = request.caller().account().tier();
    return Reply.ok(InboxJson.of(inbox, tier, inboxes.counters(inbox.id()), publicUrl))
        .next(
            "Read its mail with GET /v1/inboxes/" + inbox.id() + "/messages",
            "Read its conversations with GET /v1/inboxes/" + inbox.id() + "/threads");
  }
}
