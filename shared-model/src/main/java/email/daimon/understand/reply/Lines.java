package email.daimon.understand.reply;

import java.util.Arrays;

/**
 * The beginning of a text as lines: where each begins, where its words begin behind quote marks,
 * and where it ends without blanks. Places are UTF-16 units.
 */
final class Lines {
  private static final int CHARACTERS = 256 << 10;
  private static final int LINES = 5_000;
  private static final int LONGEST_NAME = 4;

  private final String text;
  private int count;
  private int[] starts = new int[64];
  private int[] contents = new int[64];
  private int[] ends = new int[64];
  private int[] depths = new int[64];

  private Lines(String text) {
    this.text = text;
  }

  static Lines of(String text) {
    Lines lines = new Lines(text);
    int at = 0;
    int most = Math.min(text.length(), CHARACTERS);
    while (at < most && lines.count < LINES) {
      int end = text.indexOf('\n', at);
      end = end < 0 || end > most ? most : end;
      int begun = SharedLine.attribution(text, at, end);
      if (begun > at) {
        lines.add(at, begun);
      }
      lines.add(Math.max(at, begun), end);
      at = end + 1;
    }
    lines.mark();
    return lines;
  }

  private void add(int start, int rawEnd) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      contents = Arrays.copyOf(contents, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      depths = Arrays.copyOf(depths, 2 * count);
    }
    int end = rawEnd;
    while (end > start && Chars.isSpace(text.charAt(end - 1))) {
      end--;
    }
    int content = start;
    int depth = 0;
    while (content < end && (text.charAt(content) == '>' || Chars.isBlank(text.charAt(content)))) {
      depth += text.charAt(content) == '>' ? 1 : 0;
      content++;
    }
    if (depth > 0 && (closesLink() || isPointed(content, end))) {
      depth = 0;
      content = start;
    }
    starts[count] = start;
    contents[count] = content;
    ends[count] = end;
    depths[count] = depth;
    count++;
  }

  /** Quote marks of other kinds count where two lines have them: {@code JR> words}. */
  private void mark() {
    boolean before = false;
    for (int i = 0; i < count; i++) {
      int named = depths[i] == 0 ? named(i) : 0;
      boolean next = i + 1 < count && depths[i + 1] == 0 && named(i + 1) > 0;
      if (named > 0 && (before || next)) {
        depths[i] = 1;
        contents[i] = named;
      }
      before = named > 0;
    }
  }

  /** Behind the capitals and the quote mark that a line begins with; 0 where it does not. */
  private int named(int line) {
    int at = contents[line];
    int most = Math.min(ends[line], at + LONGEST_NAME);
    while (at < most && Character.isUpperCase(text.charAt(at))) {
      at++;
    }
    boolean marked = at > contents[line] && at < ends[line] && text.charAt(at) == '>';
    int behind = at + 1;
    if (!marked || (behind < ends[line] && text.charAt(behind) != ' ')) {
      return 0;
    }
    while (behind < ends[line] && Chars.isBlank(text.charAt(behind))) {
      behind++;
    }
    return behind;
  }

  /** Whether a bar is drawn before the words, as some programs quote, and none in them. */
  boolean isBarred(int line) {
    int start = contents[line];
    return start < ends[line]
        && text.charAt(start) == '|'
        && (start + 1 == ends[line] || Chars.isBlank(text.charAt(start + 1)))
        && text.substring(start + 1, Math.min(ends[line], start + 200)).indexOf('|') < 0;
  }

  /** Whether the {@code >} belongs to an address that was broken over two lines. */
  private boolean closesLink() {
    if (count == 0 || ends[count - 1] == starts[count - 1]) {
      return false;
    }
    int from = starts[count - 1];
    for (int i = ends[count - 1] - 1; i >= from && text.charAt(i) != '>'; i--) {
      if (text.charAt(i) == '<') {
        return text.startsWith("http", i + 1) || text.startsWith("mailto:", i + 1);
      }
    }
    return false;
  }

  /** Whether the line is drawn as {@code >>> words <<<} or {@code >>> words >>>}. */
  private boolean isPointed(int content, int end) {
    return end - content > 3 && (text.startsWith("<<", end - 2) || text.startsWith(">>>", end - 3));
  }

  String text() {
    return text;
  }

  int count() {
    return count;
  }

  int start(int line) {
    return starts[line];
  }

  /** Of the words, behind quote marks and blanks. */
  int content(int line) {
    return contents[line];
  }

  /** Without blanks at the end. */
  int end(int line) {
    return ends[line];
  }

  /** How many quote marks stand before the words. */
  int depth(int line) {
    return depths[line];
  }

  /** Without words; it may have quote marks. */
  boolean isBlank(int line) {
    return contents[line] >= ends[line];
  }

  int length(int line) {
    return Math.max(0, ends[line] - contents[line]);
  }

  /** The words. */
  String words(int line) {
    return text.substring(contents[line], Math.max(contents[line], ends[line]));
  }

  /** The first line from here on that has words, but looks over few. */
  int nextWords(int line) {
    int last = Math.min(count, line + 4);
    for (int i = line; i < last; i++) {
      if (!isBlank(i)) {
        return i;
      }
    }
    return last < count ? last : count;
  }

  /** Whether a rule is drawn, and nothing else. */
  boolean isRule(int line) {
    if (length(line) < 3) {
      return false;
    }
    char first = text.charAt(contents[line]);
    for (int i = contents[line]; i < ends[line]; i++) {
      char c = text.charAt(i);
      if (c != first && !Chars.isBlank(c)) {
        return false;
      }
    }
    return Chars.isDrawn(first);
  }
}
