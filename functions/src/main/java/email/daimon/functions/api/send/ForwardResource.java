package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.compose.ComposeLimits;
import email.daimon.compose.ForwardBody;
import email.daimon.functions.api.Access;
import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Fields;
import email.daimon.functions.api.Plan;
import email.daimon.functions.api.Reach;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.Route;
import email.daimon.functions.store.Documents;
import email.daimon.mime.SafeFileNames;
import email.daimon.model.Attachment;
import email.daimon.model.Direction;
import email.daimon.model.Inbox;
import email.daimon.model.Message;
import email.daimon.policy.Quarantine;
import email.daimon.thread.Subjects;
import email.daimon.wire.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** {@code POST …/messages/{message_id}/forward} (rules 5.2). */
final class ForwardResource {
  private static final String MAIL = "message/rfc822";
  private static final String CALENDAR = "text/calendar";
  // A calendar that is handed on is a file, no invitation to whoever gets it (RFC 6047).
  private static final String CALENDAR_FILE = "application/ics";
  private final Reach reach;
  private final Documents documents;
  private final Conversations conversations;
  private final AttachmentFields attachments;
  private final Posting posting;

  ForwardResource(
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
        Route.post("/v1/inboxes/{id}/messages/{message_id}/forward", Access.WRITE, this::forward));
  }

  private Plan forward(Request request) {
    Inbox inbox = reach.inbox(request);
    Documents.Found found = AnswerResource.found(documents, request, inbox);
    if (Quarantine.holds(found.message())) {
      throw new ApiException(
          ErrorCode.MESSAGE_QUARANTINED,
          "The mail holds a virus: it is not handed on.",
          "Ask the sender for a clean copy.");
    }
    Fields body = request.body();
    LetterFields fields = new LetterFields(request, body);
    Addressees addressees = fields.addressees();
    fields.needTo(addressees);
    boolean withFiles = body.flag("include_attachments").orElse(true);
    boolean whole = asAttachment(body, found.message());
    Conversation conversation =
        body.id("thread_id").isPresent() ? conversations.of(body, inbox.id()) : Conversation.NEW;
    Conversation.Parent original =
        new Conversation.Parent(documents.complete(found), documents.uncut(found));
    List<FileWish> own =
        attachments.read(body, inbox.id(), Optional.of(found.message()), request.now());
    int files = own.size() + (withFiles ? original.message().attachments().size() : 0);
    if (!whole && files > ComposeLimits.FILES) {
      body.problem(
          "include_attachments",
          "makes "
              + files
              + " files, and one mail has at most "
              + ComposeLimits.FILES
              + ": forward as attachment");
    }
    String subject = fields.subject().orElseGet(() -> Subjects.forward(found.message().subject()));
    Letter letter = fields.letter(addressees, subject, own);
    Letter complete =
        whole ? enclosing(letter, found.message()) : quoting(letter, original, withFiles);
    return posting.plan(
        new Posting.Order(
            request,
            inbox,
            complete,
            conversation,
            fields.clientId(),
            List.of(),
            Posting.Origin.NONE));
  }

  private static boolean asAttachment(Fields body, Message message) {
    Optional<String> as = body.text("as");
    if (as.filter(given -> !given.equals("attachment") && !given.equals("inline")).isPresent()) {
      body.problem("as", "is inline or attachment");
    }
    boolean whole = as.equals(Optional.of("attachment"));
    if (whole && message.direction() != Direction.INBOUND) {
      body.problem("as", "is attachment for mail that came in alone");
    }
    return whole;
  }

  private static Letter enclosing(Letter letter, Message message) {
    List<FileWish> files = new ArrayList<>(letter.files());
    files.add(
        new FileWish(
            name(letter.files(), message.id() + ".eml", MAIL),
            MAIL,
            message.size(),
            Optional.empty(),
            false,
            new FileWish.Source.Raw(message.inboxId(), message.id())));
    return letter.with(files);
  }

  private static Letter quoting(Letter letter, Conversation.Parent original, boolean withFiles) {
    ForwardBody body =
        ForwardBody.of(letter.text().orElse(""), letter.html(), ParentMail.original(original));
    List<FileWish> files = new ArrayList<>(letter.files());
    for (Attachment file : original.message().attachments()) {
      boolean shown = shown(file, body.contentIds());
      if (shown || withFiles) {
        AttachmentFields.refuseType(file.filename());
        files.add(handedOn(original.message(), file, shown, files));
      }
    }
    return letter.saying(Optional.of(body.text()), body.html()).with(files);
  }

  private static boolean shown(Attachment file, Set<String> contentIds) {
    return file.contentId()
        .map(id -> id.toLowerCase(Locale.ROOT))
        .filter(contentIds::contains)
        .isPresent();
  }

  private static FileWish handedOn(
      Message message, Attachment file, boolean shown, List<FileWish> before) {
    String type =
        file.contentType().toLowerCase(Locale.ROOT).startsWith(CALENDAR)
            ? CALENDAR_FILE
            : file.contentType();
    return new FileWish(
        name(before, file.filename(), type),
        type,
        file.size(),
        shown ? file.contentId() : Optional.empty(),
        shown,
        new FileWish.Source.Kept(message.id(), file.filename(), file.sha256()));
  }

  private static String name(List<FileWish> before, String wanted, String type) {
    SafeFileNames names = new SafeFileNames();
    before.forEach(file -> names.next(Optional.of(file.filename()), file.contentType(), 0));
    return names.next(Optional.of(wanted), type, before.size());
  }
}
