package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.api.Access;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Completion;
import email.daimon.functions.api.Cursors;
import email.daimon.functions.api.Paging;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Reply;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.api.ThreadResource;
import email.daimon.functions.queue.SendQueue;
import email.daimon.functions.store.Draft;
import email.daimon.functions.store.DraftJob;
import email.daimon.functions.store.Drafts;
import email.daimon.model.Attachment;
import email.daimon.model.Ids;
import email.daimon.model.Inbox;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** {@code /v1/inboxes/{id}/drafts}. */
final class DraftResource {
  private static final String ALL = "/v1/inboxes/{id}/drafts";
  private static final String ONE = ALL + "/{draft_id}";
  private static final int CHUNK = 50;
  private final Reach reach;
  private final Cursors cursors;
  private final Ids ids;
  private final Drafts drafts;
  private final DraftFields fields;
  private final OutgoingFiles files;
  private final SendQueue queue;
  private final SendResource sending;

  DraftResource(
      Reach reach,
      Cursors cursors,
      Ids ids,
      Drafts drafts,
      DraftFields fields,
      OutgoingFiles files,
      SendQueue queue,
      SendResource sending) {
    this.reach = requireNonNull(reach, "reach is null");
    this.cursors = requireNonNull(cursors, "cursors is null");
    this.ids = requireNonNull(ids, "ids is null");
    this.drafts = requireNonNull(drafts, "drafts is null");
    this.fields = requireNonNull(fields, "fields is null");
    this.files = requireNonNull(files, "files is null");
    this.queue = requireNonNull(queue, "queue is null");
    this.sending = requireNonNull(sending, "sending is null");
  }

  List<Route> routes() {
    return List.of(
        Route.post(ALL, Access.WRITE, this::create),
        Route.get(ALL, Access.READ, this::list),
        Route.get(ONE, Access.READ, this::get),
        Route.patch(ONE, Access.WRITE, this::patch),
        Route.delete(ONE, Access.WRITE, this::delete),
        Route.post(ONE + "/send", Access.WRITE, this::send));
  }

  private Plan create(Request request) {
    Inbox inbox = reach.inbox(request);
    DraftFields.Wanted wanted = fields.read(request, inbox, Optional.empty());
    String id = ids.next("dft", request.now());
    return Plan.committing(completion -> {
      Draft draft =
          new Draft(
              id,
              inbox.accountId(),
              inbox.id(),
              Json.text(wanted.content()),
              Optional.empty(),
              id,
              files.keep(id, wanted.files().orElse(List.of())),
              wanted.labels(),
              wanted.sendAt(),
              wanted.waiting(Optional.empty(), inbox, 1, request.now()),
              Optional.empty(),
              Optional.empty(),
              request.now(),
              request.now(),
              1);
      return put(request, Optional.empty(), draft, 201, completion);
    });
  }

  private Plan patch(Request request) {
    Inbox inbox = reach.inbox(request);
    Draft before = found(request, inbox);
    Optional<Long> expected = expected(request);
    DraftFields.Wanted wanted = fields.read(request, inbox, Optional.of(before));
    return Plan.committing(completion -> {
      if (expected.filter(revision -> revision != before.revision()).isPresent()) {
        throw changed();
      }
      long revision = before.revision() + 1;
      String owner =
          wanted.files().isPresent() ? before.id() + "-" + revision : before.filesOwner();
      List<Attachment> kept =
          wanted.files().map(wishes -> files.keep(owner, wishes)).orElse(before.files());
      Draft next =
          new Draft(
              before.id(),
              before.accountId(),
              before.inboxId(),
              Json.text(wanted.content()),
              Optional.empty(),
              owner,
              kept,
              wanted.labels(),
              wanted.sendAt(),
              wanted.waiting(Optional.of(before), inbox, revision, request.now()),
              before.sendError().filter(_ -> wanted.sendAt().isEmpty()),
              Optional.empty(),
              before.createdAt(),
              request.now(),
              revision);
      return put(request, Optional.of(before), next, 200, completion);
    });
  }

  private Reply put(
      Request request, Optional<Draft> before, Draft next, int status, Completion completion) {
    Reply reply = shown(status, next);
    Drafts.Put put =
        drafts.put(request.caller().account(), before, next, work -> completion.into(work, reply));
    switch (put) {
      case DONE -> {}
      case CHANGED -> throw changed();
      case NO_THREAD -> throw ThreadResource.noThread();
      case TOO_MANY -> throw Posting.tooManyConditional(Drafts.MOST_WAITING + " drafts");
    }
    next.sendAt()
        .ifPresent(at ->
            queue.enqueue(
                new DraftJob(next.inboxId(), next.id()).json(), next.id(), at, request.now()));
    return reply;
  }

