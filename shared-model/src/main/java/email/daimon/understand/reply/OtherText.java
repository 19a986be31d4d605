package email.daimon.understand.reply;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Plain texts that say what their HTML does not. Nearly every program shows the HTML: what stands
 * in the other alone is read by machines.
 */
final class OtherText {
  private static final int SHORTEST = 3;
  private static final int FEWEST = 8;

  private OtherText() {}

  /** Whether most words of a line of the plain text, and those several, are not shown. */
  static boolean says(String plain, String shown) {
    Set<String> words = new HashSet<>(words(shown, 0, shown.length()));
    int line = 0;
    while (line < plain.length()) {
      int end = plain.indexOf('\n', line);
      end = end < 0 ? plain.length() : end;
      if (plain.charAt(line) != '>') {
        List<String> all = words(plain, line, end);
        long missing = all.stream().filter(word -> !words.contains(word)).count();
        if (all.size() >= FEWEST && 2 * missing > all.size()) {
          return true;
        }
      }
      line = end + 1;
    }
    return false;
  }

  /** Addresses are no words: one text names them where the other links. */
  private static List<String> words(String text, int from, int to) {
    List<String> words = new ArrayList<>();
    int at = from;
    while (at < to) {
      int end = at;
      while (end < to && Character.isLetter(text.charAt(end))) {
        end++;
      }
      if (text.startsWith("://", end) || text.startsWith("@", end)) {
        while (end < to && text.charAt(end) > ' ') {
          end++;
        }
      } else if (end - at >= SHORTEST) {
        words.add(text.substring(at, end).toLowerCase(Locale.ROOT));
      }
      at = Math.max(end, at + 1);
    }
    return words;
  }
}
