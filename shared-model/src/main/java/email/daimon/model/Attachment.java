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
 * @param container name of the file that it was taken out of, such as {@code winmail.dat}
 * @param forwarded what it is about, where it is a mail
 */
public record Attachment(
    String id,
    String filename,
    String contentType,
    long size,
    String sha256,
    Optional<String> contentId,
    boolean inline,
    Optional<String> container,
    Optional<ForwardedMail> forwarded) {
  public Attachment {
    requireNonNull(id, "id is null");
    requireNonNull(filename, "filename is null");
    requireNonNull(contentType, "contentType is null");
    requireNonNull(sha256, "sha256 is null");
    requireNonNull(contentId, "contentId is null");
    requireNonNull(container, "container is null");
    requireNonNull(forwarded, "forwarded is null");
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
        inline,
        container,
        forwarded);
  }

  /** A file that lies in no other and is no mail. */
  public static Attachment plain(
      String id,
      String filename,
      String contentType,
      long size,
      String sha256,
      Optional<String> contentId,
      boolean inline) {
    return new Attachment(
        id,
        filename,
        contentType,
        size,
        sha256,
        contentId,
        inline,
        Optional.empty(),
        Optional.empty());
  }
}
