package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.queue.JobQueue;
import email.daimon.functions.store.Mailbox;
import email.daimon.functions.store.MessageLists;
import email.daimon.functions.store.MessagePage;
import email.daimon.functions.store.Span;
import email.daimon.functions.store.ThreadBulk;
import email.daimon.model.MailThread;
import email.daimon.policy.Labels;
import email.daimon.policy.MessageFilter;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import email.daimon.wire.JsonSize;
import email.daimon.wire.MessageJson;
import email.daimon.wire.ThreadJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** {@code /v1/inboxes/{id}/threads} and {@code /v1/threads}. */
public final class ThreadResource {
  private static final String ALL = "/v1/inboxes/{id}/threads";
  private static final String ONE = ALL + "/{thread_id}";
  private static final int MOST_MESSAGES = 100;
  private static final long MOST_BYTES = 4_500_000;
  private final Reach reach;
  private final ThreadList list;
  private final Mailbox mailbox;
  private final MessageLists lists;
  private final JobQueue jobs;

  ThreadResource(Reach reach, ThreadList list, Mailbox mailbox, MessageLists lists, JobQueue jobs) {
    this.reach = requireNonNull(reach, "reach is null");
    this.list = requireNonNull(list, "list is null");
    this.mailbox = requireNonNull(mailbox, "mailbox is null");
    this.lists = requireNonNull(lists, "lists is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/threads", Access.ACCOUNT, list::prepareOfAccount),
        Route.get(ALL, Access.READ, list::prepareOfInbox),
        Route.get(ONE, Access.READ, this::get),
        Route.patch(ONE, Access.WRITE, this::patch),
        Route.post(ONE + "/labels", Access.WRITE, this::addLabel),
        Route.delete(ONE + "/labels/{label}", Access.WRITE, this::removeLabel),
        Route.delete(ONE, Access.WRITE, this::delete));
  }

  private Plan get(Request request) {
    MailThread thread = find(request);
    boolean flagged = request.query().flag("include_flagged").orElse(false);
    return Plan.of(() -> whole(thread, flagged));
  }

  /** The newest messages of both directions, in the order they came. */
  private Reply whole(MailThread thread, boolean flagged) {
    MessagePage page =
        lists.page(
            new MessageLists.Request(
                thread.inboxId(),
                MessageFilter.ofThread(thread.id(), flagged),
                Span.ALL,
                false,
                0,
                MOST_MESSAGES,
                true));
    List<ObjectNode> messages = new ArrayList<>();
    long size = 0;
    for (MessagePage.Row row : page.rows()) {
      ObjectNode json = MessageJson.row(row.message(), row.form());
      size += JsonSize.of(json);
      if (size > MOST_BYTES && !messages.isEmpty()) {
        break;
      }
      messages.add(json);
    }
    boolean more = page.more() || messages.size() < page.rows().size();
    ObjectNode result = Json.object();
    result.set("thread", ThreadJson.of(thread, messages.reversed()).put("has_more", more));
    Reply reply = Reply.ok(result);
    String inbox = "/v1/inboxes/" + thread.inboxId();
    if (more) {
      reply.next(
          "Page through all of it with GET "
              + inbox
              + "/messages?direction=all&thread_id="
              + thread.id());
    }
    if (!messages.isEmpty()) {
      reply.next(
          "Read a message whole, with HTML and headers, with GET "
              + inbox
              + "/messages/"
              + messages.getFirst().get("id").textValue());
    }
    return reply.next("Label it with POST " + inbox + "/threads/" + thread.id() + "/labels");
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
