package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.api.Fields;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.send.Conversation.Parent;
import email.daimon.functions.store.Draft;
import email.daimon.model.Inbox;
import email.daimon.policy.Labels;
import email.daimon.wire.Json;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a draft: as a mail, except that it may be incomplete until it is sent. */
final class DraftFields {
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
   */
  record Wanted(
      ObjectNode content,
      Optional<List<FileWish>> files,
      Set<String> labels,
      Optional<Instant> sendAt) {}

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
    fields.letter(addressees, fields.subject().orElse(""), files);
    Optional<Instant> sendAt = sendAt(request, body, sent, before);
    if (sendAt.isPresent()) {
      fields.needTo(addressees);
      fields.needText();
    }
    return new Wanted(
        DraftContent.after(before.map(DraftContent::of).orElseGet(Json::object), sent),
        sent.has("attachments") ? Optional.of(files) : Optional.empty(),
        labels(body, before),
        sendAt);
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
