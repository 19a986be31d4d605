package email.daimon.understand.reply;

import java.util.List;

/** Attributions that stand on the line of the sender's last words: {@code Yes. On 1 Nov 2026 …}. */
final class SharedLine {
  private static final int LONGEST = 1_000;
  private static final List<String> STARTS =
      Vocabulary.of("attribution_starts.txt").stream().map(start -> start + " ").toList();

  private SharedLine() {}

  /** Where the attribution begins in a line that has words before it; 0 where none does. */
  static int attribution(String text, int start, int lineEnd) {
    int end = lineEnd;
    while (end > start && Chars.isBlank(text.charAt(end - 1))) {
      end--;
    }
    if (end - start < 20 || end - start > LONGEST || !Chars.isColon(text.charAt(end - 1))) {
      return 0;
    }
    for (String word : STARTS) {
      int at = text.indexOf(word, start + 1, end);
      if (at > start && isBegun(text, start, at, end)) {
        return rule(text, start, at);
      }
    }
    return 0;
  }

  private static boolean isBegun(String text, int start, int at, int end) {
    char before = text.charAt(at - 1);
    if (before != '-' && !Chars.isBlank(before)) {
      return false;
    }
    int words = start;
    while (words < at && !Character.isLetter(text.charAt(words))) {
      words++;
    }
    if (words == at || text.charAt(start) == '>') {
      return false;
    }
    int figures = LineFacts.figures(text, at, end);
    boolean dated = (figures & LineFacts.DATE) != 0 && (figures & LineFacts.TIME) != 0;
    boolean undated = LineFacts.figures(text, start, at) == 0;
    return dated && undated && LineFacts.wrote(text, at, end);
  }

  /** A rule drawn before it belongs to it. */
  private static int rule(String text, int start, int at) {
    int begun = at;
    while (begun > start
        && (text.charAt(begun - 1) == '-' || Chars.isSpace(text.charAt(begun - 1)))) {
      begun--;
    }
    return begun;
  }
}
