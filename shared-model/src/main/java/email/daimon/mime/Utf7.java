package email.daimon.mime;

import java.nio.charset.StandardCharsets;

/** UTF-7 (RFC 2152), which the JDK does not know. Lenient: what does not fit stays as it is. */
final class Utf7 {
  private Utf7() {}

  static String decode(byte[] bytes, int offset, int length) {
    StringBuilder text = new StringBuilder(length);
    int end = offset + length;
    int at = offset;
    while (at < end) {
      byte b = bytes[at++];
      if (b != '+') {
        text.append((char) (b & 0xff));
      } else if (at < end && bytes[at] == '-') {
        text.append('+');
        at++;
      } else {
        int from = at;
        while (at < end && Base64Decoder.value(bytes[at]) >= 0) {
          at++;
        }
        shifted(bytes, from, at, text);
        if (at < end && bytes[at] == '-') {
          at++;
        }
      }
    }
    return text.toString();
  }

  /** Base64 without padding, of UTF-16 in network order. */
  private static void shifted(byte[] bytes, int from, int to, StringBuilder text) {
    if (from == to) {
      text.append('+');
      return;
    }
    int bits = 0;
    int count = 0;
    byte[] utf16 = new byte[(to - from) * 6 / 16 * 2];
    int length = 0;
    for (int i = from; i < to && length < utf16.length; i++) {
      bits = bits << 6 | Base64Decoder.value(bytes[i]);
      count += 6;
      if (count >= 8) {
        count -= 8;
        utf16[length++] = (byte) (bits >> count);
      }
    }
    text.append(new String(utf16, 0, length, StandardCharsets.UTF_16BE));
  }
}
