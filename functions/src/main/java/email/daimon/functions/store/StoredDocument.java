package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.MessageDocument;
import java.util.Set;

/**
 * A parsed document as it is kept: its texts within the bounds of a reply.
 *
 * @param truncated which of {@code text_body}, {@code html_body} and {@code headers} were cut; the
 *     whole texts lie in S3 beside the document
 */
public record StoredDocument(MessageDocument document, Set<String> truncated) {
  public StoredDocument {
    requireNonNull(document, "document is null");
    truncated = Set.copyOf(truncated);
  }

  /** A document that nothing was cut from. */
  public static StoredDocument whole(MessageDocument document) {
    return new StoredDocument(document, Set.of());
  }
}
