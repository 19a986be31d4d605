package email.daimon.mime;

import java.io.IOException;
import java.io.OutputStream;

/** Undoes a Content-Transfer-Encoding (RFC 2045, 6), bytes in, bytes out. Never refuses content. */
abstract class TransferDecoder {
  final OutputStream out;
  final Warnings warnings;

  TransferDecoder(OutputStream out, Warnings warnings) {
    this.out = out;
    this.warnings = warnings;
  }

  /** Takes the next bytes; lines end within them as in the mail. */
  abstract void write(byte[] text, int start, int end) throws IOException;

  /** Gives out what is left. Does not close the stream. */
  abstract void finish() throws IOException;

  static TransferDecoder of(String encoding, OutputStream out, Warnings warnings) {
    return switch (encoding) {
      case "base64" -> new Base64Decoder(out, warnings);
      case "quoted-printable" -> new QuotedPrintableDecoder(out, warnings);
      case "", "7bit", "8bit", "binary" -> new Identity(out, warnings);
      default -> {
        warnings.raise(Warning.UNKNOWN_TRANSFER_ENCODING);
        yield new Identity(out, warnings);
      }
    };
  }

  private static final class Identity extends TransferDecoder {
    Identity(OutputStream out, Warnings warnings) {
      super(out, warnings);
    }

    @Override
    void write(byte[] text, int start, int end) throws IOException {
      out.write(text, start, end - start);
    }

    @Override
    void finish() {}
  }
}
