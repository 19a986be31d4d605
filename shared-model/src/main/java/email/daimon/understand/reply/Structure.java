package email.daimon.understand.reply;

import email.daimon.understand.reply.HtmlMarks.Kind;
import email.daimon.understand.reply.HtmlMarks.Mark;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mark that each line of an HTML mail's text stands in; of plain text there is none. */
final class Structure {
  private final @Nullable Mark[] marks;
  private final boolean any;

  Structure(Lines lines, List<Mark> found) {
    this.any = !found.isEmpty();
    this.marks = new Mark[any ? lines.count() : 0];
    int next = 0;
    for (int i = 0; any && i < lines.count(); i++) {
      int words = Math.min(lines.content(i), lines.end(i));
      while (next < found.size()
          && found.get(next).kind() != Kind.CUT
          && found.get(next).end() <= words) {
        next++;
      }
      marks[i] = at(found, next, words, lines.end(i));
    }
  }

  /** The first of the marks that hold a place; one that cuts holds all behind it. */
  private static @Nullable Mark at(List<Mark> found, int next, int words, int end) {
    for (int i = next; i < found.size() && found.get(i).start() <= words; i++) {
      Mark mark = found.get(i);
      if (mark.kind() == Kind.CUT || (mark.end() > words && end > words)) {
        return mark;
      }
    }
    return null;
  }

  /** Null where the line stands in no mark. */
  @Nullable Mark at(int line) {
    return any ? marks[line] : null;
  }

  boolean is(int line, Kind kind) {
    Mark mark = at(line);
    return mark != null && mark.kind() == kind;
  }
}
