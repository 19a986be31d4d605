package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.store.Blobs;
import email.daimon.functions.store.Blobs.TextKind;
import email.daimon.functions.store.Documents;
import email.daimon.functions.store.Mailbox;
import email.daimon.functions.store.MessageChange;
import email.daimon.functions.store.StoredDocument;
import email.daimon.model.Direction;
import email.daimon.model.Message;
import email.daimon.policy.Labels;
import email.daimon.policy.Quarantine;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.FullMessageJson;
import email.daimon.wire.Json;
import email.daimon.wire.MessageJson;
import email.daimon.wire.OutgoingJson;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** {@code /v1/inboxes/{id}/messages}. */
public final class MessageResource {
  private static final String ALL = "/v1/inboxes/{id}/messages";
  private static final String ONE = ALL + "/{message_id}";
  private final Reach reach;
  private final MessageList list;
  private final Mailbox mailbox;
  private final Documents documents;
  private final MessageViews views;
  private final Blobs blobs;
  private final UnsentMail unsent;

  MessageResource(
      Reach reach,
      MessageList list,
      Mailbox mailbox,
      Documents documents,
      Blobs blobs,
      UnsentMail unsent) {
    this.reach = requireNonNull(reach, "reach is null");
    this.list = requireNonNull(list, "list is null");
    this.mailbox = requireNonNull(mailbox, "mailbox is null");
    this.documents = requireNonNull(documents, "documents is null");
    this.views = new MessageViews(documents);
    this.blobs = requireNonNull(blobs, "blobs is null");
    this.unsent = requireNonNull(unsent, "unsent is null");
  }

  List<Route> routes() {
    return List.of(
        Route.get(ALL, Access.READ, list::prepare),
        Route.get(ONE, Access.READ, this::get),
        Route.patch(ONE, Access.WRITE, this::patch),
        Route.post(ONE + "/read", Access.WRITE, this::markRead),
        Route.delete(ONE, Access.WRITE, this::delete));
  }

  private Plan get(Request request) {
    Documents.Found found = find(request);
    String view = request.query().choice("view", "full", "compact", "shown").orElse("full");
    boolean images = request.query().flag("images").orElse(false);
    return Plan.of(() ->
        switch (view) {
          case "compact" -> views.brief(found);
          case "shown" -> views.shown(found, images);
          default -> whole(found);
        });
  }

  private Reply whole(Documents.Found found) {
    StoredDocument document = documents.document(found);
    Message message = document.complete(found.message());
    ObjectNode json =
        FullMessageJson.of(
            message, document.document(), document.truncated(), name -> link(message, name));
    String conversation =
        "Read its conversation with GET /v1/inboxes/"
            + message.inboxId()
            + "/threads/"
            + message.threadId();
    return message.direction() == Direction.OUTBOUND
        ? Reply.ok(json).next(conversation)
        : Reply.ok(json)
            .next(
                "Mark it as read with POST " + path(message) + "/read",
                "Answer it with POST " + path(message) + "/reply",
                conversation,
                "Get the mail as it came with GET " + path(message) + "/raw");
  }

  private Optional<String> link(Message message, String name) {
    Optional<Blobs.Link> link =
        switch (name) {
          case "text_body" -> Optional.of(text(message, TextKind.TEXT));
          case "html_body" -> Optional.of(text(message, TextKind.HTML));
          case "headers" ->
              Optional.of(blobs.rawLink(message.inboxId(), message.id(), AttachmentResource.VALID));
          default -> Optional.empty();
        };
    return link.map(found -> found.url().toString());
  }

  private Blobs.Link text(Message message, TextKind kind) {
    return blobs.textLink(message.inboxId(), message.id(), kind, AttachmentResource.VALID);
  }

