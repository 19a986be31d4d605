package email.daimon.mime;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Bytes to text: the declared charset if the bytes fit it, or what mailers mean by its name; else
 * UTF-8 if they fit; else what a byte order mark or the HTML itself says; else the declared one
 * with a few scars; else windows-1252, which fits everything.
 */
final class TextDecoder {
  /** What is decoded: HTML may name its own charset, a header has no byte order mark. */
  enum Kind {
    TEXT,
    HTML,
    HEADER
  }

  /**
   * A text and how it was found.
   *
   * @param fallback whether the declared charset had to be left
   */
  record Decoded(String text, boolean fallback) {}

  private static final String C1 =
      "\u20ac\u0081\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u008d\u017d"
          + "\u008f\u0090\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153"
          + "\u009d\u017e\u0178";

  private static final byte ESC = 27;
  private static final int ASCII = 0;
  private static final int ESCAPES = 1;
  private static final int FOREIGN = -1;

  private TextDecoder() {}

  static Decoded decode(
      byte[] bytes, int offset, int length, Optional<String> declared, Kind kind) {
    String name = Charsets.canonical(declared.orElse(""));
    boolean undeclared = name.isEmpty() || name.equals("us-ascii");
    int signs = undeclared || Charsets.extendsAscii(name) ? signs(bytes, offset, length) : FOREIGN;
    if (signs != FOREIGN) {
      if (undeclared && signs == ESCAPES && shiftsToJapanese(bytes, offset, length)) {
        return new Decoded(guess("iso-2022-jp", bytes, offset, length, kind), true);
      }
      return new Decoded(new String(bytes, offset, length, StandardCharsets.ISO_8859_1), false);
    }
    if (!undeclared) {
      Optional<String> text = named(name, bytes, offset, length);
      if (text.isPresent()) {
        return new Decoded(withoutMark(text.get()), false);
      }
    }
    return new Decoded(withoutMark(guess(name, bytes, offset, length, kind)), !name.isEmpty());
  }

  private static String guess(String name, byte[] bytes, int offset, int length, Kind kind) {
    Optional<String> text =
        Charsets.wider(name).stream()
            .flatMap(wider -> named(wider, bytes, offset, length).stream())
            .findFirst()
            .or(() -> strictly(StandardCharsets.UTF_8, bytes, offset, length));
    if (text.isEmpty() && kind != Kind.HEADER) {
      text =
          mark(bytes, offset, length)
              .or(() ->
                  kind == Kind.HTML ? Charsets.ofHtml(bytes, offset, length) : Optional.empty())
              .flatMap(found -> named(found, bytes, offset, length));
    }
    return text.or(() -> mostly(name, bytes, offset, length))
        .orElseGet(() ->
            isMostlyUtf8(bytes, offset, length)
                ? new String(bytes, offset, length, StandardCharsets.UTF_8)
                : windows1252(bytes, offset, length));
  }

  /** The declared charset all the same, if hardly anything does not fit: a text with scars. */
  private static Optional<String> mostly(String name, byte[] bytes, int offset, int length) {
    if (name.isEmpty() || name.equals("us-ascii") || name.equals("utf-8")) {
      return Optional.empty();
    }
    return Charsets.find(name)
        .map(charset -> new String(bytes, offset, length, charset))
        .filter(TextDecoder::hasFewScars);
  }

