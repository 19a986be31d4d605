package email.daimon.compose;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.james.mime4j.codec.Base64OutputStream;

/** Bytes in base64 (RFC 2045, 6.8), in lines of 76 characters, streamed. */
final class Base64Bodies {
  private static final int LINE = 76;

  private Base64Bodies() {}

  /** Encoded length of that many bytes, line ends included. */
  static long length(long bytes) {
    long characters = (bytes + 2) / 3 * 4;
    return characters + (characters + LINE - 1) / LINE * 2;
  }

  /**
   * Writes all bytes of a stream, the last line ended. Neither stream is closed.
   *
   * @return how many bytes there were
   */
  static long write(InputStream bytes, OutputStream out) throws IOException {
    // Closing ends the encoding, and leaves what is below open.
    try (Base64OutputStream encoder = new Base64OutputStream(out)) {
      return bytes.transferTo(encoder);
    }
  }
}
