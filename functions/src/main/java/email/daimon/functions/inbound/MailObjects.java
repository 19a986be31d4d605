package email.daimon.functions.inbound;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.queue.Parallel;
import email.daimon.functions.store.Blobs;
import email.daimon.functions.store.Blobs.TextKind;
import email.daimon.functions.store.DocumentCodec;
import email.daimon.functions.store.DocumentCodec.Packed;
import email.daimon.functions.store.StoredDocument;
import email.daimon.model.Attachment;
import email.daimon.model.Message;
import email.daimon.understand.MailDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * What lies in S3 of one mail. It is written before the rows that name it, to keys that follow from
 * ids, so that a second run writes the same.
 */
final class MailObjects {
  private static final int UPLOADS_AT_A_TIME = 16;

  // A mail may have a thousand.
  private final Semaphore uploads = new Semaphore(UPLOADS_AT_A_TIME);
  private final Blobs blobs;
  private final ReadMail read;
  private final StoredDocument document;
  private final Packed packed;
  private Optional<String> firstWithAttachments = Optional.empty();

  private MailObjects(Blobs blobs, ReadMail read, StoredDocument document) {
    this.blobs = requireNonNull(blobs, "blobs is null");
    this.read = requireNonNull(read, "read is null");
    this.document = document;
    this.packed = DocumentCodec.pack(document);
  }

  /** Makes the document of a mail; where that fails, the mail is closed. */
  static MailObjects of(Blobs blobs, ReadMail read) {
    try {
      boolean virus = Flags.of(read.notification().verdicts()).contains("virus");
      StoredDocument document = virus ? Documents.quarantined() : Documents.of(read);
      return new MailObjects(blobs, read, document);
    } catch (RuntimeException e) {
      read.close();
      throw e;
    }
  }

  Packed packed() {
    return packed;
  }

  /** Writes what belongs to the message; of a mail with a virus, nothing. */
  void write(Message message) {
    if (message.labels().contains("virus")) {
      return;
    }
    String inbox = message.inboxId();
    String id = message.id();
    blobs.keepRaw(read.notification().sesId(), inbox, id);
    packed.whole().ifPresent(whole -> blobs.keepDocument(inbox, id, whole.asByteArrayUnsafe()));
    if (document.truncated().contains("text_body")) {
      blobs.keepText(inbox, id, TextKind.TEXT, read.understanding().textBody());
    }
    if (document.truncated().contains("html_body")) {
      blobs.keepText(inbox, id, TextKind.HTML, read.mail().html().orElseThrow());
    }
    if (!read.mail().attachments().isEmpty()) {
      keepAttachments(id);
    }
  }

  // Uploaded once; for every further inbox S3 copies them. All of them, more than a row may list.
  private synchronized void keepAttachments(String messageId) {
    List<Attachment> files = MailDocument.attachments(read.mail());
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < files.size(); i++) {
      Path bytes = read.files().file(i);
      Attachment file = files.get(i);
      tasks.add(() -> keep(messageId, file, bytes));
    }
    Parallel.run(tasks);
    if (firstWithAttachments.isEmpty()) {
      firstWithAttachments = Optional.of(messageId);
    }
  }

  private void keep(String messageId, Attachment file, Path bytes) {
    uploads.acquireUninterruptibly();
    try {
      if (firstWithAttachments.isPresent()) {
        blobs.copyAttachment(firstWithAttachments.get(), messageId, file.filename());
      } else {
        blobs.keepAttachment(messageId, file.filename(), file.contentType(), bytes);
      }
    } finally {
      uploads.release();
    }
  }
}
