package email.daimon.understand.reply;

import email.daimon.understand.reply.HtmlMarks.Kind;
import email.daimon.understand.reply.HtmlMarks.Mark;
import java.util.Arrays;
import java.util.List;

/**
 * A text divided line by line, from the top: what its sender wrote, what is earlier mail, what is a
 * signature. Time is linear in its bounded beginning.
 */
final class Division implements Attribution.Quotes {
  private final Lines lines;
  private final Structure structure;
  private final LineFacts facts;
  private final HeaderBlock headers;
  private final Divider dividers;
  private final Attribution attributions;
  private final Part[] parts;

  /** Quotes of which it is said, or known from their mark, that they are earlier mail. */
  private final boolean[] attributed;

  /** Whether the subject says that the mail passes on another. */
  private final boolean passedOn;

  private Rule rule = Rule.NONE;
  private boolean announced;
  private boolean forwards;

  /** Whether anything says of whom or when a quote is; a bare one may be all that is meant. */
  private boolean earlier;

  private Division(Lines lines, Structure structure, boolean passedOn) {
    this.passedOn = passedOn;
    this.lines = lines;
    this.structure = structure;
    this.facts = new LineFacts(lines);
    this.headers = new HeaderBlock(lines, facts);
    this.dividers = new Divider(lines, headers);
    this.attributions = new Attribution(lines, facts, this);
    this.parts = new Part[lines.count()];
    this.attributed = new boolean[lines.count()];
    Arrays.fill(parts, Part.NEW);
  }

  /** Divides a text, by the marks of its HTML where it has any. */
  static Reading of(String text, List<Mark> marks, boolean passedOn) {
    Lines lines = Lines.of(text);
    Division division = new Division(lines, new Structure(lines, marks), passedOn);
    division.read();
    division.join();
    return new Settling(lines, division.parts, division.attributed, division.rule, division.earlier)
        .settle();
  }

  @Override
  public boolean at(int line) {
    return lines.depth(line) > 0 || structure.is(line, Kind.QUOTE) || isIndented(line);
  }

  @Override
  public boolean isIndented(int line) {
    return lines.depth(line) == 0
        && (structure.is(line, Kind.INDENTED)
            || structure.is(line, Kind.BARRED)
            || lines.isBarred(line));
  }

  private void read() {
    int at = 0;
    while (at < lines.count()) {
      at = read(at);
    }
  }

  /** The line behind what was read. */
  private int read(int line) {
    if (lines.isBlank(line) && lines.depth(line) == 0) {
      parts[line] = Part.BLANK;
      return line + 1;
    }
    Mark mark = structure.at(line);
    if (mark != null && mark.kind() != Kind.INDENTED && mark.kind() != Kind.BARRED) {
      return marked(line, mark);
    }
    if (at(line)) {
      return quoted(line);
    }
    int after = history(line);
    if (after == 0) {
      announced = false;
      return line + 1;
    }
    return after;
  }

  private int marked(int line, Mark mark) {
    Rule known = Rule.ofMark(mark.name());
    switch (mark.kind()) {
      case CUT -> {
        return rest(line, known, false);
      }
      case FORWARD -> {
        found(Rule.FORWARD);
        parts[line] = Part.FORWARDED;
      }
      case SIGNATURE -> {
        found(known);
        parts[line] = Part.SIGNATURE;
      }
      case ATTRIBUTION -> {
        if (dividers.at(line) == Divider.Kind.FORWARD) {
          return rest(line, Rule.FORWARD, true);
        }
        found(known);
        announced = true;
        earlier = true;
        parts[line] = Part.ATTRIBUTION;
      }
      default -> {
        found(known);
        earlier |= !mark.name().equals("cite") || (!isInQuote(line) && isIntroduced(line));
        quote(line, true);
      }
    }
    return line + 1;
  }

  private boolean isIntroduced(int line) {
    return dividers.at(line) != Divider.Kind.NONE
        || headers.after(line) > 0
        || attributions.after(line) > 0;
  }

  private int quoted(int line) {
    boolean first = !isInQuote(line);
    if (first && !announced && !lines.isBlank(line)) {
      Divider.Kind kind = dividers.at(line);
      forwards |= kind == Divider.Kind.FORWARD;
      boolean known = kind != Divider.Kind.NONE || headers.after(line) > 0;
      if (known) {
        found(kind == Divider.Kind.FORWARD ? Rule.FORWARD : Rule.HEADER_BLOCK);
      } else if (attributions.after(line) > 0) {
        known = true;
        found(Rule.ATTRIBUTION);
      }
      announced = known;
      earlier |= known;
    }
    if (isIndented(line) && !structure.is(line, Kind.BARRED) && !announced) {
      return line + 1;
    }
    quote(line, announced);
    return line + 1;
  }

  private void quote(int line, boolean known) {
    if (!isInQuote(line) && dividers.at(line) == Divider.Kind.FORWARD) {
      forwards = true;
    }
    parts[line] = forwards ? Part.FORWARDED : Part.QUOTE;
    attributed[line] = known;
  }

