package email.daimon.mime.tnef;

import java.util.Objects;
import java.util.Optional;

/**
 * A file within a TNEF stream: a range of its bytes.
 *
 * @param name as it is written there, not safe; empty where it has none
 * @param contentType as it is written there, or {@code application/octet-stream}
 * @param contentId where the HTML shows it
 * @param start first byte of it in the stream
 * @param end behind its last byte
 */
public record TnefFile(
    Optional<String> name, String contentType, Optional<String> contentId, int start, int end) {
  /** What a mail within the mail comes as. */
  public static final String TNEF = "application/ms-tnef";

  public TnefFile {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(contentType, "contentType");
    Objects.requireNonNull(contentId, "contentId");
    if (start < 0 || end < start) {
      throw new IllegalArgumentException(start + " to " + end);
    }
  }
}
