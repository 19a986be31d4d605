package email.daimon.understand.unseen;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Texts written in characters that leave no ink. */
final class Payloads {
  private static final int LONGEST = 20_000;

  private Payloads() {}

  /** Tags are ASCII, moved up (Unicode, 23.9). */
  static String ofTags(String text, int from, int to) {
    StringBuilder said = new StringBuilder();
    for (int i = from; i < to && said.length() < LONGEST; ) {
      int c = text.codePointAt(i);
      if (c >= 0xe0020 && c <= 0xe007e) {
        said.append((char) (c - 0xe0000));
      }
      i += Character.charCount(c);
    }
    return said.toString();
  }

  /** Selectors number the bytes of UTF-8: 16 in one block, the other 240 in the next. */
  static String ofSelectors(String text, int from, int to) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = from; i < to && bytes.size() < LONGEST; ) {
      int c = text.codePointAt(i);
      if (InvisibleCharacters.isSelector(c)) {
        bytes.write(c < 0x10000 ? c - 0xfe00 : c - 0xe0100 + 16);
      }
      i += Character.charCount(c);
    }
    return printable(bytes.toByteArray());
  }

  /** Two characters as the bits of bytes, either being the one. */
  static String ofBits(String text, int from, int to) {
    int zero = text.charAt(from);
    String one = bits(text, from, Math.min(to, from + LONGEST), zero, false);
    return one.isEmpty() ? bits(text, from, Math.min(to, from + LONGEST), zero, true) : one;
  }

  private static String bits(String text, int from, int to, int zero, boolean swapped) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int value = 0;
    int count = 0;
    for (int i = from; i < to; i++) {
      boolean set = (text.charAt(i) != zero) != swapped;
      value = value << 1 | (set ? 1 : 0);
      if (++count == 8) {
        bytes.write(value);
        value = 0;
        count = 0;
      }
    }
    return printable(bytes.toByteArray());
  }

  private static String printable(byte[] bytes) {
    String said = new String(bytes, UTF_8);
    if (said.isBlank()) {
      return "";
    }
    for (int i = 0; i < said.length(); i++) {
      char c = said.charAt(i);
      if (c == '\ufffd' || (c < ' ' && c != '\n' && c != '\t') || c == 0x7f) {
        return "";
      }
    }
    return said;
  }
}