  // As a header (RFC 9110, 13.1.1), or as a field.
  private static Optional<Long> expected(Request request) {
    OptionalInt field = request.body().number("revision", 1, Integer.MAX_VALUE);
    Optional<String> header = request.header("if-match").filter(tag -> !tag.equals("*"));
    Optional<Long> tagged =
        header
            .map(tag -> tag.replaceAll("^W/|\"", "").strip())
            .filter(tag -> tag.matches("[0-9]{1,15}"))
            .map(Long::valueOf);
    if (header.isPresent() && tagged.isEmpty()) {
      request.problem("If-Match", "is the ETag of the draft");
    }
    return tagged.or(
        () -> field.isPresent() ? Optional.of((long) field.getAsInt()) : Optional.empty());
  }

  private Plan get(Request request) {
    Draft draft = found(request, reach.inbox(request));
    return Plan.of(() -> shown(200, draft));
  }

  private Plan list(Request request) {
    Inbox inbox = reach.inbox(request);
    Optional<String> label = request.query().text("label");
    Paging paging =
        Paging.read(request, cursors, inbox.accountId() + " " + inbox.id() + " drafts " + label);
    int offset = paging.offset();
    return Plan.of(() -> {
      List<Draft> found =
          read(inbox.id(), paging.place().orElse(""), label, offset + paging.limit());
      List<Draft> shown =
          found.subList(
              Math.min(offset, found.size()), Math.min(offset + paging.limit(), found.size()));
      ObjectNode result = Json.object();
      var array = result.putArray("drafts");
      shown.forEach(draft -> array.add(DraftJson.row(draft)));
      var count = label.isPresent() ? OptionalLong.empty() : drafts.count(inbox.id());
      count.ifPresentOrElse(n -> result.put("total", n), () -> result.putNull("total"));
      boolean more = found.size() > offset + paging.limit();
      paging.close(result, more ? Optional.of(shown.getLast().id()) : Optional.empty());
      Reply reply = Reply.ok(result);
      shown.stream()
          .findFirst()
          .ifPresent(draft -> reply.next("Send one with POST " + path(draft) + "/send"));
      return reply.next("Write another with POST /v1/inboxes/" + inbox.id() + "/drafts");
    });
  }

  /** One more than asked for, where there are as many. */
  private List<Draft> read(String inboxId, String after, Optional<String> label, int wanted) {
    List<Draft> found = new ArrayList<>();
    Optional<String> place = Optional.of(after);
    while (place.isPresent() && found.size() <= wanted) {
      Drafts.Page page = drafts.list(inboxId, place.get(), CHUNK);
      page.drafts().stream()
          .filter(draft -> label.map(draft.labels()::contains).orElse(true))
          .forEach(found::add);
      place = page.next();
    }
    return found;
  }

  private Plan delete(Request request) {
    Draft draft = found(request, reach.inbox(request));
    return Plan.of(() -> {
      if (!drafts.delete(draft)) {
        throw changed();
      }
      return Reply.ok(
          Json.object().put("id", draft.id()).put("draft_id", draft.id()).put("deleted", true));
    });
  }

  private Plan send(Request request) {
    Inbox inbox = reach.inbox(request);
    Draft draft = any(drafts, inbox, request.path("draft_id"));
    request.body().has("draft_id");
    return sending.plan(request, inbox, draft);
  }

  private Draft found(Request request, Inbox inbox) {
    Draft draft = any(drafts, inbox, request.path("draft_id"));
    if (draft.sent().isPresent()) {
      throw noDraft();
    }
    return draft;
  }

  /** A draft, also one that was sent; else 404. */
  static Draft any(Drafts drafts, Inbox inbox, String draftId) {
    return drafts.find(inbox.id(), draftId).orElseThrow(DraftResource::noDraft);
  }

  private static Reply shown(int status, Draft draft) {
    Reply reply = Reply.of(status, DraftJson.whole(draft));
    reply.header("ETag", "\"" + draft.revision() + "\"");
    return reply.next(
        "Send it with POST " + path(draft) + "/send",
        "Change it with PATCH " + path(draft) + " and the revision that you have read",
        "Throw it away with DELETE " + path(draft));
  }

  private static String path(Draft draft) {
    return "/v1/inboxes/" + draft.inboxId() + "/drafts/" + draft.id();
  }

  static ApiException changed() {
    return new ApiException(
        ErrorCode.REVISION_MISMATCH,
        "The draft was changed or sent since it was read.",
        "Read it again, and make the change on its present revision.");
  }

  private static ApiException noDraft() {
    return new ApiException(
        ErrorCode.DRAFT_NOT_FOUND,
        "There is no such draft in this inbox, or it was deleted or sent.",
        "Take an id from the list of drafts.");
  }
}
