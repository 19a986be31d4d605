package email.daimon.understand.trust;

/** What stands within quotation marks, and marks drawn around words. */
final class Quotes {
  private static final int QUOTE = 200;
  private static final int WORDS_BEFORE = 8;
  private static final int WORDS_BEHIND = 14;
  private static final String ENDS = ".!?,:;\n{}[]";
  private static final int NAME = 40;
  private static final String FRAME = "-=*#[]<>|_~+—–【】";

  private Quotes() {}

  /** Whether quotation marks were opened before it on its line, and words before those. */
  static boolean within(FoldedText text, int at) {
    int open = opened(text, at);
    return open >= 0
        && !ofData(text, open)
        && (open - lineStart(text, open) >= WORDS_BEFORE || goesOn(text, at));
  }

  /** A value of JSON: {@code "content": "…"}. */
  private static boolean ofData(FoldedText text, int open) {
    int before = open - 1;
    while (before >= 0 && text.at(before) == ' ') {
      before--;
    }
    return before > 0 && text.at(before) == ':' && text.at(before - 1) == '"';
  }

  /** Whether the sentence goes on behind the quotation: it is told of. */
  private static boolean goesOn(FoldedText text, int at) {
    int close = at;
    while (close < text.length() && close - at < QUOTE && !isMark(text.at(close))) {
      if (text.at(close) == '\n') {
        return false;
      }
      close++;
    }
    int letters = 0;
    for (int i = close + 1; i < text.length() && i - close < WORDS_BEHIND; i++) {
      char c = text.at(i);
      if (ENDS.indexOf(c) >= 0) {
        break;
      }
      letters += Character.isLetter(c) ? c >= 0x2e80 ? 3 : 1 : 0;
    }
    return letters >= WORDS_BEFORE;
  }

  /** Whether it stands in the text of a program: {@code NAME = "…"}. */
  static boolean literal(FoldedText text, int at) {
    int open = opened(text, at);
    int before = open - 1;
    while (before >= 0 && text.at(before) == ' ') {
      before--;
    }
    if (open < 0 || before < 1 || text.at(before) != '=') {
      return false;
    }
    before--;
    while (before > 0 && text.at(before) == ' ') {
      before--;
    }
    return Character.isLetterOrDigit(text.at(before)) || text.at(before) == '_';
  }

  /** Whether it stands in marks of any kind, or on a line that quotes: somebody may tell of it. */
  static boolean mayBe(FoldedText text, int at) {
    int line = lineStart(text, at);
    boolean apart = at > 0 && "'(>".indexOf(text.at(at - 1)) >= 0;
    return apart || (line < at && text.at(line) == '>') || opened(text, at) >= 0;
  }

  /** Where the quotation that holds it was opened, or -1. */
  private static int opened(FoldedText text, int at) {
    if (text.firstQuote() >= at) {
      return -1;
    }
    int open = -1;
    int plain = 0;
    int line = at;
    while (line > 0 && at - line < QUOTE && text.at(line - 1) != '\n') {
      line--;
      char c = text.at(line);
      if (!isMark(c)) {
        continue;
      }
      plain += c == '"' || c == '`' || c == '”' ? 1 : 0;
      if (open < 0 && "“„«‹「『".indexOf(c) >= 0) {
        open = line;
      } else if (open < 0 && "»›」』".indexOf(c) >= 0) {
        return -1;
      }
      if (open < 0 && plain == 1 && (c == '"' || c == '`' || c == '”')) {
        open = line;
      }
    }
    return plain % 2 == 1 || (plain == 0 && open >= 0) ? open : -1;
  }

  /** Whether words behind a mark are quoted, where those before it were or were not. */
  static boolean opens(char mark, boolean quoted) {
    return "“„«‹「『".indexOf(mark) >= 0 || ((mark == '"' || mark == '`') && !quoted);
  }

  static boolean isMark(char c) {
    return c < 0x80 ? c == '"' || c == '`' : "“„«‹「『»›」』”".indexOf(c) >= 0;
  }

  private static int lineStart(FoldedText text, int at) {
    int line = at;
    while (line > 0 && at - line < QUOTE && text.at(line - 1) != '\n') {
      line--;
    }
    return line;
  }

  /** {@code --- so ---}, {@code [so]}, {@code ### so}: marks drawn at both ends, or the line's. */
  static boolean framed(FoldedText text, int start, int end) {
    int before = start - 1;
    while (before >= 0 && text.at(before) == ' ') {
      before--;
    }
    if (before < 0 || FRAME.indexOf(text.at(before)) < 0) {
      return false;
    }
    int behind = end;
    while (behind < text.length() && behind - end < NAME) {
      char c = text.at(behind);
      if (c == '\n' || c == ':' || FRAME.indexOf(c) >= 0) {
        return true;
      }
      if (!Character.isLetterOrDigit(c) && c != ' ') {
        return false;
      }
      behind++;
    }
    return behind >= text.length();
  }

  /** Whether a word is the last of its clause. */
  static boolean endsClause(FoldedText text, int end) {
    int at = end;
    while (at < text.length() && at - end < NAME && Character.isLetter(text.at(at))) {
      at++;
    }
    return at >= text.length() || ".,!?;\n)…".indexOf(text.at(at)) >= 0;
  }
}
