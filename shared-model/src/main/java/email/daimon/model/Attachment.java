package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A file of a message.
 *
 * @param id {@code att_…}; of a mail that is not a message yet, its number there
 * @param filename safe and unique within the message: the last part of its S3 key
 * @param size in bytes, decoded
 * @param sha256 of the decoded bytes, lower-case hex
 * @param contentId without brackets
 * @param inline whether the HTML body shows it
 */
public record Attachment(
    String id,
    String filename,
    String contentType,
    long size,
    String sha256,
    Optional<String> contentId,
    boolean inline) {
  public Attachment {
    requireNonNull(id, "id is null");
    requireNonNull(filename, "filename is null");
    requireNonNull(contentType, "contentType is null");
    requireNonNull(sha256, "sha256 is null");
    requireNonNull(contentId, "contentId is null");
  }

  /** A file of a mail as a file of the message that the mail is in an inbox. */
  public Attachment of(String messageId) {
    return new Attachment(
        Ids.deterministic("att", messageId, id),
        filename,
        contentType,
        size,
        sha256,
        contentId,
        inline);
  }
}
