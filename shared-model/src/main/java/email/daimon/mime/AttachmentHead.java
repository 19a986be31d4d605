package email.daimon.mime;

import java.util.Objects;
import java.util.Optional;

/**
 * What is known of an attachment before its bytes.
 *
 * @param index position among the attachments of the mail, from 0
 * @param filename safe and unique within the mail, never empty ({@link SafeFileNames})
 * @param declaredName the decoded name that the mail gives, unchanged; never use it as a path
 * @param contentType lower case, without parameters, such as {@code image/png}
 * @param contentId without brackets
 * @param inline whether it is meant to be shown within the text (an image of the HTML)
 * @param container name of the attachment that it was taken out of, such as {@code winmail.dat}
 */
public record AttachmentHead(
    int index,
    String filename,
    Optional<String> declaredName,
    String contentType,
    Optional<String> contentId,
    boolean inline,
    Optional<String> container) {
  public AttachmentHead {
    if (index < 0 || filename.isEmpty()) {
      throw new IllegalArgumentException("index " + index + ", filename '" + filename + "'");
    }
    Objects.requireNonNull(declaredName, "declaredName");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(contentId, "contentId");
    Objects.requireNonNull(container, "container");
  }
}
