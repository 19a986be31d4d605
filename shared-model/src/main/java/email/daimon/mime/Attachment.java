package email.daimon.mime;

import java.util.Objects;
import java.util.Optional;

/**
 * An attachment as it was handed to the {@link AttachmentSink}.
 *
 * @param head what it is called
 * @param size exact number of decoded bytes
 * @param sha256 of the decoded bytes, lower-case hex
 * @param forwarded what a forwarded mail ({@code message/rfc822}) is about
 * @param words the beginning of one that is a text, of an appointment or a card what is written in
 *     it; of HTML with its markup
 */
public record Attachment(
    AttachmentHead head,
    long size,
    String sha256,
    Optional<ForwardedSummary> forwarded,
    Optional<String> words) {
  public Attachment {
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(sha256, "sha256");
    Objects.requireNonNull(forwarded, "forwarded");
    Objects.requireNonNull(words, "words");
    if (size < 0) {
      throw new IllegalArgumentException("size " + size);
    }
  }

  /** See {@link AttachmentHead#index()}. */
  public int index() {
    return head.index();
  }

  /** See {@link AttachmentHead#filename()}. */
  public String filename() {
    return head.filename();
  }

  /** See {@link AttachmentHead#declaredName()}. */
  public Optional<String> declaredName() {
    return head.declaredName();
  }

  /** See {@link AttachmentHead#contentType()}. */
  public String contentType() {
    return head.contentType();
  }

  /** See {@link AttachmentHead#contentId()}. */
  public Optional<String> contentId() {
    return head.contentId();
  }

  /** See {@link AttachmentHead#inline()}. */
  public boolean inline() {
    return head.inline();
  }

  /** See {@link AttachmentHead#container()}. */
  public Optional<String> container() {
    return head.container();
  }
}
