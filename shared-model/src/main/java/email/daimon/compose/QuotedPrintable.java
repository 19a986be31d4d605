package email.daimon.compose;

import java.io.ByteArrayOutputStream;

/**
 * Quoted-printable of text (RFC 2045, 6.7) of which no line begins with a dot (RFC 5321, 4.5.2) or
 * with {@code From } (mbox), which mime4j's encoder does not look after.
 */
final class QuotedPrintable {
  private static final int LONGEST_LINE = 76;
  private static final byte[] HEX = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'
  };

  private final byte[] text;
  private final ByteArrayOutputStream out;
  private int column;

  private QuotedPrintable(byte[] text) {
    this.text = text;
    this.out = new ByteArrayOutputStream(text.length + text.length / 8);
  }

  /** Encodes text whose lines end with CRLF. */
  static byte[] encode(byte[] text) {
    QuotedPrintable encoder = new QuotedPrintable(text);
    for (int at = 0; at < text.length; at++) {
      if (encoder.endsLine(at)) {
        encoder.out.write('\r');
        encoder.out.write('\n');
        encoder.column = 0;
        at++;
      } else {
        encoder.write(at);
      }
    }
    return encoder.out.toByteArray();
  }

  private void write(int at) {
    boolean last = at + 1 == text.length || endsLine(at + 1);
    int width = isLiteral(at, last) ? 1 : 3;
    // The last of a line needs no room for the sign of a soft line end.
    if (column + width > (last ? LONGEST_LINE : LONGEST_LINE - 1)) {
      out.write('=');
      out.write('\r');
      out.write('\n');
      column = 0;
      width = isLiteral(at, last) ? 1 : 3;
    }
    byte b = text[at];
    if (width == 1) {
      out.write(b);
    } else {
      out.write('=');
      out.write(HEX[(b & 0xff) >>> 4]);
      out.write(HEX[b & 0xf]);
    }
    column += width;
  }

  private boolean isLiteral(int at, boolean last) {
    byte b = text[at];
    if (b == ' ' || b == '\t') {
      return !last;
    }
    if (column == 0 && (b == '.' || startsFrom(at))) {
      return false;
    }
    return b > ' ' && b < 127 && b != '=';
  }

  private boolean startsFrom(int at) {
    return at + 4 < text.length
        && text[at] == 'F'
        && text[at + 1] == 'r'
        && text[at + 2] == 'o'
        && text[at + 3] == 'm'
        && text[at + 4] == ' ';
  }

  private boolean endsLine(int at) {
    return at + 1 < text.length && text[at] == '\r' && text[at + 1] == '\n';
  }
}
