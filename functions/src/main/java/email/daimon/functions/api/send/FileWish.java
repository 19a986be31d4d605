package email.daimon.functions.api.send;

import email.daimon.functions.store.Upload;
import java.util.Optional;
import software.amazon.awssdk.core.SdkBytes;

/**
 * A file that a mail is to have.
 *
 * @param filename safe and unique within the mail
 * @param contentId without brackets
 */
record FileWish(
    String filename,
    String contentType,
    long size,
    Optional<String> contentId,
    boolean inline,
    Source source) {
  /** Where its bytes are. */
  sealed interface Source {
    /** In the request. */
    record Sent(SdkBytes bytes) implements Source {}

    /** Put up before. */
    record PutUp(Upload upload) implements Source {}

    /**
     * Kept already.
     *
     * @param owner the message or draft that has it
     */
    record Kept(String owner, String filename, String sha256) implements Source {}

    /** A whole mail as it came in. */
    record Raw(String inboxId, String messageId) implements Source {}
  }
}
