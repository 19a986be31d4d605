package email.daimon.understand.reply;

import java.util.Arrays;

/**
 * What becomes of the lines once all are known: which quotes stand between answers and stay, what
 * is a signature, and what to do where nothing new was found.
 */
final class Settling {
  private static final int LINES_OF_SIGNATURE = 15;
  private static final int LINES_BELOW_A_PHONE = 3;
  private static final int LINES_OF_FOOTER = 6;
  private static final int SHORTEST_FOOTER_RULE = 12;
  private static final int LONGEST_FOOTER_LINE = 120;

  private final Lines lines;
  private final Part[] parts;
  private final boolean[] attributed;
  private final boolean earlier;
  private final int[] runEnds;
  private final int[] wordsBefore;
  private Rule rule;

  Settling(Lines lines, Part[] parts, boolean[] attributed, Rule rule, boolean earlier) {
    this.lines = lines;
    this.parts = parts;
    this.attributed = attributed;
    this.rule = rule;
    this.earlier = earlier;
    this.runEnds = new int[parts.length];
    this.wordsBefore = new int[parts.length + 1];
    count();
  }

  private void count() {
    for (int i = 0; i < parts.length; i++) {
      wordsBefore[i + 1] = wordsBefore[i] + (parts[i] == Part.BLANK ? 0 : 1);
    }
    int end = parts.length;
    for (int i = parts.length - 1; i >= 0; i--) {
      boolean own = parts[i] == Part.NEW || parts[i] == Part.BLANK;
      end = own ? end : i;
      runEnds[i] = end;
    }
  }

  Reading settle() {
    signatures();
    quotes();
    rules();
    return complete();
  }

  // Signatures.

