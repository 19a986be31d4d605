package email.daimon.understand.reply;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a line has that the line above a quote has. Each line is looked at once. */
final class LineFacts {
  /** A year, or a date in figures. */
  static final int DATE = 1;

  static final int TIME = 2;
  static final int ADDRESS = 4;

  /** An address in angles, brackets or parentheses. */
  static final int MAILBOX = 8;

  static final int WROTE = 16;

  private static final int SEEN = 1 << 30;
  private static final int LONGEST = 1_000;
  private static final int LONGEST_WORD = 16;

  /** As of {@code napsal(a)}. */
  private static final int LONGEST_ENDING = 6;

  private static final Set<String> WORDS = new HashSet<>(Vocabulary.of("wrote.txt", "word"));
  private static final List<String> INSIDE = Vocabulary.of("wrote.txt", "inside");

  private final Lines lines;
  private final int[] figures;
  private final int[] wrote;

  LineFacts(Lines lines) {
    this.lines = lines;
    this.figures = new int[lines.count()];
    this.wrote = new int[lines.count()];
  }

  /** Of {@link #DATE}, {@link #TIME}, {@link #ADDRESS}, {@link #MAILBOX}. */
  int figures(int line) {
    if (figures[line] == 0) {
      figures[line] = SEEN | figures(lines.text(), lines.content(line), end(line));
    }
    return figures[line] & ~SEEN;
  }

  /** {@link #WROTE} or nothing. */
  int wrote(int line) {
    if (wrote[line] == 0) {
      wrote[line] = SEEN | (wrote(lines.text(), lines.content(line), end(line)) ? WROTE : 0);
    }
    return wrote[line] & ~SEEN;
  }

  private int end(int line) {
    return Math.min(lines.end(line), lines.content(line) + LONGEST);
  }

  /** Whether the line's last word says that somebody wrote. */
  boolean endsInWrote(int line) {
    return wrote(line) != 0 && endsInWrote(lines.text(), lines.content(line), end(line));
  }

  private static boolean endsInWrote(String text, int start, int lineEnd) {
    int end = lineEnd;
    int bracket = text.lastIndexOf('(', end - 1);
    if (bracket > start && end - bracket <= LONGEST_ENDING && text.charAt(end - 1) == ')') {
      end = bracket;
    }
    while (end > start && !Chars.isWord(text.charAt(end - 1))) {
      end--;
    }
    int word = end;
    while (word > start && word > end - LONGEST_WORD && Chars.isWord(text.charAt(word - 1))) {
      word--;
    }
    String last = text.substring(word, end).toLowerCase(Locale.ROOT);
    return WORDS.contains(last) || INSIDE.stream().anyMatch(last::endsWith);
  }

  static int figures(String text, int start, int end) {
    int facts = 0;
    for (int i = start; i < end; i++) {
      char c = text.charAt(i);
      if (c == '@') {
        facts |= address(text, start, i, end);
      } else if (Chars.digit(c) >= 0) {
        int runEnd = i + 1;
        while (runEnd < end && Chars.digit(text.charAt(runEnd)) >= 0) {
          runEnd++;
        }
        facts |= number(text, i, runEnd, end);
        i = runEnd - 1;
      }
    }
    return facts;
  }

  private static int address(String text, int start, int at, int end) {
    if (at == start || at + 1 >= end) {
      return 0;
    }
    if (isAtom(text.charAt(at - 1)) && isAtom(text.charAt(at + 1))) {
      int after = at + 1;
      int most = Math.min(end, at + 256);
      boolean dot = false;
      while (after < most && isAtom(text.charAt(after))) {
        dot |= text.charAt(after) == '.';
        after++;
      }
      if (dot || (after < end && text.charAt(after) == '>')) {
        boolean closed = after < end && ">)]".indexOf(text.charAt(after)) >= 0;
        return closed ? ADDRESS | MAILBOX : ADDRESS;
      }
    }
    return 0;
  }

  private static boolean isAtom(char c) {
    return Chars.isWord(c) || "-_.+~!#$%&'*/=?^`{|}".indexOf(c) >= 0;
  }

  /** A run of digits may be a year, or begin a date or a time of day. */
  private static int number(String text, int start, int runEnd, int end) {
    int length = runEnd - start;
    if (length == 4) {
      int century = Chars.digit(text.charAt(start)) * 10 + Chars.digit(text.charAt(start + 1));
      boolean year =
          century == 19 || century == 20 || century == 25 || century == 13 || century == 14;
      boolean own = start == 0 || !joins(text.charAt(start - 1));
      return year && own && (runEnd == end || !joins(text.charAt(runEnd))) ? DATE : 0;
    }
    if (length > 2 || runEnd >= end) {
      return 0;
    }
    char sign = text.charAt(runEnd);
    if (sign == '時' || sign == '时' || sign == '시' || sign == '點' || sign == '点') {
      return TIME;
    }
    int next = digits(text, runEnd + 1, end);
    if (next == 0) {
      return 0;
    }
    int behind = runEnd + 1 + next;
    char second = behind < end ? text.charAt(behind) : ' ';
    if ((sign == '.' || sign == '/' || sign == '-')
        && next <= 2
        && second == sign
        && digits(text, behind + 1, end) >= 2) {
      return DATE;
    }
    boolean clock = sign == ':' || sign == 'h' || sign == '.' || sign == '：' || sign == 'H';
    boolean ends = second != sign || sign == ':';
    return clock && next == 2 && ends && (start == 0 || text.charAt(start - 1) != '.') ? TIME : 0;
  }

  private static boolean joins(char c) {
    return c == '@' || c == '_' || (c < 0x80 && Character.isLetter(c));
  }

  private static int digits(String text, int start, int end) {
    int at = start;
    while (at < end && at < start + 4 && Chars.digit(text.charAt(at)) >= 0) {
      at++;
    }
    return Math.max(0, at - start);
  }

  static boolean wrote(String text, int start, int end) {
    int word = start;
    boolean foreign = false;
    for (int i = start; i <= end; i++) {
      if (i < end && Chars.isWord(text.charAt(i))) {
        foreign |= text.charAt(i) >= 0x900;
        continue;
      }
      if (i - word >= 3
          && i - word <= 16
          && WORDS.contains(text.substring(word, i).toLowerCase(Locale.ROOT))) {
        return true;
      }
      word = i + 1;
    }
    return foreign && hasInside(text.substring(start, end));
  }

  private static boolean hasInside(String words) {
    for (String word : INSIDE) {
      if (words.contains(word)) {
        return true;
      }
    }
    return false;
  }
}
