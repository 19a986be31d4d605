package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.compose.InvalidMailboxException;
import email.daimon.compose.Mailbox;
import email.daimon.compose.ReplyRecipients;
import email.daimon.functions.api.Access;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Fields;
import email.daimon.functions.api.MessageResource;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.store.Documents;
import email.daimon.model.Inbox;
import email.daimon.policy.OwnAddress;
import email.daimon.thread.Subjects;
import email.daimon.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** {@code POST …/messages/{message_id}/reply} and {@code /reply-all} (rules 5.1). */
final class AnswerResource {
  private static final String MESSAGE = "/v1/inboxes/{id}/messages/{message_id}";
  private static final String ELSEWHERE =
      "Mind that Reply-To leads to another organisation than the one that wrote";
  private final Reach reach;
  private final Documents documents;
  private final Conversations conversations;
  private final AttachmentFields attachments;
  private final Posting posting;

  AnswerResource(
      Reach reach,
      Documents documents,
      Conversations conversations,
      AttachmentFields attachments,
      Posting posting) {
    this.reach = requireNonNull(reach, "reach is null");
    this.documents = requireNonNull(documents, "documents is null");
    this.conversations = requireNonNull(conversations, "conversations is null");
    this.attachments = requireNonNull(attachments, "attachments is null");
    this.posting = requireNonNull(posting, "posting is null");
  }

  List<Route> routes() {
    return List.of(
        Route.post(MESSAGE + "/reply", Access.WRITE, request -> answer(request, false)),
        Route.post(MESSAGE + "/reply-all", Access.WRITE, request -> answer(request, true)));
  }

  private Plan answer(Request request, boolean toAll) {
    Inbox inbox = reach.inbox(request);
    Documents.Found found = found(documents, request, inbox);
    Conversation conversation = conversations.answering(found);
    Fields body = request.body();
    LetterFields fields = new LetterFields(request, body);
    Addressees given = fields.addressees();
    fields.needText();
    Conversation.Parent parent = conversation.parent().orElseThrow();
    ReplyRecipients recipients = recipients(inbox, parent, toAll, given);
    List<String> advice = new ArrayList<>();
    Addressees addressees =
        switch (recipients) {
          case ReplyRecipients.Answer(var to, var cc, boolean elsewhere) -> {
            if (elsewhere && given.to().isEmpty()) {
              advice.add(ELSEWHERE);
            }
            yield together(to, cc, given, toAll);
          }
          case ReplyRecipients.Nobody(String reason) -> throw nobody(reason);
        };
    Letter letter =
        fields.letter(
            addressees,
            fields.subject().orElseGet(() -> Subjects.reply(found.message().subject())),
            attachments.read(body, inbox.id(), Optional.of(found.message()), request.now()));
    return posting.plan(
        new Posting.Order(
            request, inbox, letter, conversation, fields.clientId(), advice, Posting.Origin.NONE));
  }

  private static Addressees together(
      List<Mailbox> to, List<Mailbox> cc, Addressees given, boolean toAll) {
    List<Mailbox> allCc = new ArrayList<>(toAll ? cc : List.of());
    allCc.addAll(given.cc());
    return new Addressees(given.to().isEmpty() ? to : given.to(), allCc, given.bcc());
  }

  private static ReplyRecipients recipients(
      Inbox inbox, Conversation.Parent parent, boolean toAll, Addressees given) {
    ReplyRecipients.Parent mail = ParentMail.of(parent);
    try {
      ReplyRecipients found =
          toAll
              ? ReplyRecipients.replyAll(OwnAddress.parse(inbox.address()).orElseThrow(), mail)
              : ReplyRecipients.reply(mail);
      boolean helped = found instanceof ReplyRecipients.Nobody && !parent.fromNobody();
      return helped && !given.to().isEmpty()
          ? new ReplyRecipients.Answer(given.to(), List.of(), false)
          : found;
    } catch (InvalidMailboxException e) {
      throw RecipientFields.needsSmtpUtf8("to", e);
    }
  }

  /** The live message that the path names; else 404. */
  static Documents.Found found(Documents documents, Request request, Inbox inbox) {
    return documents
        .find(inbox.id(), request.path("message_id"))
        .filter(found -> found.message().deletedAt().isEmpty())
        .orElseThrow(MessageResource::noMessage);
  }

  private static ApiException nobody(String reason) {
    return new ApiException(
        ErrorCode.NO_REPLY_ADDRESS, reason, "Send to an address that you know instead.");
  }
}
