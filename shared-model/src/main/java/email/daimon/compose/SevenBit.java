package email.daimon.compose;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Bytes that a 7-bit wire carries as they are: ASCII without NUL, in lines of 998 at most. */
final class SevenBit {
  static final int LONGEST_LINE = 998;
  private static final int OVERLAP = 64 << 10;

  private SevenBit() {}

  /** Whether all bytes are fit for the wire once their lines end with CRLF. */
  static boolean holds(InputStream bytes) throws IOException {
    InputStream in = new BufferedInputStream(bytes, OVERLAP);
    int length = 0;
    for (int b = in.read(); b >= 0; b = in.read()) {
      length = b == '\r' || b == '\n' ? 0 : length + 1;
      if (b == 0 || b > 126 || length > LONGEST_LINE) {
        return false;
      }
    }
    return true;
  }

  /** Copies, every line ended with CRLF. */
  static void copy(InputStream bytes, OutputStream out) throws IOException {
    InputStream in = new BufferedInputStream(bytes, OVERLAP);
    OutputStream lines = new BufferedOutputStream(out, OVERLAP);
    boolean afterReturn = false;
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == '\r' || (b == '\n' && !afterReturn)) {
        lines.write('\r');
        lines.write('\n');
      } else if (b != '\n') {
        lines.write(b);
      }
      afterReturn = b == '\r';
    }
    lines.flush();
  }

  /** Whether an ASCII text stands anywhere within. */
  static boolean contains(InputStream bytes, String text) throws IOException {
    String kept = "";
    for (byte[] block = bytes.readNBytes(OVERLAP);
        block.length > 0;
        block = bytes.readNBytes(OVERLAP)) {
      String window = kept + new String(block, ISO_8859_1);
      if (window.contains(text)) {
        return true;
      }
      kept = window.substring(Math.max(0, window.length() - text.length()));
    }
    return false;
  }
}
