package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.api.Fields;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.send.Conversation.Parent;
import email.daimon.functions.store.Draft;
import email.daimon.functions.store.Waiting;
import email.daimon.model.Inbox;
import email.daimon.model.Outgoing.UnlessReplied;
import email.daimon.policy.Labels;
import email.daimon.wire.Json;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a draft: as a mail, except that it may be incomplete until it is sent. */
final class DraftFields {
  private static final List<String> WAITING =
      List.of("send_at", "unless_replied", "thread_id", "in_reply_to");
  private final Conversations conversations;
  private final AttachmentFields attachments;

  DraftFields(Conversations conversations, AttachmentFields attachments) {
    this.conversations = requireNonNull(conversations, "conversations is null");
    this.attachments = requireNonNull(attachments, "attachments is null");
  }

  /**
   * What a request makes of a draft.
   *
   * @param files new ones in place of those there were; empty where it says nothing of files
   * @param unless for whose answer it waits, if it is scheduled
   * @param threadId the thread that it is for, where that is known
   * @param anew whether it says itself when, where, or for whom it is to wait
   */
  record Wanted(
      ObjectNode content,
      Optional<List<FileWish>> files,
      Set<String> labels,
      Optional<Instant> sendAt,
      UnlessReplied unless,
      Optional<String> threadId,
      boolean anew) {
    /** How the next revision of a draft waits for somebody to answer. */
    Optional<Waiting> waiting(Optional<Draft> before, Inbox inbox, long revision, Instant now) {
      if (sendAt.isEmpty() || unless == UnlessReplied.NOBODY) {
        return Optional.empty();
      }
      Optional<Waiting> goesOn = anew ? Optional.empty() : before.flatMap(Draft::waiting);
      return goesOn
          .filter(waiting -> waiting.threadId().equals(threadId))
          .or(() -> {
            Instant since = goesOn.map(Waiting::since).orElse(now);
            return Optional.of(new Waiting(unless, inbox.address(), since, revision, threadId));
          });
    }
  }

  Wanted read(Request request, Inbox inbox, Optional<Draft> before) {
    ObjectNode sent = request.body().sent();
    Fields body =
        before
            .map(draft -> request.bodyOver(DraftContent.beneath(draft, sent)))
            .orElseGet(request::body);
    if (before.isPresent()) {
      body.has("revision");
    }
    LetterFields fields = new LetterFields(request, body);
    Conversation conversation = conversations.of(body, inbox.id());
    Addressees addressees = fields.addressees();
    List<FileWish> files =
        attachments.read(
            body, inbox.id(), conversation.parent().map(Parent::message), request.now());
    Letter letter = fields.letter(addressees, fields.subject().orElse(""), files);
    Optional<Instant> sendAt = sendAt(request, body, sent, before);
    if (sendAt.isPresent()) {
      fields.needTo(addressees);
      fields.needText();
    }
    ObjectNode content =
        DraftContent.after(before.map(DraftContent::of).orElseGet(Json::object), sent);
    if (content.has("thread_id")) {
      // As it is called now.
      conversation.threadId().ifPresent(id -> content.put("thread_id", id));
    }
    return new Wanted(
        content,
        sent.has("attachments") ? Optional.of(files) : Optional.empty(),
        labels(body, before),
        sendAt,
        letter.conditions().unlessReplied(),
        conversation.threadId(),
        WAITING.stream().anyMatch(sent::has));
  }

  private static Optional<Instant> sendAt(
      Request request, Fields body, ObjectNode sent, Optional<Draft> before) {
    if (!sent.has("send_at")) {
      return before.flatMap(Draft::sendAt);
    }
    return body.isNull("send_at")
        ? Optional.empty()
        : Optional.of(request.sendAt(body).orElse(request.now()));
  }

  private static Set<String> labels(Fields body, Optional<Draft> before) {
    Optional<Set<String>> labels = body.texts("labels").map(HashSet::new);
    labels.flatMap(Labels::problem).ifPresent(text -> body.problem("labels", text));
    return labels.orElseGet(() -> before.map(Draft::labels).orElse(Set.of()));
  }
}
