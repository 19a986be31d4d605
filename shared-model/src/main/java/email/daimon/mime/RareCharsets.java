package email.daimon.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Map;
import java.util.Optional;

/** Charsets of mail that the JDK does not know. Lenient: any bytes give a text. */
final class RareCharsets {
  /** ISO 8859-10 and -14 from A0 on (mappings of unicode.org). */
  private static final Map<String, String> UPPER =
      Map.of(
          "iso-8859-10",
          "\u00a0ĄĒĢĪĨĶ§ĻĐŠŦŽ\u00adŪŊ°ąēģīĩķ·ļđšŧž―ūŋĀÁÂÃÄÅÆĮČÉĘËĖÍÎÏÐŅŌÓÔÕÖŨØŲÚÛÜÝÞß"
              + "āáâãäåæįčéęëėíîïðņōóôõöũøųúûüýþĸ",
          "iso-8859-14",
          "\u00a0Ḃḃ£ĊċḊ§Ẁ©ẂḋỲ\u00ad®ŸḞḟĠġṀṁ¶ṖẁṗẃṠỳẄẅṡÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏŴÑÒÓÔÕÖṪØÙÚÛÜÝŶß"
              + "àáâãäåæçèéêëìíîïŵñòóôõöṫøùúûüýŷÿ");

  private RareCharsets() {}

  /** The text, where it is one of these charsets. The name in its canonical form. */
  static Optional<String> decode(String name, byte[] bytes, int offset, int length) {
    if (name.equals("utf-7")) {
      return Optional.of(Utf7.decode(bytes, offset, length));
    }
    if (name.equals("hz")) {
      return Optional.of(hz(bytes, offset, length));
    }
    return Optional.ofNullable(UPPER.get(name)).map(upper -> upper(upper, bytes, offset, length));
  }

  private static String upper(String upper, byte[] bytes, int offset, int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      int b = bytes[offset + i] & 0xff;
      text[i] = b < 0xa0 ? (char) b : upper.charAt(b - 0xa0);
    }
    return new String(text);
  }

  /** HZ (RFC 1843): GB 2312 in seven bits between <code>~{</code> and <code>~}</code>. */
  private static String hz(byte[] bytes, int offset, int length) {
    byte[] eight = new byte[length];
    int to = 0;
    boolean shifted = false;
    int end = offset + length;
    for (int at = offset; at < end; at++) {
      byte b = bytes[at];
      byte next = at + 1 < end ? bytes[at + 1] : 0;
      if (b == '~' && (next == '{' || next == '}')) {
        shifted = next == '{';
        at++;
      } else if (b == '~' && next == '~') {
        eight[to++] = '~';
        at++;
      } else if (b == '~' && next == '\n') {
        at++;
      } else {
        shifted &= b != '\n';
        eight[to++] = shifted && b > ' ' ? (byte) (b | 0x80) : b;
      }
    }
    return new String(eight, 0, to, Charsets.find("gb18030").orElse(ISO_8859_1));
  }
}
