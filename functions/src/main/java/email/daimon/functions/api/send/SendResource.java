package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.DaimonException;
import email.daimon.functions.api.Access;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Fields;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.api.send.Conversation.Parent;
import email.daimon.functions.store.Draft;
import email.daimon.functions.store.Drafts;
import email.daimon.functions.store.UnitOfWork;
import email.daimon.model.Attachment;
import email.daimon.model.Inbox;
import email.daimon.model.Message;
import email.daimon.thread.Subjects;
import email.daimon.wire.ErrorCode;
import email.daimon.wire.Json;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code POST /v1/inboxes/{id}/send}, and drafts when they are sent. */
final class SendResource {
  private final Reach reach;
  private final Conversations conversations;
  private final AttachmentFields attachments;
  private final Drafts drafts;
  private final Posting posting;

  SendResource(
      Reach reach,
      Conversations conversations,
      AttachmentFields attachments,
      Drafts drafts,
      Posting posting) {
    this.reach = requireNonNull(reach, "reach is null");
    this.conversations = requireNonNull(conversations, "conversations is null");
    this.attachments = requireNonNull(attachments, "attachments is null");
    this.drafts = requireNonNull(drafts, "drafts is null");
    this.posting = requireNonNull(posting, "posting is null");
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/inboxes/{id}/send", Access.WRITE, this::send));
  }

  private Plan send(Request request) {
    Inbox inbox = reach.inbox(request);
    Optional<Draft> draft =
        request.body().id("draft_id").map(id -> DraftResource.any(drafts, inbox, id));
    return plan(request, inbox, draft, Optional.empty());
  }

  /** What is left to do of a request to send a draft, which is gone when it is sent. */
  Plan plan(Request request, Inbox inbox, Draft draft) {
    return plan(request, inbox, Optional.of(draft), Optional.empty());
  }

  /**
   * As that, of a draft whose time has come.
   *
   * @param unless told the thread that the mail goes into, throws where it is no longer to be sent;
   *     asked for each attempt to commit
   */
  Plan planDue(Request request, Inbox inbox, Draft draft, Consumer<String> unless) {
    return plan(request, inbox, Optional.of(draft), Optional.of(unless));
  }

  private Plan plan(
      Request request, Inbox inbox, Optional<Draft> draft, Optional<Consumer<String>> unless) {
    if (draft.filter(one -> one.sent().isPresent()).isPresent()) {
      request.takeAnything();
      return Plan.of(() -> {
        throw alreadySent(draft.get());
      });
    }
    Fields body =
        draft
            .map(one -> request.bodyOver(DraftContent.beneath(one, request.body().sent())))
            .orElseGet(request::body);
    body.id("draft_id");
    LetterFields fields = new LetterFields(request, body);
    Conversation conversation = conversations.of(body, inbox.id());
    Letter letter = letter(request, body, fields, inbox, conversation);
    if (draft.isPresent() && !request.body().has("attachments")) {
      letter =
          letter.with(draft.get().files().stream().map(one -> file(draft.get(), one)).toList());
    }
    return posting.plan(
        new Posting.Order(
            request,
            inbox,
            letter,
            conversation,
            fields.clientId(),
            List.of(),
            draft
                .<Posting.Origin>map(one -> new OfDraft(one, unless, request.now()))
                .orElse(Posting.Origin.NONE)));
  }

  /** A mail that is made of a revision of a draft, which is gone when it is stored. */
  private final class OfDraft implements Posting.Origin {
    private final Draft draft;
    private final Optional<Consumer<String>> unless;
    private final Instant now;

    OfDraft(Draft draft, Optional<Consumer<String>> unless, Instant now) {
      this.draft = draft;
      this.unless = unless;
      this.now = now;
    }

    // Read for each attempt to commit: whoever was faster has changed or sent it.
    @Override
    public void with(UnitOfWork work, Message message) {
      gone()
          .ifPresent(refusal -> {
            throw refusal;
          });
      unless.ifPresent(one -> one.accept(message.threadId()));
      drafts.sent(work, draft, message, now);
    }

    @Override
    public boolean isDue() {
      return unless.isPresent();
    }

    @Override
    public void stored() {
      drafts.forget(draft);
    }

    @Override
    public Optional<DaimonException> gone() {
      Draft present = drafts.find(draft.inboxId(), draft.id()).orElseThrow(DraftResource::changed);
      if (present.sent().isPresent()) {
        return Optional.of(alreadySent(present));
      }
      return present.revision() == draft.revision()
          ? Optional.empty()
          : Optional.of(DraftResource.changed());
    }
  }

  private static ApiException alreadySent(Draft draft) {
    String id = draft.sent().orElseThrow().id();
    return new ApiException(
            ErrorCode.DRAFT_ALREADY_SENT,
            "The draft has been sent, as " + id + ".",
            "Read the message to see what became of it.")
        .with("message_id", Json.object().textNode(id))
        .next("Read it with GET /v1/inboxes/" + draft.inboxId() + "/messages/" + id);
  }

  private static FileWish file(Draft draft, Attachment file) {
    return new FileWish(
        file.filename(),
        file.contentType(),
        file.size(),
        file.contentId(),
        file.inline(),
        new FileWish.Source.Kept(draft.filesOwner(), file.filename(), file.sha256()));
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
