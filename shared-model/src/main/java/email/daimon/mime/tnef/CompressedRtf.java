package email.daimon.mime.tnef;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import java.util.Optional;

/** Compressed RTF (MS-OXRTFCP): LZ77 over a window of 4 KB that begins filled. */
final class CompressedRtf {
  /** Bytes of RTF that are taken. */
  static final int LONGEST = 4 << 20;

  private static final int COMPRESSED = 0x75465A4C;
  private static final int UNCOMPRESSED = 0x414C454D;
  private static final int HEADER = 16;
  private static final int WINDOW = 4096;
  private static final byte[] BEGINNING =
      ("{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}"
              + "{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
              + "\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
              + "{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx")
          .getBytes(ISO_8859_1);

  private CompressedRtf() {}

  /** The RTF, as far as the bytes give it; nothing where they are none. */
  static Optional<byte[]> decompress(byte[] bytes, int start, int end) {
    Bytes in = new Bytes(bytes, start, end);
    if (!in.has(HEADER)) {
      return Optional.empty();
    }
    in.skip(4);
    int rawSize = in.i32();
    int type = in.i32();
    in.skip(4);
    int length = rawSize < 0 ? LONGEST : Math.min(rawSize, LONGEST);
    return switch (type) {
      case UNCOMPRESSED ->
          Optional.of(Arrays.copyOfRange(bytes, in.at, in.at + Math.min(length, in.left())));
      case COMPRESSED -> Optional.of(expand(in, length));
      default -> Optional.empty();
    };
  }

  private static byte[] expand(Bytes in, int length) {
    byte[] window = Arrays.copyOf(BEGINNING, WINDOW);
    int write = BEGINNING.length;
    // One byte stands for eight and a half at most: what is claimed is not believed.
    byte[] out = new byte[(int) Math.min(length, in.left() * 9L)];
    int size = 0;
    while (in.has(1)) {
      int flags = in.u8();
      for (int bit = 0; bit < 8 && in.has(1); bit++) {
        if ((flags >> bit & 1) == 0) {
          if (size == out.length) {
            return out;
          }
          byte literal = (byte) in.u8();
          out[size++] = literal;
          window[write++ & WINDOW - 1] = literal;
          continue;
        }
        if (!in.has(2)) {
          return Arrays.copyOf(out, size);
        }
        int reference = in.u8() << 8 | in.u8();
        int offset = reference >> 4;
        if (offset == (write & WINDOW - 1)) {
          return Arrays.copyOf(out, size);
        }
        for (int i = (reference & 15) + 2; i > 0; i--) {
          if (size == out.length) {
            return out;
          }
          byte copied = window[offset++ & WINDOW - 1];
          out[size++] = copied;
          window[write++ & WINDOW - 1] = copied;
        }
      }
    }
    return Arrays.copyOf(out, size);
  }
}