  private void signatures() {
    Signatures signatures = new Signatures(lines);
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] != Part.NEW) {
        continue;
      }
      if (signatures.isDelimiter(i)) {
        i = delimited(i);
      } else if (isFooter(i)) {
        i = sign(i, runEnd(i), Rule.SIGNATURE);
      } else if (signatures.isSentFrom(i)) {
        i = sentFrom(signatures, i);
      }
    }
  }

  private int delimited(int line) {
    int end = runEnd(line);
    int below = words(line + 1, end);
    boolean exact = lines.text().startsWith("-- ", lines.start(line));
    return below <= LINES_OF_SIGNATURE || exact ? sign(line, end, Rule.SIGNATURE) : line;
  }

  /** A phone writes its line at the end, so that what goes on below it is not the sender's. */
  private int sentFrom(Signatures signatures, int line) {
    int end = runEnd(line);
    int own = line + 1;
    while (own < end && parts[own] != Part.BLANK) {
      own++;
    }
    boolean alone = line == 0 || parts[line - 1] != Part.NEW || own == line + 1;
    int below = words(own, end);
    boolean certain = signatures.namesDevice(line);
    if (!alone || own - line > 4 || (!certain && below > LINES_BELOW_A_PHONE)) {
      return line;
    }
    if (below == 0) {
      return sign(line, end, Rule.SIGNATURE);
    }
    if (!hasNewBefore(line)) {
      return line;
    }
    sign(line, own, Rule.SENT_FROM);
    for (int i = own; i < end; i++) {
      parts[i] = parts[i] == Part.NEW ? Part.HISTORY : parts[i];
    }
    return end - 1;
  }

  /** What stands right below a long line at the end: a signature, or what a mailing list adds. */
  private boolean isFooter(int line) {
    if (!lines.isRule(line)
        || lines.length(line) < SHORTEST_FOOTER_RULE
        || lines.text().charAt(lines.content(line)) != '_') {
      return false;
    }
    int end = runEnd(line);
    int below = words(line + 1, end);
    boolean right = line + 1 < end && !lines.isBlank(line + 1);
    if (!right || end - line > LINES_OF_SIGNATURE || below > LINES_OF_FOOTER) {
      return false;
    }
    for (int i = line + 1; i < end; i++) {
      if (lines.length(i) > LONGEST_FOOTER_LINE) {
        return false;
      }
    }
    return true;
  }

  private int sign(int from, int to, Rule by) {
    rule = rule.equals(Rule.NONE) ? by : rule;
    for (int i = from; i < to; i++) {
      parts[i] = parts[i] == Part.NEW ? Part.SIGNATURE : parts[i];
    }
    return Math.max(from, to - 1);
  }

  /** Where the sender's lines end that a line belongs to. */
  private int runEnd(int line) {
    return runEnds[line];
  }

  private int words(int from, int to) {
    return from >= to ? 0 : wordsBefore[to] - wordsBefore[from];
  }

  private boolean hasNewBefore(int line) {
    for (int i = 0; i < line; i++) {
      if (parts[i] == Part.NEW) {
        return true;
      }
    }
    return false;
  }

  // Quotes.

  /**
   * Quotes stay where answers stand between them. One alone goes where it is known to be earlier
   * mail; a quote that only marks show was chosen by the sender, and goes only from the end.
   */
  private void quotes() {
    int lastNew = parts.length - 1;
    while (lastNew >= 0 && parts[lastNew] != Part.NEW) {
      lastNew--;
    }
    boolean inline = blocks(lastNew) > 1;
    boolean unanswered = !inline && lastNew >= 0 && isQuoteBelow(lastNew);
    boolean cut = false;
    boolean kept = false;
    int at = 0;
    while (at < parts.length) {
      if (parts[at] != Part.QUOTE) {
        at++;
        continue;
      }
      int end = blockEnd(at);
      boolean known = isAttributed(at, end);
      if (end <= lastNew && (inline || unanswered || !known)) {
        kept = true;
        keep(at, end);
      } else {
        cut = true;
      }
      at = end;
    }
    if (kept) {
      rule = rule.equals(Rule.NONE) ? Rule.QUOTE_KEPT : inline || unanswered ? Rule.INLINE : rule;
    } else if (cut && rule.equals(Rule.NONE)) {
      rule = Rule.QUOTE_LINES;
    }
  }

  /** Whether a quote goes on below the last answer; another's farewell does not count. */
  private boolean isQuoteBelow(int line) {
    for (int i = line + 1; i < parts.length; i++) {
      if (parts[i] == Part.QUOTE && !lines.isBlank(i)) {
        return lines.text().charAt(lines.content(i)) != '-' && !lines.isRule(i);
      }
    }
    return false;
  }

  /** How many quotes the sender wrote below. */
  private int blocks(int lastNew) {
    int blocks = 0;
    int at = 0;
    while (at < lastNew) {
      if (parts[at] == Part.QUOTE) {
        blocks++;
        at = blockEnd(at);
      } else {
        at++;
      }
    }
    return blocks;
  }

  /** Behind the last quoted line before the sender's next. */
  private int blockEnd(int start) {
    int end = start + 1;
    for (int i = start; i < parts.length && parts[i] != Part.NEW; i++) {
      end = parts[i] == Part.QUOTE ? i + 1 : end;
    }
    return end;
  }

  private boolean isAttributed(int from, int to) {
    for (int i = from; i < to; i++) {
      if (attributed[i] || parts[i] == Part.ATTRIBUTION) {
        return true;
      }
    }
    return false;
  }

  private void keep(int from, int to) {
    for (int i = from; i < to; i++) {
      parts[i] = parts[i] == Part.QUOTE ? Part.NEW : parts[i];
    }
  }

  /** A rule drawn above what is cut belongs to it. */
  private void rules() {
    boolean cutBelow = false;
    for (int i = parts.length - 1; i >= 0; i--) {
      if (parts[i] == Part.NEW) {
        cutBelow = cutBelow && lines.isRule(i) && lines.depth(i) == 0;
        parts[i] = cutBelow ? Part.HISTORY : Part.NEW;
      } else if (parts[i] != Part.BLANK) {
        cutBelow = true;
      }
    }
  }

  /**
   * Never empty where the sender wrote anything: then a signature or a bare quote is what he says.
   */
  private Reading complete() {
    if (has(Part.NEW)) {
      return new Reading(lines, parts, rule);
    }
    if (earlier || has(Part.FORWARDED) || has(Part.HISTORY)) {
      return new Reading(lines, parts, rule);
    }
    Arrays.fill(parts, Part.NEW);
    return new Reading(lines, parts, Rule.NONE);
  }

  private boolean has(Part part) {
    for (Part one : parts) {
      if (one == part) {
        return true;
      }
    }
    return false;
  }
}
