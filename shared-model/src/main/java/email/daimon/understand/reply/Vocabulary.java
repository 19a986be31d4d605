package email.daimon.understand.reply;

import email.daimon.DataFile;
import java.util.List;
import java.util.Locale;

/** Words of mail programs, from the data files beside this class. */
final class Vocabulary {
  private Vocabulary() {}

  /** The entries of a file, without comments. */
  static List<String> of(String file) {
    return DataFile.lines(Vocabulary.class, file);
  }

  /** The entries of one kind: what stands behind the kind and a blank. */
  static List<String> of(String file, String kind) {
    return of(file).stream()
        .filter(entry -> entry.startsWith(kind + " "))
        .map(entry -> entry.substring(kind.length() + 1))
        .toList();
  }

  /** Words alone: lower case, one blank between them, nothing drawn around them. */
  static String words(CharSequence text) {
    StringBuilder words = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Chars.isWord(c)) {
        if (gap && !words.isEmpty()) {
          words.append(' ');
        }
        gap = false;
        words.append(c);
      } else if (!Chars.isInvisible(c)) {
        gap = true;
      }
    }
    return words.toString().toLowerCase(Locale.ROOT);
  }
}
