package email.daimon.understand.reply;

import java.util.Arrays;

/**
 * The line above a quote that says who wrote it and when, by what it has: in any language, in any
 * order, wrapped over at most four lines.
 */
final class Attribution {
  private static final int LINES = 4;
  private static final int LONGEST = 1_000;
  private static final int LONGEST_WITHOUT_QUOTE = 400;
  private static final int UNKNOWN = -2;
  private static final int NONE = -1;

  private static final int DATE = LineFacts.DATE;
  private static final int TIME = LineFacts.TIME;
  private static final int ADDRESS = LineFacts.ADDRESS;
  private static final int MAILBOX = LineFacts.MAILBOX;
  private static final int WROTE = LineFacts.WROTE;
  private static final int COLON = 1 << 8;
  private static final int QUOTE = 1 << 9;
  private static final int DASHES = 1 << 10;
  private static final int DASHED = 1 << 11;
  private static final int INDENTED = 1 << 12;

  private final Lines lines;
  private final LineFacts facts;
  private final Quotes quotes;
  private final int[] starts;

  /** Which lines are quoted; indented ones are only if a date or an address introduces them. */
  interface Quotes {
    boolean at(int line);

    boolean isIndented(int line);
  }

  Attribution(Lines lines, LineFacts facts, Quotes quotes) {
    this.lines = lines;
    this.facts = facts;
    this.quotes = quotes;
    this.starts = new int[lines.count()];
    Arrays.fill(starts, UNKNOWN);
  }

  /** The line behind an attribution that begins here; 0 where none does. */
  int after(int first) {
    int last = Math.min(lines.count(), first + LINES);
    for (int i = first; i < last; i++) {
      if (lines.isBlank(i) || lines.depth(i) != lines.depth(first)) {
        return 0;
      }
      if (start(i) == first) {
        return i + 1;
      }
    }
    return 0;
  }

  /** Where the attribution begins that ends with a line. */
  private int start(int last) {
    if (starts[last] == UNKNOWN) {
      starts[last] = findStart(last);
    }
    return starts[last];
  }

  private int findStart(int last) {
    int end = endMarks(last);
    if (end == 0) {
      return NONE;
    }
    int found = end;
    int best = NONE;
    int length = 0;
    for (int i = last; i >= 0 && i > last - LINES && goesOn(i, last); i--) {
      length += lines.length(i) + 1;
      if (length > ((end & QUOTE) != 0 ? LONGEST : LONGEST_WITHOUT_QUOTE)) {
        break;
      }
      found |= facts.figures(i) | facts.wrote(i) | (beginsInDashes(i) ? DASHED : 0);
      if (is(found) && (best == NONE || extends_(best, i))) {
        best = i;
      }
      if (best != NONE && (found & DATE) != 0) {
        break;
      }
    }
    return best == NONE ? NONE : withName(best, last, found);
  }

  private boolean goesOn(int line, int last) {
    return !lines.isBlank(line) && lines.depth(line) == lines.depth(last);
  }

  /** A line above belongs to it only for its date. */
  private boolean extends_(int best, int line) {
    return line == best || (facts.figures(line) & DATE) != 0;
  }

  /** A line above may hold the writer's name and address, or the day of the week. */
  private int withName(int best, int last, int found) {
    int above = best - 1;
    if (above < 0 || last - above >= LINES || !goesOn(above, last)) {
      return best;
    }
    char end = lines.text().charAt(lines.end(above) - 1);
    boolean name = (found & ADDRESS) == 0 && (facts.figures(above) & MAILBOX) != 0 && end != '.';
    boolean day = end == ',' && Chars.digit(lines.text().charAt(lines.content(best))) >= 0;
    return (name || day) && lines.length(above) < 100 ? above : best;
  }

  /** What a line must have to be the last of an attribution; 0 where it has not. */
  private int endMarks(int last) {
    int end = lines.end(last);
    if (lines.isBlank(last)) {
      return 0;
    }
    String text = lines.text();
    int at = end - 1;
    while (at > lines.content(last)
        && ("*_".indexOf(text.charAt(at)) >= 0 || Chars.isBlank(text.charAt(at)))) {
      at--;
    }
    int marks = quoteFollows(last);
    if (Chars.isColon(text.charAt(at))) {
      return marks | COLON;
    }
    if (text.startsWith("--", at - 1)) {
      return marks | DASHES;
    }
    boolean dated = (facts.figures(last) & (DATE | TIME | ADDRESS)) != 0;
    if (dated && (marks & QUOTE) != 0) {
      return marks;
    }
    return dated && facts.endsInWrote(last) ? marks | COLON : 0;
  }

  private boolean beginsInDashes(int line) {
    return lines.text().startsWith("--", lines.content(line));
  }

  private int quoteFollows(int line) {
    int next = lines.nextWords(line + 1);
    if (next >= lines.count() || !quotes.at(next) || quotes.at(line)) {
      return 0;
    }
    return quotes.isIndented(next) ? QUOTE | INDENTED : QUOTE;
  }

  private static boolean is(int found) {
    boolean wrote = has(found, WROTE);
    boolean dated = (found & (DATE | TIME)) != 0;
    boolean exact = has(found, DATE | TIME);
    boolean colon = has(found, COLON);
    boolean quote = has(found, QUOTE);
    boolean address = has(found, ADDRESS);
    boolean mailbox = has(found, MAILBOX);
    if (has(found, INDENTED) && !dated && !address) {
      return false;
    }
    if (has(found, DASHES)) {
      return has(found, DASHED) && wrote;
    }
    if (wrote && (colon || quote)) {
      return (dated && (address || quote)) || exact || (colon && (quote || mailbox));
    }
    return (mailbox && dated && colon)
        || (mailbox && has(found, DATE) && quote)
        || (exact && colon && quote);
  }

  private static boolean has(int found, int wanted) {
    return (found & wanted) == wanted;
  }
}
