package email.daimon.functions.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Blobs.TextKind;
import email.daimon.model.ListForm;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.MessageKey;
import email.daimon.policy.Quarantine;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads one message with what was understood of it: from beside its row, else from S3. */
public final class Documents {
  private final Table mail;
  private final ThreadReads threads;
  private final Blobs blobs;

  public Documents(Table mail, Blobs blobs) {
    this.mail = requireNonNull(mail, "mail is null");
    this.threads = new ThreadReads(mail);
    this.blobs = requireNonNull(blobs, "blobs is null");
  }

  /**
   * A message that was found.
   *
   * @param beside what lies beside its row; empty for one that came in without a document
   */
  public record Found(Message message, Optional<Item> beside) {
    /** What a list shows of it. */
    public ListForm listForm() {
      return beside.map(DocumentCodec::listForm).orElse(ListForm.EMPTY);
    }
  }

  /**
   * A message by its id, deleted ones included, as its thread makes it: deleted with it, or in the
   * thread that it was merged into.
   */
  public Optional<Found> find(String inboxId, String messageId) {
    return mail.get(Keys.inbox(inboxId), Keys.name(messageId))
        .map(NameCodec::key)
        .flatMap(key -> find(inboxId, key));
  }

  /** The same by its key, where that is known: one read less. */
  public Optional<Found> find(String inboxId, MessageKey key) {
    return rows(Keys.inbox(inboxId), key)
        .map(found -> new Found(inItsThread(found.message()), found.beside()));
  }

  /** The whole document of a message; an empty one of quarantined mail. */
  public StoredDocument document(Found found) {
    if (found.beside().isEmpty() || Quarantine.holds(found.message())) {
      return StoredDocument.NOTHING;
    }
    return DocumentCodec.document(found.beside().get()).orElseGet(() -> whole(found.message()));
  }

  /** Messages of an inbox with what lies beside their rows, in their order: one batch. */
  public List<Found> found(String inboxId, List<Message> messages) {
    String inbox = Keys.inbox(inboxId);
    Map<String, Item> beside = new HashMap<>();
    mail.getAll(messages.stream().map(row -> Item.key(inbox, Keys.body(row.key()))).toList())
        .forEach(item -> beside.put(item.text("sk"), item));
    return messages.stream()
        .map(row -> new Found(row, Optional.ofNullable(beside.get(Keys.body(row.key())))))
        .toList();
  }

  /** The document of a message, where it lies beside the row and no object needs to be read. */
  public Optional<StoredDocument> atHand(Found found) {
    return found
        .beside()
        .filter(_ -> !Quarantine.holds(found.message()))
        .flatMap(DocumentCodec::document);
  }

  /** The message with all its attachments: its row lists as many as fit. */
  public Message complete(Found found) {
    Message row = found.message();
    return row.warnings().contains(Message.ATTACHMENTS_TRUNCATED)
        ? document(found).complete(row)
        : row;
  }

  /** The document of a message with whole texts, also those that a reply shows cut. */
  public MessageDocument uncut(Found found) {
    StoredDocument stored = document(found);
    MessageDocument document = stored.document();
    if (!stored.truncated().contains("text_body") && !stored.truncated().contains("html_body")) {
      return document;
    }
    Message message = found.message();
    return new MessageDocument(
        stored.truncated().contains("text_body")
            ? text(message, TextKind.TEXT)
            : document.textBody(),
        document.textFrom(),
        stored.truncated().contains("html_body")
            ? Optional.of(text(message, TextKind.HTML))
            : document.htmlBody(),
        document.replyBody(),
        document.links(),
        document.ctaLinks(),
        document.headers(),
        document.recipients(),
        document.replyTo(),
        document.inReplyTo(),
        document.references(),
        document.findings(),
        document.authentication());
  }

  private String text(Message message, TextKind kind) {
    try (InputStream text = blobs.text(message.inboxId(), message.id(), kind)) {
      return new String(text.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("a text of " + message.id(), e);
    }
  }

  private StoredDocument whole(Message message) {
    try (InputStream compressed = blobs.document(message.inboxId(), message.id())) {
      return DocumentCodec.unpack(compressed);
    } catch (IOException e) {
      throw new UncheckedIOException("the document of " + message.id(), e);
    }
  }

  private Optional<Found> rows(String inbox, MessageKey key) {
    List<Item> items =
        mail.getAll(List.of(Item.key(inbox, Keys.message(key)), Item.key(inbox, Keys.body(key))));
    Optional<Item> row =
        items.stream().filter(item -> item.text("sk").equals(Keys.message(key))).findFirst();
    Optional<Item> beside =
        items.stream().filter(item -> item.text("sk").equals(Keys.body(key))).findFirst();
    return row.map(item -> new Found(MessageCodec.message(item), beside));
  }

  private Message inItsThread(Message message) {
    Optional<MailThread> thread = threads.surviving(message.inboxId(), message.threadId());
    if (thread.isEmpty()) {
      return message;
    }
    Message placed = message.placed(message.key().inboxTime(), thread.get().id());
    return placed.deletedAt().isEmpty() && thread.get().deletedAt().isPresent()
        ? placed.deleted(thread.get().deletedAt().get())
        : placed;
  }
}
