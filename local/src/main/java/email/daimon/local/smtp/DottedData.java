package email.daimon.local.smtp;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * The data of a mail on the wire: ends at the line that is a dot, and has the dots taken away that
 * the client put before lines that begin with one (RFC 5321, 4.5.2). Only CRLF ends a line, so that
 * no bare line feed smuggles in an end. Reads in blocks and leaves what follows, which may be the
 * next command.
 */
final class DottedData extends InputStream {
  private static final int BLOCK = 8 * 1024;

  /** What the last byte was, where that matters. */
  private enum At {
    LINE_START,
    TEXT,
    CR,
    DOT,
    DOT_CR,
    END
  }

  private final InputStream in;
  private final byte[] block = new byte[BLOCK];
  // A carriage return may be owed from the block before.
  private final byte[] ready = new byte[BLOCK + 1];
  private int next;
  private int limit;
  private At at = At.LINE_START;

  /**
   * @param in can be marked and reset
   */
  DottedData(InputStream in) {
    this.in = Objects.requireNonNull(in);
    if (!in.markSupported()) {
      throw new IllegalArgumentException("a stream that cannot go back");
    }
  }

  @Override
  public int read() throws IOException {
    return filled() ? ready[next++] & 0xff : -1;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (!filled()) {
      return -1;
    }
    int count = Math.min(length, limit - next);
    System.arraycopy(ready, next, bytes, offset, count);
    next += count;
    return count;
  }

  private boolean filled() throws IOException {
    while (next == limit && at != At.END) {
      in.mark(BLOCK);
      int count = in.read(block, 0, BLOCK);
      if (count < 0) {
        throw new EOFException("the data ended before its dot");
      }
      int used = take(count);
      if (used < count) {
        in.reset();
        in.skipNBytes(used);
      }
    }
    return next < limit;
  }

  /** Gives how many bytes of the block belong to the data. */
  private int take(int count) {
    next = 0;
    limit = 0;
    for (int i = 0; i < count; i++) {
      byte b = block[i];
      if (at == At.DOT_CR) {
        if (b == '\n') {
          at = At.END;
          return i + 1;
        }
        ready[limit++] = '\r';
        at = At.CR;
      }
      if (at == At.LINE_START && b == '.') {
        at = At.DOT;
      } else if (at == At.DOT && b == '\r') {
        at = At.DOT_CR;
      } else {
        ready[limit++] = b;
        at = b == '\r' ? At.CR : at == At.CR && b == '\n' ? At.LINE_START : At.TEXT;
      }
    }
    return count;
  }
}
