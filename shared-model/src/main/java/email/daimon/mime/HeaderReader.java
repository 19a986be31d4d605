package email.daimon.mime;

import java.io.IOException;
import java.util.function.IntPredicate;

/** Reads one header block off the lines of a mail, up to and with the empty line. */
final class HeaderReader {
  /** Sees each line of a header as it stands in the mail. */
  interface Listener {
    Listener NONE = (bytes, start, end, field) -> {};

    /**
     * Takes a line or a piece of one, line end left out.
     *
     * @param field whether a field begins here
     */
    void line(byte[] bytes, int start, int end, boolean field);
  }

  private final RawLines lines;
  private final Warnings warnings;

  HeaderReader(RawLines lines, Warnings warnings) {
    this.lines = lines;
    this.warnings = warnings;
  }

  /**
   * Reads a block. The line that ends it otherwise than by being empty is left to be read again.
   *
   * @param endsEarly says of a line that begins at an index whether the block ends before it
   */
  HeaderBlock read(boolean top, IntPredicate endsEarly, Listener listener) throws IOException {
    HeaderBlock block = new HeaderBlock(warnings);
    boolean first = true;
    boolean inField = false;
    while (lines.next()) {
      byte[] bytes = lines.bytes();
      int start = lines.start;
      int end = lines.end;
      if (!lines.atStart) {
        if (inField) {
          block.extend(bytes, start, end);
          listener.line(bytes, start, end, false);
        }
        continue;
      }
      if (start == end) {
        if (first && top && lines.endLength > 0) {
          // Blank lines before the header are noise of the way here.
          if (lines.fieldFollows()) {
            continue;
          }
        }
        return block;
      }
      if (endsEarly.test(start)) {
        lines.pushBack();
        return block;
      }
      while (start < end && bytes[start] < ' ' && bytes[start] >= 0 && bytes[start] != '\t') {
        start++;
      }
      int nameEnd = HeaderBlock.nameEnd(bytes, start, end);
      boolean folded = start < end && (bytes[start] == ' ' || bytes[start] == '\t');
      if (folded && !block.isEmpty()) {
        if (inField) {
          block.extend(bytes, start, end);
          listener.line(bytes, start, end, false);
        }
      } else if (nameEnd > start) {
        block.add(bytes, start, end, nameEnd);
        listener.line(bytes, start, end, true);
        inField = true;
      } else if (top && first && isMailboxLine(bytes, start, end)) {
        inField = false;
        continue;
      } else if (!first && lines.fieldFollows()) {
        warnings.raise(Warning.BAD_HEADER_LINE);
        inField = false;
      } else {
        warnings.raise(Warning.NO_HEADER);
        lines.pushBack();
        return block;
      }
      first = false;
    }
    return block;
  }

  /** {@code From sender date}, as mailbox files put before each mail; also quoted. */
  private static boolean isMailboxLine(byte[] bytes, int start, int end) {
    int at = bytes[start] == '>' ? start + 1 : start;
    return end - at > 5
        && bytes[at] == 'F'
        && bytes[at + 1] == 'r'
        && bytes[at + 2] == 'o'
        && bytes[at + 3] == 'm'
        && bytes[at + 4] == ' ';
  }
}
