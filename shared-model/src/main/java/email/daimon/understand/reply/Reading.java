package email.daimon.understand.reply;

import email.daimon.model.TextSpan;
import email.daimon.understand.words.CodePoints;
import java.util.ArrayList;
import java.util.List;

/** A text whose lines are all known. */
final class Reading {
  private final Lines lines;
  private final Part[] parts;
  private final Rule rule;

  Reading(Lines lines, Part[] parts, Rule rule) {
    this.lines = lines;
    this.parts = parts;
    this.rule = rule;
  }

  Rule rule() {
    return rule;
  }

  /** A piece that was cut, in UTF-16 units, with the blank lines in it. */
  record Piece(Part part, int start, int end) {}

  /** What was cut, in its order. */
  List<Piece> cuts() {
    List<Piece> cuts = new ArrayList<>();
    int first = -1;
    int last = -1;
    Part part = Part.NEW;
    for (int i = 0; i < parts.length; i++) {
      Part one = shown(parts[i]);
      if (one == Part.BLANK) {
        continue;
      }
      if (one != part) {
        add(cuts, part, first, last);
        first = i;
        part = one;
      }
      last = i;
    }
    add(cuts, part, first, last);
    return cuts;
  }

  private void add(List<Piece> cuts, Part part, int first, int last) {
    if (part != Part.NEW && first >= 0) {
      cuts.add(new Piece(part, lines.start(first), isToTheEnd(last) ? end() : lines.end(last)));
    }
  }

  /** What was not read goes with the last that was. */
  private boolean isToTheEnd(int line) {
    for (int i = line + 1; i < parts.length; i++) {
      if (parts[i] != Part.BLANK) {
        return false;
      }
    }
    return true;
  }

  private int end() {
    int end = lines.text().length();
    while (end > 0 && Chars.isBlank(lines.text().charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static Part shown(Part part) {
    return part == Part.ATTRIBUTION || part == Part.HISTORY ? Part.QUOTE : part;
  }

  /** What the sender wrote: lines without blanks at their ends. */
  String body() {
    StringBuilder body = new StringBuilder();
    String text = lines.text();
    int blanks = 0;
    for (int i = 0; i < parts.length; i++) {
      if (parts[i] == Part.NEW && lines.end(i) > lines.start(i)) {
        for (int j = 0; j < blanks && !body.isEmpty(); j++) {
          body.append('\n');
        }
        blanks = 0;
        body.append(text, lines.start(i), lines.end(i)).append('\n');
      } else {
        blanks = parts[i] == Part.BLANK || parts[i] == Part.NEW ? blanks + 1 : blanks;
      }
    }
    int read = parts.length == 0 ? 0 : lines.end(parts.length - 1);
    if (parts.length == 0 || isNewAtEnd()) {
      body.append(text, read, text.length());
    }
    return body.toString().strip();
  }

  private boolean isNewAtEnd() {
    int last = parts.length - 1;
    while (last > 0 && parts[last] == Part.BLANK) {
      last--;
    }
    return parts[last] == Part.NEW || parts[last] == Part.BLANK;
  }

  /** Spans of the text in code points, of the parts that show as one. */
  List<TextSpan> spans(Part wanted) {
    CodePoints points = new CodePoints(lines.text());
    List<TextSpan> spans = new ArrayList<>();
    for (Piece cut : cuts()) {
      if (cut.part() == wanted && cut.end() > cut.start()) {
        spans.add(points.span(cut.start(), cut.end()));
      }
    }
    return spans;
  }
}
