package email.daimon.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Base64 (RFC 4648) as it is met: foreign characters are skipped, and padding in the middle ends a
 * group but not the text.
 */
final class Base64Decoder extends TransferDecoder {
  private static final byte BLANK = -1;
  private static final byte PAD = -2;
  private static final byte FOREIGN = -3;
  private static final byte[] VALUES = values();

  private final byte[] decoded = new byte[8 << 10];
  private int length;
  private int bits;
  private int digits;
  private boolean padded;

  Base64Decoder(OutputStream out, Warnings warnings) {
    super(out, warnings);
  }

  private static byte[] values() {
    byte[] values = new byte[256];
    Arrays.fill(values, FOREIGN);
    for (char blank : " \t\r\n".toCharArray()) {
      values[blank] = BLANK;
    }
    values['='] = PAD;
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      values[alphabet.charAt(i)] = (byte) i;
    }
    return values;
  }

  /** 0 to 63 for a character of the alphabet, else negative. */
  static int value(byte character) {
    return VALUES[character & 0xff];
  }

  /** Decodes a short text in memory. */
  static void decode(byte[] text, int start, int end, ByteArrayOutputStream out) {
    int bits = 0;
    int digits = 0;
    for (int i = start; i < end; i++) {
      int value = value(text[i]);
      if (value >= 0) {
        bits = bits << 6 | value;
        digits++;
      }
      if (digits == 4 || value == PAD || i == end - 1) {
        for (int left = digits * 6, n = digits * 6 / 8; n > 0; n--) {
          left -= 8;
          out.write(bits >> left);
        }
        digits = 0;
      }
    }
  }

  @Override
  void write(byte[] text, int start, int end) throws IOException {
    int at = start;
    while (at < end) {
      if (digits == 0) {
        at = whole(text, at, end);
        if (at >= end) {
          return;
        }
      }
      digit(VALUES[text[at++] & 0xff]);
    }
  }

  /** Whole groups of four, as long as nothing else comes. */
  private int whole(byte[] text, int start, int end) throws IOException {
    byte[] values = VALUES;
    byte[] target = decoded;
    int at = start;
    while (at + 4 <= end) {
      if (length > target.length - 3) {
        flush();
      }
      int stop = Math.min(end - 3, at + (target.length - length) / 3 * 4);
      int to = length;
      while (at < stop) {
        int group =
            values[text[at] & 0xff] << 18
                | values[text[at + 1] & 0xff] << 12
                | values[text[at + 2] & 0xff] << 6
                | values[text[at + 3] & 0xff];
        if (group < 0) {
          length = to;
          return at;
        }
        target[to] = (byte) (group >> 16);
        target[to + 1] = (byte) (group >> 8);
        target[to + 2] = (byte) group;
        to += 3;
        at += 4;
        padded = false;
      }
      length = to;
    }
    return at;
  }

  private void digit(int value) throws IOException {
    if (value >= 0) {
      if (padded) {
        warnings.raise(Warning.BAD_BASE64);
        padded = false;
      }
      bits = bits << 6 | value;
      if (++digits == 4) {
        endGroup();
      }
    } else if (value == PAD) {
      endGroup();
      padded = true;
    } else if (value == FOREIGN) {
      warnings.raise(Warning.BAD_BASE64);
    }
  }

  private void endGroup() throws IOException {
    if (length > decoded.length - 3) {
      flush();
    }
    int left = digits * 6;
    for (int n = left / 8; n > 0; n--) {
      left -= 8;
      decoded[length++] = (byte) (bits >> left);
    }
    digits = 0;
    bits = 0;
  }

  @Override
  void finish() throws IOException {
    endGroup();
    flush();
  }

  private void flush() throws IOException {
    out.write(decoded, 0, length);
    length = 0;
  }
}
