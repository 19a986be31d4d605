package email.daimon.mime;

import java.io.IOException;

/** A part that is being read and has no parts within it. */
abstract class Leaf {
  private final TransferDecoder decoder;

  Leaf(TransferDecoder decoder) {
    this.decoder = decoder;
  }

  final void write(byte[] bytes, int start, int end) throws IOException {
    decoder.write(bytes, start, end);
  }

  /** The last byte has been written. */
  final void end() throws IOException {
    decoder.finish();
    ended();
  }

  abstract void ended() throws IOException;
}
