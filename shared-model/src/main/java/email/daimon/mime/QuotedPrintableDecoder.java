package email.daimon.mime;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Quoted-printable (RFC 2045, 6.7) as it is met: {@code =} before anything else than a hexadecimal
 * pair or a line end stays as it is. Blanks before a line end stay, too: what once padded lines is
 * gone, what leaves blanks bare today means them.
 */
final class QuotedPrintableDecoder extends TransferDecoder {
  private final byte[] decoded = new byte[8 << 10];
  private int length;
  private int blanks;

  /** 0: plain; 1: after {@code =}; 2: after {@code =} and one hexadecimal digit, kept in high. */
  private int state;

  private byte high;

  QuotedPrintableDecoder(OutputStream out, Warnings warnings) {
    super(out, warnings);
  }

  @Override
  void write(byte[] text, int start, int end) throws IOException {
    int at = start;
    while (at < end) {
      if (state == 0) {
        at = plainRun(text, at, end);
      } else {
        byte b = text[at++];
        if (state == 1) {
          afterEquals(b);
        } else {
          afterHigh(b);
        }
      }
    }
  }

  /** Up to and with the next equals sign. */
  private int plainRun(byte[] text, int start, int end) throws IOException {
    byte[] target = decoded;
    int at = start;
    while (at < end) {
      if (length == target.length) {
        flush();
      }
      int to = length;
      while (at < end && to < target.length && text[at] != '=') {
        target[to++] = text[at++];
      }
      length = to;
      if (at < end && text[at] == '=') {
        state = 1;
        blanks = 0;
        return at + 1;
      }
    }
    return at;
  }

  private void plain(byte b) throws IOException {
    if (b == '=') {
      state = 1;
      blanks = 0;
    } else {
      put(b);
    }
  }

  private void afterEquals(byte b) throws IOException {
    if (b == '\n') {
      state = 0;
    } else if (b == ' ' || b == '\t' || b == '\r') {
      // Blanks between the equals sign and the line end do not count (RFC 2045, 6.7 (3)).
      blanks++;
    } else if (blanks == 0 && Character.digit(b, 16) >= 0) {
      high = b;
      state = 2;
    } else {
      warnings.raise(Warning.BAD_QUOTED_PRINTABLE);
      state = 0;
      put((byte) '=');
      for (int i = 0; i < blanks; i++) {
        put((byte) ' ');
      }
      plain(b);
    }
  }

  private void afterHigh(byte b) throws IOException {
    int low = Character.digit(b, 16);
    state = 0;
    if (low >= 0) {
      put((byte) (Character.digit(high, 16) << 4 | low));
    } else {
      warnings.raise(Warning.BAD_QUOTED_PRINTABLE);
      put((byte) '=');
      put(high);
      plain(b);
    }
  }

  private void put(byte b) throws IOException {
    if (length == decoded.length) {
      flush();
    }
    decoded[length++] = b;
  }

  @Override
  void finish() throws IOException {
    if (state == 2) {
      put((byte) '=');
      put(high);
    }
    flush();
  }

  private void flush() throws IOException {
    out.write(decoded, 0, length);
    length = 0;
  }
}
