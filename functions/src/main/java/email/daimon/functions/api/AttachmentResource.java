package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.store.Blobs;
import email.daimon.functions.store.Blobs.Link;
import email.daimon.functions.store.Mailbox;
import email.daimon.model.Attachment;
import email.daimon.model.Direction;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.policy.Quarantine;
import email.daimon.wire.AttachmentJson;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The files of a message and its raw form: a link that works for five minutes, or a redirect to it
 * for who wants the bytes themselves.
 */
final class AttachmentResource {
  /** How long a link works. */
  static final Duration VALID = Duration.ofMinutes(5);

  private static final String MESSAGE = "/v1/inboxes/{id}/messages/{message_id}";
  private static final String FILES = MESSAGE + "/attachments";
  private static final String IN_THREAD =
      "/v1/inboxes/{id}/threads/{thread_id}/messages/{message_id}/attachments/{attachment_id}";
  private final MessageResource messages;
  private final Mailbox mailbox;
  private final Blobs blobs;

  AttachmentResource(MessageResource messages, Mailbox mailbox, Blobs blobs) {
    this.messages = requireNonNull(messages, "messages is null");
    this.mailbox = requireNonNull(mailbox, "mailbox is null");
    this.blobs = requireNonNull(blobs, "blobs is null");
  }

  List<Route> routes() {
    return List.of(
        Route.get(MESSAGE + "/raw", Access.READ, this::raw),
        Route.get(FILES, Access.READ, this::list),
        Route.get(FILES + "/{attachment_id}", Access.READ, this::get),
        Route.get(IN_THREAD, Access.READ, this::getInThread));
  }

  private Plan raw(Request request) {
    Message message = messages.find(request).message();
    boolean bytes = wantsBytes(request);
    return Plan.of(() -> {
      refuseQuarantined(message);
      long size =
          message.direction() == Direction.OUTBOUND
              ? blobs
                  .rawSize(message.inboxId(), message.id())
                  .orElseThrow(AttachmentResource::notHandedOver)
              : message.size();
      Link link = blobs.rawLink(message.inboxId(), message.id(), VALID);
      if (bytes) {
        return Reply.redirect(link.url().toString());
      }
      ObjectNode result = Json.object().put("id", message.id());
      result.put("message_id", message.id());
      result.put("filename", message.id() + ".eml");
      result.put("content_type", "message/rfc822");
      result.put("size", size);
      result.put("url", link.url().toString());
      result.put("expires_at", Json.time(link.expiresAt()));
      return Reply.ok(result);
    });
  }

  private Plan list(Request request) {
    Message message = messages.findComplete(request);
    return Plan.of(() -> {
      refuseQuarantined(message);
      ObjectNode result = Json.object();
      var files = result.putArray("attachments");
      message.attachments().forEach(file -> files.add(AttachmentJson.of(file)));
      result.put("total", files.size());
      result.put("has_more", false).putNull("next_cursor");
      Reply reply = Reply.ok(result);
      message.attachments().stream()
          .findFirst()
          .ifPresent(file ->
              reply.next(
                  "Get a link to its bytes with GET "
                      + MessageResource.path(message)
                      + "/attachments/"
                      + file.id()));
      return reply;
    });
  }

  private Plan get(Request request) {
    return file(request, messages.findComplete(request));
  }

  private Plan getInThread(Request request) {
    Message message = messages.findComplete(request);
    Optional<MailThread> thread = mailbox.thread(message.inboxId(), request.path("thread_id"));
    if (thread.filter(head -> head.id().equals(message.threadId())).isEmpty()) {
      throw ThreadResource.noThread();
    }
    return file(request, message);
  }

  private Plan file(Request request, Message message) {
    String id = request.path("attachment_id");
    Attachment file =
        message.attachments().stream()
            .filter(one -> one.id().equals(id))
            .findFirst()
            .orElseThrow(AttachmentResource::noFile);
    boolean bytes = wantsBytes(request);
    return Plan.of(() -> {
      refuseQuarantined(message);
      Link link = blobs.attachmentLink(message.id(), file.filename(), file.contentType(), VALID);
      return bytes
          ? Reply.redirect(link.url().toString())
          : Reply.ok(AttachmentJson.of(file, link.url().toString(), link.expiresAt()));
    });
  }

  private static boolean wantsBytes(Request request) {
    boolean accepts =
        request
            .header("accept")
            .filter(all -> all.contains("application/octet-stream"))
            .isPresent();
    return request.query().flag("download").orElse(accepts);
  }

  private static ApiException notHandedOver() {
    return new ApiException(
        ErrorCode.ATTACHMENT_NOT_FOUND,
        "The mail has not been handed on: it is composed when that is done.",
        "Read the message itself, and ask again when it has an accepted_at.");
  }

  private static void refuseQuarantined(Message message) {
    if (Quarantine.holds(message)) {
      throw new ApiException(
          ErrorCode.MESSAGE_QUARANTINED,
          "The mail holds a virus: only its sender and subject are shown.",
          "Ask the sender for a clean copy.");
    }
  }

  private static ApiException noFile() {
    return new ApiException(
        ErrorCode.ATTACHMENT_NOT_FOUND,
        "The message has no such attachment.",
        "Take an id from the attachments of the message.");
  }
}
