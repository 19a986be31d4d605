package email.daimon.functions.send;

import static java.util.Objects.requireNonNull;

import email.daimon.compose.ComposeLimits;
import email.daimon.compose.MailComposer;
import email.daimon.compose.Mailbox;
import email.daimon.compose.OutgoingFile;
import email.daimon.compose.OutgoingMail;
import email.daimon.functions.store.Blobs;
import email.daimon.functions.store.Documents;
import email.daimon.model.Attachment;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.Outgoing;
import email.daimon.model.SendRecipient;
import email.daimon.thread.References;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes the bytes of a mail from what was stored of it: once, where it is sent. */
final class Assembly {
  private final Documents documents;
  private final Blobs blobs;

  Assembly(Documents documents, Blobs blobs) {
    this.documents = requireNonNull(documents, "documents is null");
    this.blobs = requireNonNull(blobs, "blobs is null");
  }

  byte[] compose(Documents.Found found, Instant now) throws IOException {
    return MailComposer.bytes(mail(found.message(), documents.uncut(found), now));
  }

  /** Keeps the bytes that are about to leave; those of a later attempt take their place. */
  void keep(Message message, byte[] mail) {
    blobs.keepComposed(message.inboxId(), message.id(), mail);
  }

  private OutgoingMail mail(Message message, MessageDocument document, Instant now) {
    Outgoing way = message.outgoing().orElseThrow();
    Optional<String> parent = document.inReplyTo().stream().findFirst();
    return new OutgoingMail(
        Mailbox.of(message.from(), message.fromName()),
        document.replyTo().stream().map(address -> Mailbox.of(address, "")).toList(),
        mailboxes(way, SendRecipient.Kind.TO),
        mailboxes(way, SendRecipient.Kind.CC),
        message.subject(),
        document.textBody(),
        document.htmlBody(),
        message.attachments().stream().map(file -> file(message.id(), file)).toList(),
        way.sender().headers(),
        message.messageId(),
        now,
        parent,
        References.toSend(way.anchor(), document.references(), parent, ComposeLimits.REFERENCES),
        way.sender().answersAutomatic(),
        way.sender().hop());
  }

  private static List<Mailbox> mailboxes(Outgoing way, SendRecipient.Kind kind) {
    return way.recipients().stream()
        .filter(one -> one.kind() == kind)
        .map(one -> Mailbox.of(one.address(), one.name()))
        .toList();
  }

  private OutgoingFile file(String messageId, Attachment file) {
    return OutgoingFile.asked(
        file.filename(),
        file.contentType(),
        file.size(),
        file.contentId(),
        file.inline(),
        () -> blobs.attachment(messageId, file.filename()));
  }
}
