package email.daimon.mime;

import java.io.IOException;

/** A part that is being read and has no parts within it. */
interface Leaf {
  /** Takes the next bytes, as they stand in the mail. */
  void write(byte[] bytes, int start, int end) throws IOException;

  /** The last byte has been written. */
  void end() throws IOException;

  /** Both get all of it. */
  static Leaf both(Leaf one, Leaf other) {
    return new Leaf() {
      @Override
      public void write(byte[] bytes, int start, int end) throws IOException {
        one.write(bytes, start, end);
        other.write(bytes, start, end);
      }

      @Override
      public void end() throws IOException {
        one.end();
        other.end();
      }
    };
  }
}
