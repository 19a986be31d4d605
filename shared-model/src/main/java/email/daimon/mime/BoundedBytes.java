package email.daimon.mime;

import java.io.OutputStream;
import java.util.Arrays;

/** Bytes in memory up to a bound; what comes after is counted as cut. */
final class BoundedBytes extends OutputStream {
  private final int bound;
  private byte[] bytes = new byte[512];
  private int length;
  private boolean cut;

  BoundedBytes(int bound) {
    this.bound = bound;
  }

  @Override
  public void write(int b) {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] source, int offset, int count) {
    int taken = Math.min(count, bound - length);
    cut |= taken < count;
    if (length + taken > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.min(bound, Math.max(length + taken, bytes.length * 2)));
    }
    System.arraycopy(source, offset, bytes, length, taken);
    length += taken;
  }

  byte[] bytes() {
    return bytes;
  }

  int length() {
    return length;
  }

  boolean wasCut() {
    return cut;
  }
}
