package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Attachment;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import java.util.List;
import java.util.Set;

/**
 * A parsed document as it is kept: its texts within the bounds of a reply.
 *
 * @param truncated which of {@code text_body}, {@code html_body} and {@code headers} were cut; the
 *     whole texts lie in S3 beside the document
 * @param files all attachments by their numbers in the mail, where a row cannot list them all; else
 *     none
 */
public record StoredDocument(
    MessageDocument document, Set<String> truncated, List<Attachment> files) {
  /** Of a mail that nothing is known of, or may be shown of. */
  public static final StoredDocument NOTHING = whole(MessageDocument.EMPTY);

  public StoredDocument {
    requireNonNull(document, "document is null");
    truncated = Set.copyOf(truncated);
    files = List.copyOf(files);
  }

  public StoredDocument(MessageDocument document, Set<String> truncated) {
    this(document, truncated, List.of());
  }

  /** A message with all its attachments. */
  public Message complete(Message row) {
    return files.isEmpty()
        ? row
        : row.withAllAttachments(files.stream().map(file -> file.of(row.id())).toList());
  }

  /** A document that nothing was cut from. */
  public static StoredDocument whole(MessageDocument document) {
    return new StoredDocument(document, Set.of());
  }
}
