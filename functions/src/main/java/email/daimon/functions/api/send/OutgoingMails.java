package email.daimon.functions.api.send;

import static java.util.Objects.requireNonNull;

import email.daimon.compose.HeaderRefusedException;
import email.daimon.compose.MailComposer;
import email.daimon.compose.Mailbox;
import email.daimon.compose.OutgoingFile;
import email.daimon.compose.OutgoingMail;
import email.daimon.functions.store.Blobs;
import email.daimon.functions.store.Blobs.TextKind;
import email.daimon.functions.store.DocumentCodec;
import email.daimon.functions.store.SendQuota.Exhausted;
import email.daimon.functions.store.SendQuota.Need;
import email.daimon.functions.store.Sends;
import email.daimon.functions.store.Sends.Submitted;
import email.daimon.functions.store.StoredDocument;
import email.daimon.functions.store.Submission;
import email.daimon.functions.store.UnitOfWork;
import email.daimon.model.Account;
import email.daimon.model.Attachment;
import email.daimon.model.Inbox;
import email.daimon.model.Message;
import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.Counted;
import email.daimon.model.Outgoing.Extras;
import email.daimon.model.Suppression;
import email.daimon.understand.Understanding;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Makes of a letter the message that is stored, with everything it is later composed from. */
final class OutgoingMails {
  private static final int ADDRESSES = 10;
  private final Blobs blobs;
  private final OutgoingFiles files;
  private final Sends sends;
  private final SendGates gates;

  OutgoingMails(Blobs blobs, OutgoingFiles files, Sends sends, SendGates gates) {
    this.blobs = requireNonNull(blobs, "blobs is null");
    this.files = requireNonNull(files, "files is null");
    this.sends = requireNonNull(sends, "sends is null");
    this.gates = requireNonNull(gates, "gates is null");
  }

  /**
   * What follows from a letter alone.
   *
   * @param size of the mail when it is composed, or a few bytes more
   */
  record Ready(Understanding texts, long size) {}

  /** A letter of an inbox under the name that its message will have. */
  record Mail(
      String id,
      Account account,
      Inbox inbox,
      Letter letter,
      Ready ready,
      Conversation conversation,
      Instant now) {}

  /**
   * Looks whether anything is in the mail's way, keeps its objects, then stores it.
   *
   * @param need its part of the quota; empty for one that is scheduled
   * @param suppressed throws where one of its recipients is suppressed
   * @param also adds what has to be true with it, for each attempt anew
   */
  Submitted submit(
      Mail mail,
      Optional<Need> need,
      Consumer<List<Suppression>> suppressed,
      BiConsumer<UnitOfWork, Message> also) {
    List<Submission> made = new ArrayList<>(1);
    Submission.Ask ask =
        new Submission.Ask(
            mail.account,
            mail.inbox.id(),
            mail.conversation.threadId(),
            mail.letter.addressees().keys());
    Submitted submitted =
        sends.submit(
            ask,
            found -> {
              suppressed.accept(found);
              made.add(submission(mail, need, also));
              return made.getFirst();
            });
    if (submitted instanceof Submitted.NothingLeft(Exhausted limit) && mayWait(mail, limit)) {
      Instant tomorrow = SendRefusals.nextDay(mail.now);
      return sends.submit(ask, _ -> made.getFirst().scheduled(tomorrow));
    }
    return submitted;
  }

  private static boolean mayWait(Mail mail, Exhausted limit) {
    return limit.which().ofDay()
        && mail.letter.conditions().waitsForQuota()
        && mail.letter.addressees().count() <= limit.most();
  }

  private Submission submission(
      Mail mail, Optional<Need> need, BiConsumer<UnitOfWork, Message> also) {
    Understanding texts = mail.ready.texts();
    StoredDocument document = OutgoingDocument.of(mail.letter, texts, mail.conversation);
    DocumentCodec.Packed packed = DocumentCodec.pack(document);
    List<Attachment> attachments = files.keep(mail.id, mail.letter.files());
    keep(mail, texts, document, packed);
    return new Submission(
        mail.account,
        message(mail, texts, attachments, way(mail, need.map(Need::counted))),
        mail.conversation.threadId(),
        mail.inbox.domain(),
        packed.beside(),
        need,
        also);
  }

  private void keep(
      Mail mail, Understanding texts, StoredDocument document, DocumentCodec.Packed packed) {
    String inboxId = mail.inbox.id();
    packed
        .whole()
        .ifPresent(whole -> blobs.keepDocument(inboxId, mail.id, whole.asByteArrayUnsafe()));
    if (document.truncated().contains("text_body")) {
      blobs.keepText(inboxId, mail.id, TextKind.TEXT, texts.textBody());
    }
    if (document.truncated().contains("html_body")) {
      blobs.keepText(inboxId, mail.id, TextKind.HTML, mail.letter.html().orElseThrow());
    }
  }

  private Outgoing way(Mail mail, Optional<Counted> counted) {
    Instant atOnce = gates.parked() ? Sends.PARKED : mail.now.plus(Sends.UNTIL_SWEPT);
    Optional<Instant> sendAt = mail.letter.sendAt();
    return Outgoing.asked(
        mail.letter.addressees().recipients(mail.now),
        sendAt.orElse(atOnce),
        sendAt,
        new Extras(
            mail.letter.headers(), mail.conversation.nextHop(), mail.conversation.automatic()),
        mail.letter.conditions(),
        counted);
  }

  private static Message message(
      Mail mail, Understanding texts, List<Attachment> attachments, Outgoing way) {
    Addressees addressees = mail.letter.addressees();
    return Message.toSend(
        mail.id,
        mail.inbox,
        first(addressees.to()),
        first(addressees.cc()),
        mail.letter.subject(),
        texts.preview(),
        attachments,
        mail.ready.size(),
        way,
        mail.now);
  }

  private static List<String> first(List<Mailbox> all) {
    return all.stream().map(Mailbox::address).limit(ADDRESSES).toList();
  }

  /** Reads a letter's texts, and how large its mail will be. */
  static Ready ready(Inbox inbox, Letter letter, Instant now) {
    Understanding texts =
        Understanding.ofOutgoing(letter.text().filter(text -> !text.isBlank()), letter.html());
    return new Ready(texts, size(inbox, letter, texts, now));
  }

  private static long size(Inbox inbox, Letter letter, Understanding texts, Instant now) {
    List<OutgoingFile> files =
        letter.files().stream()
            .map(file ->
                OutgoingFile.asked(
                    file.filename(),
                    file.contentType(),
                    file.size(),
                    file.contentId(),
                    file.inline(),
                    InputStream::nullInputStream))
            .toList();
    try {
      return MailComposer.sizeAtMost(
          new OutgoingMail(
              Mailbox.of(inbox.address(), inbox.displayName().orElse("")),
              letter.replyTo(),
              letter.addressees().to(),
              letter.addressees().cc(),
              letter.subject(),
              texts.textBody(),
              letter.html(),
              files,
              letter.headers(),
              "<size@" + inbox.domain() + ">",
              now,
              Optional.empty(),
              List.of(),
              false,
              0));
    } catch (HeaderRefusedException _) {
      // named among the problems already
      return 0;
    }
  }
}