  private Plan patch(Request request) {
    Message message = findLive(request);
    Optional<Boolean> read = request.body().flag("read");
    Optional<Set<String>> labels = request.body().texts("labels").map(Set::copyOf);
    boolean moves = request.body().has("send_at");
    Instant sendAt = request.sendAt(request.body()).orElse(request.now());
    if (read.isEmpty() && labels.isEmpty() && !moves) {
      request.problem("read", "is needed, or labels or send_at");
    }
    if (moves && message.outgoing().isEmpty()) {
      request.problem("send_at", "is of mail that is scheduled to be sent");
    }
    labels.flatMap(Labels::problem).ifPresent(text -> request.problem("labels", text));
    if (labels.isPresent() && Quarantine.holds(message) && !labels.get().contains("virus")) {
      request.problem("labels", "keeps virus: a quarantined mail stays one");
    }
    return Plan.of(() -> {
      Message moved = moves ? unsent.move(request, message, sendAt) : message;
      return read.isEmpty() && labels.isEmpty()
          ? moved(moved)
          : change(request, moved, new MessageChange(read, labels));
    });
  }

  private static Reply moved(Message message) {
    return Reply.ok(MessageJson.compact(message))
        .next(
            "Take it back before it is sent with DELETE " + path(message),
            "See what else is scheduled with GET /v1/inboxes/"
                + message.inboxId()
                + "/messages?status=scheduled");
  }

  private Plan markRead(Request request) {
    Message message = findLive(request);
    return Plan.of(
        () -> change(request, message, new MessageChange(Optional.of(true), Optional.empty())));
  }

  private Reply change(Request request, Message message, MessageChange change) {
    Message changed =
        mailbox
            .change(request.caller().account(), message.inboxId(), message.id(), change)
            .orElseThrow(MessageResource::noMessage);
    return Reply.ok(MessageJson.compact(changed))
        .next(
            "See what is left to read with GET /v1/inboxes/"
                + message.inboxId()
                + "/messages?unread=true");
  }

  private Plan delete(Request request) {
    Message message = find(request).message();
    if (message.outgoing().isPresent()) {
      return Plan.of(() -> cancelled(unsent.cancel(request, message)));
    }
    return Plan.of(() -> {
      Message deleted =
          mailbox
              .delete(request.caller().account(), message.inboxId(), message.id())
              .orElseThrow(MessageResource::noMessage);
      ObjectNode result = Json.object().put("id", deleted.id()).put("message_id", deleted.id());
      result.put("deleted", true);
      result.set("deleted_at", Json.time(deleted.deletedAt()));
      return Reply.ok(result).next("It stays readable by its id with GET " + path(deleted));
    });
  }

  private static Reply cancelled(Message message) {
    ObjectNode result = Json.object().put("id", message.id()).put("message_id", message.id());
    result.put("status", message.status()).put("cancelled", true);
    message.outgoing().ifPresent(way -> result.set("recipients", OutgoingJson.recipients(way)));
    return Reply.ok(result)
        .next("Nothing was sent. It stays readable by its id with GET " + path(message));
  }

  /** The message that the path names, deleted or not; else 404. */
  Documents.Found find(Request request) {
    return documents
        .find(reach.inbox(request).id(), request.path("message_id"))
        .orElseThrow(MessageResource::noMessage);
  }

  /** The same with all its attachments. */
  Message findComplete(Request request) {
    return documents.complete(find(request));
  }

  private Message findLive(Request request) {
    Message message = find(request).message();
    if (message.deletedAt().isPresent()) {
      throw noMessage();
    }
    return message;
  }

  /** The path of a message. */
  public static String path(Message message) {
    return "/v1/inboxes/" + message.inboxId() + "/messages/" + message.id();
  }

  /** The same answer whether the id is another's or never was. */
  public static ApiException noMessage() {
    return new ApiException(
        ErrorCode.MESSAGE_NOT_FOUND,
        "There is no such message in this inbox, or it was deleted.",
        "Take an id from the list of messages.");
  }

  /** The labels of a thread or message after a request that names one. */
  static Set<String> with(Set<String> labels, String label) {
    Set<String> all = new HashSet<>(labels);
    all.add(label);
    return all;
  }
}
