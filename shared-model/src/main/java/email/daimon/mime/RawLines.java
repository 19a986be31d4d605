package email.daimon.mime;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a mail, one at a time, in a window over its bytes. A line longer than the window
 * comes in pieces. Lines end with LF or CRLF; where the first window has no LF at all, with CR.
 */
final class RawLines {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int FIRST_WINDOW = 8 << 10;
  private static final int WINDOW = 64 << 10;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGHS = 0x8080808080808080L;
  private static final long LFS = ONES * '\n';

  private final InputStream raw;
  private @Nullable MessageDigest digest;
  private byte[] window = new byte[FIRST_WINDOW];
  private int next;
  private int limit;
  private boolean ended;
  private boolean again;
  private boolean pieceEnded = true;
  private byte lineEnd = '\n';
  private long total;

  /** First byte of the line in {@link #bytes()}. */
  int start;

  /** After its last byte, line end left out. */
  int end;

  /** Bytes of its line end; 0 for a piece, or the last line without one. */
  int endLength;

  /** Whether a line begins here, and not just another piece of it. */
  boolean atStart = true;

  RawLines(InputStream raw) throws IOException {
    this.raw = raw;
    fill();
    if (indexOf(window, 0, limit, (byte) '\n') < 0 && indexOf(window, 0, limit, (byte) '\r') >= 0) {
      lineEnd = '\r';
    }
  }

  byte[] bytes() {
    return window;
  }

  long total() {
    return total;
  }

  /** Moves on to the next line or piece. False at the end of the mail. */
  boolean next() throws IOException {
    if (again) {
      again = false;
      return true;
    }
    atStart = pieceEnded;
    int scanned = next;
    while (true) {
      int found = indexOf(window, scanned, limit, lineEnd);
      if (found >= 0) {
        boolean crlf = lineEnd == '\n' && found > next && window[found - 1] == '\r';
        return line(crlf ? found - 1 : found, found + 1, true);
      }
      if (ended) {
        // At the very end an empty line, behind the line end of the last one.
        return line(limit, limit, true) && start < limit;
      }
      if (next <= 2 && limit == window.length && window.length == WINDOW) {
        // A CR that may belong to the line end stays for the next piece.
        int cut = window[limit - 1] == '\r' ? limit - 1 : limit;
        return line(cut, cut, false);
      }
      int scannedBytes = limit - next;
      fill();
      scanned = next + scannedBytes;
    }
  }

  private boolean line(int contentEnd, int after, boolean whole) {
    start = next;
    end = contentEnd;
    endLength = after - contentEnd;
    next = after;
    pieceEnded = whole;
    return true;
  }

  /** Gives the same line once more at the following {@link #next()}. */
  void pushBack() {
    again = true;
  }

  /** Whether the following line, as far as it is in the window, may stand in or end a header. */
  boolean fieldFollows() {
    int following = indexOf(window, next, limit, lineEnd);
    return following == next
        || (next < limit && (window[next] == ' ' || window[next] == '\t'))
        || (following == next + 1 && window[next] == '\r')
        || HeaderBlock.nameEnd(window, next, following < 0 ? limit : following) > next;
  }

  /** From the line that the next call of {@link #next()} gives, every byte goes through it, too. */
  void digestRest(MessageDigest digest) {
    this.digest = digest;
    int from = again ? start : next;
    digest.update(window, from, limit - from);
  }

  /** Reads to the end, past all lines. */
  void drain() throws IOException {
    do {
      next = limit;
      again = false;
      pieceEnded = true;
      fill();
    } while (!ended);
    next = limit;
  }

  /** Keeps the last two bytes of what was read: the line end that a part may not own. */
  private void fill() throws IOException {
    if (next > 0) {
      int keep = Math.max(0, next - 2);
      System.arraycopy(window, keep, window, 0, limit - keep);
      limit -= keep;
      next -= keep;
    }
    if (limit == window.length) {
      window = Arrays.copyOf(window, WINDOW);
    }
    // Full windows make what is read independent of how the stream happens to come in.
    int count = raw.readNBytes(window, limit, window.length - limit);
    ended = count < window.length - limit;
    if (digest != null) {
      digest.update(window, limit, count);
    }
    limit += count;
    total += count;
  }

  /** Eight bytes at a time (Hacker's Delight, 6-1): this loop sees every byte of a mail. */
  static int indexOf(byte[] bytes, int from, int to, byte wanted) {
    long pattern = wanted == '\n' ? LFS : ONES * wanted;
    int at = from;
    for (; at <= to - Long.BYTES; at += Long.BYTES) {
      long difference = (long) LONGS.get(bytes, at) ^ pattern;
      long zeros = (difference - ONES) & ~difference & HIGHS;
      if (zeros != 0) {
        return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; at < to; at++) {
      if (bytes[at] == wanted) {
        return at;
      }
    }
    return -1;
  }
}
