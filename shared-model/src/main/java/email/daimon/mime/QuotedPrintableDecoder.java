package email.daimon.mime;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Quoted-printable (RFC 2045, 6.7) as it is met: {@code =} before anything else than a hexadecimal
 * pair or a line end stays as it is; blanks before a line end go.
 */
final class QuotedPrintableDecoder extends TransferDecoder {
  private final byte[] decoded = new byte[8 << 10];
  private int length;
  private int blanks;
  private final byte[] blank = new byte[64];

  /** 0: plain; 1: after {@code =}; 2: after {@code =} and one hexadecimal digit, kept in high. */
  private int state;

  private byte high;
  private boolean blanksAfterEquals;

  QuotedPrintableDecoder(OutputStream out, Warnings warnings) {
    super(out, warnings);
  }

  @Override
  void write(byte[] text, int start, int end) throws IOException {
    for (int at = start; at < end; at++) {
      byte b = text[at];
      switch (state) {
        case 1 -> afterEquals(b);
        case 2 -> afterHigh(b);
        default -> plain(b);
      }
    }
  }

  private void plain(byte b) throws IOException {
    if (b == ' ' || b == '\t') {
      hold(b);
    } else if (b == '\r' || b == '\n') {
      blanks = 0;
      put(b);
    } else {
      release();
      if (b == '=') {
        state = 1;
        blanksAfterEquals = false;
      } else {
        put(b);
      }
    }
  }

  private void afterEquals(byte b) throws IOException {
    if (b == '\n') {
      state = 0;
      blanks = 0;
    } else if (b == '\r') {
      blanks = 0;
      blanksAfterEquals = true;
    } else if (b == ' ' || b == '\t') {
      blanksAfterEquals = true;
      hold(b);
    } else if (!blanksAfterEquals && Character.digit(b, 16) >= 0) {
      high = b;
      state = 2;
    } else {
      literal(b);
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

  private void literal(byte b) throws IOException {
    warnings.raise(Warning.BAD_QUOTED_PRINTABLE);
    state = 0;
    put((byte) '=');
    plain(b);
  }

  private void hold(byte b) throws IOException {
    if (blanks == blank.length) {
      release();
    }
    blank[blanks++] = b;
  }

  private void release() throws IOException {
    for (int i = 0; i < blanks; i++) {
      put(blank[i]);
    }
    blanks = 0;
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
    } else if (state == 0) {
      release();
    }
    flush();
  }

  private void flush() throws IOException {
    out.write(decoded, 0, length);
    length = 0;
  }
}
