package email.daimon.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Header values for people: encoded-words (RFC 2047, language of RFC 2231, 5), raw UTF-8 (RFC
 * 6532), raw 8-bit of older mailers. Neighbouring words of one charset are joined as bytes first,
 * since many mailers cut characters in two.
 */
final class HeaderText {
  private static final int CHARSET_NAME = 60;

  private final byte[] bytes;
  private final int end;
  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream word = new ByteArrayOutputStream();
  private String wordCharset = "";
  private boolean wordsMayEnd = true;
  private boolean afterWord;

  private HeaderText(byte[] bytes, int end) {
    this.bytes = bytes;
    this.end = end;
  }

  /** Decodes a value of one character a byte. */
  static String decode(String raw) {
    if (isPlain(raw)) {
      return raw;
    }
    byte[] bytes = raw.getBytes(StandardCharsets.ISO_8859_1);
    return decode(bytes, 0, bytes.length);
  }

  /** Decodes bytes; without blanks around, without controls. */
  static String decode(byte[] bytes, int start, int end) {
    if (isPlain(bytes, start, end)) {
      return new String(bytes, start, end - start, StandardCharsets.ISO_8859_1).strip();
    }
    int from = start;
    while (from < end && isBlank(bytes[from])) {
      from++;
    }
    int to = end;
    while (to > from && isBlank(bytes[to - 1])) {
      to--;
    }
    HeaderText value = new HeaderText(bytes, to);
    value.read(from);
    return withoutControls(value.text);
  }

  private static boolean isPlain(String raw) {
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c < ' ' || c > '~' || c == '=') {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(byte[] bytes, int start, int end) {
    for (int i = start; i < end; i++) {
      byte b = bytes[i];
      if (b < ' ' || b == 127 || (b == '=' && i + 1 < end && bytes[i + 1] == '?')) {
        return false;
      }
    }
    return true;
  }

  private static String withoutControls(CharSequence text) {
    StringBuilder clean = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\t' || c == '\n' || c == '\r') {
        clean.append(' ');
      } else if (c >= ' ' && c != 127) {
        clean.append(c);
      }
    }
    return clean.toString();
  }

  private void read(int start) {
    int literal = start;
    int at = start;
    while (at < end) {
      if (bytes[at] == '=' && at + 1 < end && bytes[at + 1] == '?') {
        int after = word(literal, at);
        if (after > 0) {
          literal = after;
          at = after;
          continue;
        }
      }
      at++;
    }
    literal(literal, end);
    endWord();
  }

  /** Reads the encoded-word at {@code at}. Returns the index after it, or -1 if it is none. */
  private int word(int literal, int at) {
    int charsetEnd = indexOf('?', at + 2, Math.min(end, at + 2 + CHARSET_NAME));
    if (charsetEnd < 0
        || charsetEnd == at + 2
        || charsetEnd + 2 >= end
        || bytes[charsetEnd + 2] != '?') {
      return -1;
    }
    int encoding = bytes[charsetEnd + 1] | 0x20;
    if (encoding != 'q' && encoding != 'b') {
      return -1;
    }
    int wordEnd = wordsMayEnd ? wordEnd(charsetEnd + 3) : -1;
    if (wordEnd < 0) {
      wordsMayEnd = false;
      return -1;
    }
    if (!afterWord || !isBlank(literal, at)) {
      literal(literal, at);
    }
    String charset = charset(at + 2, charsetEnd);
    if (!charset.equals(wordCharset)) {
      endWord();
      wordCharset = charset;
    }
    if (encoding == 'b') {
      Base64Decoder.decode(bytes, charsetEnd + 3, wordEnd, word);
    } else {
      decodeQ(charsetEnd + 3, wordEnd);
    }
    afterWord = true;
    return wordEnd + 2;
  }

  private int wordEnd(int from) {
    for (int i = from; i + 1 < end; i++) {
      if (bytes[i] == '?' && bytes[i + 1] == '=') {
        return i;
      }
    }
    return -1;
  }

  private String charset(int from, int to) {
    String name = new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    int language = name.indexOf('*');
    return Charsets.canonical(language < 0 ? name : name.substring(0, language));
  }

  private void decodeQ(int from, int to) {
    int i = from;
    while (i < to) {
      byte b = bytes[i];
      if (b == '_') {
        word.write(' ');
      } else if (b == '=' && i + 2 < to) {
        int high = Character.digit(bytes[i + 1], 16);
        int low = Character.digit(bytes[i + 2], 16);
        if (high >= 0 && low >= 0) {
          word.write(high << 4 | low);
          i += 2;
        } else {
          word.write(b);
        }
      } else {
        word.write(b);
      }
      i++;
    }
  }

  private void literal(int from, int to) {
    if (from >= to) {
      return;
    }
    endWord();
    afterWord = false;
    text.append(
        TextDecoder.decode(bytes, from, to - from, Optional.empty(), TextDecoder.Kind.HEADER)
            .text());
  }

  private void endWord() {
    if (word.size() > 0) {
      byte[] joined = word.toByteArray();
      word.reset();
      text.append(
          TextDecoder.decode(
                  joined, 0, joined.length, Optional.of(wordCharset), TextDecoder.Kind.HEADER)
              .text());
    }
  }

  private boolean isBlank(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isBlank(bytes[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }

  private int indexOf(char wanted, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
      if (bytes[i] <= ' ') {
        return -1;
      }
    }
    return -1;
  }
}
