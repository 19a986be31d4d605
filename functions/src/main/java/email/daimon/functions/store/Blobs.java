package email.daimon.functions.store;

import java.io.InputStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is too large for a table: raw mails, parsed documents, whole texts, attachments. Keys follow
 * from ids, so that work that is done again writes the same bytes to the same key.
 */
public interface Blobs {
  /**
   * The raw mail as SES stored it, to be closed by the caller.
   *
   * @throws BlobMissingException where there is none
   */
  InputStream received(String sesId);

  /** A mail as SES stored it, and when. */
  record Received(String sesId, Instant at) {}

  /** The received mails that SES stored after {@code from} and not after {@code until}. */
  List<Received> receivedWithin(Instant from, Instant until);

  /** Keeps a received mail as the raw form of a message. */
  void keepRaw(String sesId, String inboxId, String messageId);

  /**
   * The raw mail of a message, to be closed by the caller.
   *
   * @throws BlobMissingException where there is none
   */
  InputStream raw(String inboxId, String messageId);

  /** Keeps the bytes of a mail as they are about to be handed to a transport. */
  void keepComposed(String inboxId, String messageId, byte[] mail);

  /** How many bytes the raw mail of a message has; empty where there is none. */
  OptionalLong rawSize(String inboxId, String messageId);

  /** Keeps the compressed document of a message. */
  void keepDocument(String inboxId, String messageId, byte[] compressed);

  /** The compressed document of a message, to be closed by the caller. */
  InputStream document(String inboxId, String messageId);

  /** Keeps a text whole that a reply shows cut. */
  void keepText(String inboxId, String messageId, TextKind kind, String text);

  /** A text that was kept whole, to be closed by the caller. */
  InputStream text(String inboxId, String messageId, TextKind kind);

  /** Keeps an attachment. */
  void keepAttachment(String messageId, String filename, String contentType, Path bytes);

  /** Keeps an attachment that is small enough for memory. */
  void keepAttachment(String messageId, String filename, String contentType, byte[] bytes);

  /** The bytes of an attachment, to be closed by the caller. */
  InputStream attachment(String messageId, String filename);

  /** Keeps an attachment of one message, or of a draft, as one of another, under another name. */
  void copyAttachment(String fromId, String fromName, String toId, String toName);

  /** Keeps the attachment of another message that holds the same mail. */
  void copyAttachment(String fromMessageId, String toMessageId, String filename);

  /** Deletes an attachment; nothing where there is none. */
  void deleteAttachment(String messageId, String filename);

  /** Deletes a document; nothing where there is none. */
  void deleteDocument(String inboxId, String messageId);

  /** A link to the raw mail of a message. */
  Link rawLink(String inboxId, String messageId, Duration valid);

  /** A link to a whole text. */
  Link textLink(String inboxId, String messageId, TextKind kind, Duration valid);

  /**
   * A link to an attachment: always a download, and of a type that no browser runs.
   *
   * @param filename as it was kept
   */
  Link attachmentLink(String messageId, String filename, String contentType, Duration valid);

  /** Which text of a message. */
  enum TextKind {
    TEXT("txt", "text/plain; charset=utf-8"),
    HTML("html", "text/plain; charset=utf-8");

    private final String suffix;
    private final String contentType;

    TextKind(String suffix, String contentType) {
      this.suffix = suffix;
      this.contentType = contentType;
    }

    String suffix() {
      return suffix;
    }

    // HTML of a stranger is shown as the text that it is, never run.
    String contentType() {
      return contentType;
    }
  }

  /** A link that works for everybody who has it, until it expires. */
  record Link(URI url, Instant expiresAt) {}
}