  /** Whether the line before, blank or not, is quoted. */
  private boolean isInQuote(int line) {
    int before = line - 1;
    while (before >= 0 && parts[before] == Part.BLANK && before > line - 4) {
      before--;
    }
    return before >= 0 && (parts[before] == Part.QUOTE || parts[before] == Part.FORWARDED);
  }

  /** Earlier mail that begins with a line of its own; 0 where none does. */
  private int history(int line) {
    Divider.Kind divider = dividers.at(line);
    if (divider == Divider.Kind.HELP_DESK) {
      return helpDesk(line);
    }
    if (divider != Divider.Kind.NONE) {
      boolean forward = divider == Divider.Kind.FORWARD;
      int block = headers.after(lines.nextWords(Math.min(line + 1, lines.count() - 1)));
      return begin(line, Math.max(block, line + 1), forward ? Rule.FORWARD : Rule.DIVIDER, forward);
    }
    int block = headers.after(line);
    if (block > 0) {
      return begin(line, block, Rule.HEADER_BLOCK, false);
    }
    if (isPointed(line)) {
      return rest(line, Rule.ATTRIBUTION, false);
    }
    int after = attributions.after(line);
    if (after > 0) {
      int next = lines.nextWords(after);
      boolean quote = next < lines.count() && at(next);
      return quote
          ? introduce(line, after, Rule.ATTRIBUTION)
          : rest(line, Rule.ATTRIBUTION_ALONE, false);
    }
    return 0;
  }

  /** {@code >>> Bo <bo@example.com> 04.03.24 9:15 >>>}, as GroupWise writes it. */
  private boolean isPointed(int line) {
    String text = lines.text();
    return text.startsWith(">>>", lines.content(line))
        && text.startsWith(">>>", lines.end(line) - 3)
        && facts.figures(line) != 0;
  }

  private int begin(int line, int after, Rule by, boolean forward) {
    int next = lines.nextWords(Math.min(after, lines.count()));
    if (next < lines.count() && at(next)) {
      forwards |= forward;
      return introduce(line, after, by);
    }
    return rest(line, by, forward);
  }

  private int introduce(int line, int after, Rule by) {
    found(by);
    announced = true;
    earlier = true;
    Arrays.fill(parts, line, after, forwards ? Part.FORWARDED : Part.ATTRIBUTION);
    return after;
  }

  /** All down to the end is earlier mail; nothing above it: it was passed on. */
  private int rest(int line, Rule by, boolean forward) {
    found(by);
    earlier = true;
    boolean attribution = by.name().equals(Rule.ATTRIBUTION.name());
    boolean answered =
        by.equals(Rule.HELP_DESK) || (passedOn ? attribution && hasNew(line) : hasNew(line));
    boolean forwarded = forward || !answered;
    Arrays.fill(parts, line, lines.count(), forwarded ? Part.FORWARDED : Part.HISTORY);
    return lines.count();
  }

  /** Above it stands the answer; where nothing does, the mail is the help desk's own. */
  private int helpDesk(int line) {
    if (hasNew(line)) {
      return rest(line, Rule.HELP_DESK, false);
    }
    found(Rule.HELP_DESK);
    parts[line] = Part.ATTRIBUTION;
    return line + 1;
  }

  private boolean hasNew(int before) {
    for (int i = 0; i < before; i++) {
      if (parts[i] == Part.NEW) {
        return true;
      }
    }
    return false;
  }

  private void found(Rule by) {
    if (rule.equals(Rule.NONE)) {
      rule = by;
    }
  }

  /** What a program broke off a long quoted line belongs to it. */
  private void join() {
    for (int i = 1; i + 1 < lines.count(); i++) {
      if (parts[i] == Part.NEW && isQuotePart(i - 1) && lines.depth(i) == 0) {
        int next = i + 1 < lines.count() && parts[i + 1] == Part.NEW ? i + 2 : i + 1;
        if (next < lines.count() && lines.depth(next) > 0 && isBroken(i - 1, i)) {
          Arrays.fill(parts, i, next, parts[i - 1]);
          attributed[i] = attributed[i - 1];
        }
      }
    }
  }

  private boolean isQuotePart(int line) {
    return (parts[line] == Part.QUOTE || parts[line] == Part.FORWARDED)
        && lines.depth(line) > 0
        && !lines.isBlank(line);
  }

  private boolean isBroken(int quoted, int line) {
    if (parts[quoted] == Part.FORWARDED) {
      return true;
    }
    char end = lines.text().charAt(lines.end(quoted) - 1);
    char first = lines.text().charAt(lines.content(line));
    if (first == '<' && (facts.figures(line) & LineFacts.MAILBOX) != 0) {
      return true;
    }
    boolean sentence = ".?!:;。？！".indexOf(end) >= 0;
    return lines.end(quoted) - lines.start(quoted) > 55
        && (Character.isLowerCase(first) || (!sentence && !Character.isUpperCase(first)));
  }
}
