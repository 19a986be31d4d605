package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.queue.JobQueue;
import email.daimon.functions.store.Mailbox;
import email.daimon.functions.store.ThreadBulk;
import email.daimon.model.MailThread;
import email.daimon.policy.Labels;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import email.daimon.wire.ThreadJson;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@code /v1/inboxes/{id}/threads} and {@code /v1/threads}. */
public final class ThreadResource {
  private static final String ALL = "/v1/inboxes/{id}/threads";
  private static final String ONE = ALL + "/{thread_id}";
  private final Reach reach;
  private final ThreadList list;
  private final Mailbox mailbox;
  private final ThreadReading reading;
  private final JobQueue jobs;

  ThreadResource(
      Reach reach, ThreadList list, ThreadReading reading, Mailbox mailbox, JobQueue jobs) {
    this.reach = requireNonNull(reach, "reach is null");
    this.list = requireNonNull(list, "list is null");
    this.mailbox = requireNonNull(mailbox, "mailbox is null");
    this.reading = requireNonNull(reading, "reading is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/threads", Access.ACCOUNT, list::prepareOfAccount),
        Route.get(ALL, Access.READ, list::prepareOfInbox),
        Route.get(ONE, Access.READ, request -> reading.prepare(request, find(request))),
        Route.patch(ONE, Access.WRITE, this::patch),
        Route.post(ONE + "/labels", Access.WRITE, this::addLabel),
        Route.delete(ONE + "/labels/{label}", Access.WRITE, this::removeLabel),
        Route.delete(ONE, Access.WRITE, this::delete));
  }

  private Plan patch(Request request) {
    MailThread thread = find(request);
    Optional<List<String>> labels = request.body().texts("labels");
    if (labels.isEmpty() && !request.body().has("labels")) {
      request.problem("labels", "is needed");
    }
    labels.flatMap(Labels::problem).ifPresent(text -> request.problem("labels", text));
    return Plan.of(() -> labelled(request, thread, _ -> Set.copyOf(labels.orElse(List.of()))));
  }

  private Plan addLabel(Request request) {
    MailThread thread = find(request);
    String label = request.body().neededText("label");
    Set<String> all = MessageResource.with(thread.labels(), label);
    if (!label.isEmpty()) {
      Labels.problem(all).ifPresent(text -> request.problem("label", text));
    }
    return Plan.of(() -> labelled(request, thread, had -> MessageResource.with(had, label)));
  }

  private Plan removeLabel(Request request) {
    MailThread thread = find(request);
    String label = request.path("label");
    return Plan.of(() ->
        labelled(
            request,
            thread,
            had -> {
              Set<String> left = new HashSet<>(had);
              left.remove(label);
              return left;
            }));
  }

  private Reply labelled(Request request, MailThread thread, UnaryOperator<Set<String>> change) {
    MailThread labelled =
        mailbox
            .label(request.caller().account(), thread.inboxId(), thread.id(), change)
            .orElseThrow(ThreadResource::noThread);
    ObjectNode result = ThreadJson.of(labelled);
    result.set("thread", ThreadJson.of(labelled));
    return Reply.ok(result)
        .next("Read it with GET /v1/inboxes/" + thread.inboxId() + "/threads/" + thread.id());
  }

  private Plan delete(Request request) {
    MailThread thread = find(request);
    return Plan.of(() -> {
      ThreadBulk deleted =
          mailbox
              .deleteThread(request.caller().account(), thread.inboxId(), thread.id())
              .orElseThrow(ThreadResource::noThread);
      jobs.enqueue(deleted.jobs());
      ObjectNode result = Json.object().put("deleted", true);
      result.put("thread_id", deleted.threadId()).put("id", deleted.threadId());
      result.put("messages_deleted", deleted.messages());
      return Reply.ok(result)
          .next("See the other threads with GET /v1/inboxes/" + thread.inboxId() + "/threads");
    });
  }

  /** The live thread that the path names, or the one that it was merged into; else 404. */
  private MailThread find(Request request) {
    return mailbox
        .thread(reach.inbox(request).id(), request.path("thread_id"))
        .filter(thread -> thread.deletedAt().isEmpty())
        .orElseThrow(ThreadResource::noThread);
  }

  /** The same answer whether the id is another's or never was. */
  public static ApiException noThread() {
    return new ApiException(
        ErrorCode.THREAD_NOT_FOUND,
        "There is no such thread in this inbox, or it was deleted.",
        "Take an id from the list of threads.");
  }
}
