package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.Access;
import email.daimon.functions.api.Fields;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.api.send.Conversation.Parent;
import email.daimon.model.Inbox;
import email.daimon.thread.Subjects;
import java.util.List;
import java.util.Optional;

/** {@code POST /v1/inboxes/{id}/send}. */
final class SendResource {
  private final Reach reach;
  private final Conversations conversations;
  private final AttachmentFields attachments;
  private final Posting posting;

  SendResource(
      Reach reach, Conversations conversations, AttachmentFields attachments, Posting posting) {
    this.reach = requireNonNull(reach, "reach is null");
    this.conversations = requireNonNull(conversations, "conversations is null");
    this.attachments = requireNonNull(attachments, "attachments is null");
    this.posting = requireNonNull(posting, "posting is null");
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/inboxes/{id}/send", Access.WRITE, this::send));
  }

  private Plan send(Request request) {
    Inbox inbox = reach.inbox(request);
    Fields body = request.body();
    LetterFields fields = new LetterFields(request, body);
    Conversation conversation = conversations.of(body, inbox.id());
    Letter letter = letter(request, body, fields, inbox, conversation);
    return posting.plan(
        new Posting.Order(
            request, inbox, letter, conversation, fields.clientId(), List.of(), (_, _) -> {}));
  }

  private Letter letter(
      Request request, Fields body, LetterFields fields, Inbox inbox, Conversation conversation) {
    Addressees addressees = fields.addressees();
    fields.needTo(addressees);
    fields.needText();
    Optional<String> subject = fields.subject();
    if (subject.isEmpty() && conversation.parent().isEmpty()) {
      body.problem("subject", "is needed");
    }
    List<FileWish> files =
        attachments.read(
            body, inbox.id(), conversation.parent().map(Parent::message), request.now());
    return fields.letter(
        addressees,
        subject
            .or(() -> conversation.parent().map(one -> Subjects.reply(one.message().subject())))
            .orElse(""),
        files);
  }
}
