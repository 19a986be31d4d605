package email.daimon.model;

import java.util.Arrays;

/** Bytes that nobody can read without the key that they were sealed with. */
public final class SealedBytes {
  private final byte[] bytes;

  public SealedBytes(byte[] bytes) {
    this.bytes = bytes.clone();
  }

  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SealedBytes sealed && Arrays.equals(bytes, sealed.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "sealed(" + bytes.length + ")";
  }
}
