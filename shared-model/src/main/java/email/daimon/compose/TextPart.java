package email.daimon.compose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;

/**
 * A text of the mail, encoded: 7bit where lines are short ASCII that no transport touches, else
 * quoted-printable, or base64 where that is much shorter. Never format=flowed, for what is sent is
 * what was asked for.
 */
final class TextPart implements Part {
  private static final int LONGEST_LINE = 78;

  private final String type;
  private final boolean ascii;
  private final String encoding;
  private final byte[] encoded;

  /**
   * Encodes a text.
   *
   * @param type {@code text/plain} or {@code text/html}
   * @param text with any line ends
   */
  TextPart(String type, String text) {
    this.type = type;
    String lines = canonical(text);
    byte[] bytes = lines.getBytes(UTF_8);
    ascii = bytes.length == lines.length();
    if (ascii && isSafe(lines)) {
      encoding = "7bit";
      encoded = bytes;
      return;
    }
    byte[] printable = QuotedPrintable.encode(bytes);
    // Words that are mostly ASCII stay readable, also for filters, which distrust base64 of texts.
    boolean readable = printable.length * 2L <= Base64Bodies.length(bytes.length) * 3;
    encoding = readable ? "quoted-printable" : "base64";
    encoded = readable ? printable : Base64.getMimeEncoder().encode(bytes);
  }

  /** Lines end with CRLF; NUL and a byte order mark go, for no text of a mail may hold them. */
  static String canonical(String text) {
    StringBuilder lines = new StringBuilder(text.length() + 64);
    for (int i = text.startsWith("\ufeff") ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\n') {
        boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
        i += pair ? 1 : 0;
        lines.append("\r\n");
      } else if (Character.isHighSurrogate(c)
          && i + 1 < text.length()
          && Character.isLowSurrogate(text.charAt(i + 1))) {
        lines.append(c).append(text.charAt(++i));
      } else if (c != '\0') {
        lines.append(Character.isSurrogate(c) ? '\ufffd' : c);
      }
    }
    return lines.toString();
  }

  private static boolean isSafe(String lines) {
    for (String line : lines.split("\r\n", -1)) {
      if (line.length() > LONGEST_LINE
          || line.startsWith(".")
          || line.startsWith("From ")
          || line.endsWith(" ")
          || line.endsWith("\t")
          || !line.chars().allMatch(c -> c == '\t' || (c >= ' ' && c < 127))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void fields(HeaderWriter header, Boundaries boundaries) {
    Parameters value = new Parameters(type).with("charset", ascii ? "us-ascii" : "utf-8");
    header.words("Content-Type", value.words());
    header.structured("Content-Transfer-Encoding", encoding);
  }

  @Override
  public void body(OutputStream out, Boundaries boundaries) throws IOException {
    out.write(encoded);
  }

  @Override
  public boolean endsLine() {
    return false;
  }

  /** Whether a mail that consists of this text alone needs a last line end. */
  boolean lacksLineEnd() {
    return encoded.length < 2 || encoded[encoded.length - 1] != '\n';
  }

  @Override
  public boolean holds(String mark) {
    return encoding.equals("7bit") && new String(encoded, US_ASCII).contains(mark);
  }

  @Override
  public long size(Boundaries boundaries) {
    return encoded.length + 2L;
  }
}
