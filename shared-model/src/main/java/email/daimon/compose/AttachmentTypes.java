package email.daimon.compose;

import email.daimon.DataFile;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Files that SES refuses to carry, by the extension of their name ({@code
 * refused-attachment-types.txt}; Amazon SES developer guide, unsupported attachment types).
 */
public final class AttachmentTypes {
  private static final Set<String> REFUSED =
      Set.copyOf(DataFile.lines(AttachmentTypes.class, "refused-attachment-types.txt"));

  private AttachmentTypes() {}

  /**
   * The extension for which a file is refused, lower case without dot; empty where it may go. Dots
   * and blanks at the end hide nothing, nor do case and forms of other widths.
   */
  public static Optional<String> refused(String filename) {
    String name =
        Normalizer.normalize(OneLine.of(filename), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    int end = name.length();
    while (end > 0 && (name.charAt(end - 1) == '.' || isBlank(name.charAt(end - 1)))) {
      end--;
    }
    String extension = name.substring(name.lastIndexOf('.', end - 1) + 1, end).strip();
    boolean hasDot = extension.length() < end;
    return hasDot && REFUSED.contains(extension) ? Optional.of(extension) : Optional.empty();
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT;
  }
}