  private static boolean hasFewScars(String text) {
    int scars = 0;
    int foreign = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      scars += c == '\ufffd' ? 1 : 0;
      foreign += c > '~' ? 1 : 0;
    }
    return scars * 4 <= foreign;
  }

  /** Whether the bytes shift to two-byte Japanese as ISO-2022-JP does: ESC $ @ or ESC $ B. */
  private static boolean shiftsToJapanese(byte[] bytes, int offset, int length) {
    int end = offset + length;
    int at = RawLines.indexOf(bytes, offset, end, ESC);
    while (at >= 0 && at + 2 < end) {
      if (bytes[at + 1] == '$' && (bytes[at + 2] == '@' || bytes[at + 2] == 'B')) {
        return true;
      }
      at = RawLines.indexOf(bytes, at + 1, end, ESC);
    }
    return false;
  }

  /** Whether of the bytes beyond ASCII more form UTF-8 characters than not: a text with scars. */
  private static boolean isMostlyUtf8(byte[] bytes, int offset, int length) {
    int characters = 0;
    int strays = 0;
    int end = offset + length;
    for (int i = offset; i < end; i++) {
      int b = bytes[i] & 0xff;
      int following = b >= 0xf0 && b < 0xf5 ? 3 : b >= 0xe0 ? 2 : b >= 0xc2 ? 1 : 0;
      if (b >= 0x80) {
        int at = i + 1;
        while (at < end && at <= i + following && (bytes[at] & 0xc0) == 0x80) {
          at++;
        }
        if (following > 0 && at == i + 1 + following) {
          characters++;
          i += following;
        } else {
          strays++;
        }
      }
    }
    return characters > strays;
  }

  private static Optional<String> mark(byte[] bytes, int offset, int length) {
    if (length < 2) {
      return Optional.empty();
    }
    int mark = (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
    return switch (mark) {
      case 0xfeff -> Optional.of("utf-16be");
      case 0xfffe -> Optional.of("utf-16le");
      default -> Optional.empty();
    };
  }

  private static Optional<String> named(String name, byte[] bytes, int offset, int length) {
    if (name.equals("iso-8859-1") || name.equals("windows-1252")) {
      return Optional.of(windows1252(bytes, offset, length));
    }
    if (name.equals("utf-16")) {
      return strictly(utf16(bytes, offset, length), bytes, offset, length);
    }
    return RareCharsets.decode(name, bytes, offset, length)
        .or(() -> Charsets.find(name).flatMap(charset -> strictly(charset, bytes, offset, length)));
  }

  /** By its mark; without one by where the zeros of Western letters and blanks stand. */
  private static Charset utf16(byte[] bytes, int offset, int length) {
    Optional<String> marked = mark(bytes, offset, length);
    if (marked.isPresent()) {
      return marked.get().equals("utf-16le")
          ? StandardCharsets.UTF_16LE
          : StandardCharsets.UTF_16BE;
    }
    int balance = 0;
    for (int i = 0; i + 1 < Math.min(length, 2048); i += 2) {
      balance += (bytes[offset + i] == 0 ? 1 : 0) - (bytes[offset + i + 1] == 0 ? 1 : 0);
    }
    return balance < 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
  }

  /** A character that the cut at a bound left incomplete is dropped, not refused. */
  private static Optional<String> strictly(Charset charset, byte[] bytes, int offset, int length) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate((int) (length * (double) decoder.maxCharsPerByte()) + 1);
    ByteBuffer source = ByteBuffer.wrap(bytes, offset, length);
    if (decoder.decode(source, text, false).isError()) {
      return Optional.empty();
    }
    decoder.decode(ByteBuffer.allocate(0), text, true);
    decoder.flush(text);
    return Optional.of(text.flip().toString());
  }

  private static String windows1252(byte[] bytes, int offset, int length) {
    char[] text = new char[length];
    for (int i = 0; i < length; i++) {
      int b = bytes[offset + i] & 0xff;
      text[i] = b >= 0x80 && b < 0xa0 ? C1.charAt(b - 0x80) : (char) b;
    }
    return new String(text);
  }

  private static String withoutMark(String text) {
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  /** Whether all is ASCII, and has ESC among it: one pass without branches. */
  private static int signs(byte[] bytes, int offset, int length) {
    int all = 0;
    int escapes = 0;
    for (int i = offset; i < offset + length; i++) {
      all |= bytes[i];
      // Negative for ESC alone, as long as all is ASCII.
      escapes |= (bytes[i] ^ ESC) - 1;
    }
    return all < 0 ? FOREIGN : escapes < 0 ? ESCAPES : ASCII;
  }
}
