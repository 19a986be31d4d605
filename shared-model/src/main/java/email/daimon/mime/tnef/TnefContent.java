package email.daimon.mime.tnef;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a TNEF stream holds.
 *
 * @param text plain text of the mail
 * @param html HTML of the mail
 * @param files in the order of the stream
 */
public record TnefContent(Optional<String> text, Optional<String> html, List<TnefFile> files) {
  /** Files that are taken out of one stream. */
  public static final int MOST_FILES = 500;

  public TnefContent {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(html, "html");
    files = List.copyOf(files);
  }
}
