package email.daimon.mime.tnef;

/** A range of bytes read from its beginning on, numbers in little-endian order. */
final class Bytes {
  final byte[] all;
  final int end;
  int at;

  Bytes(byte[] all, int start, int end) {
    this.all = all;
    this.at = start;
    this.end = end;
  }

  int left() {
    return end - at;
  }

  boolean has(int count) {
    return count >= 0 && count <= end - at;
  }

  int u8() {
    return all[at++] & 0xff;
  }

  int u16() {
    return u8() | u8() << 8;
  }

  int i32() {
    return u16() | u16() << 16;
  }

  /** Over some bytes, at most to the end. */
  void skip(int count) {
    at = count < 0 || count > end - at ? end : at + count;
  }
}
