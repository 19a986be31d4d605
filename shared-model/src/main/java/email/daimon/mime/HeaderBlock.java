package email.daimon.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The fields of one header block as raw bytes, unfolded, within {@link Bounds}. */
final class HeaderBlock {
  private final Warnings warnings;
  private byte[] bytes = new byte[1024];
  private int length;
  private int[] starts = new int[32];
  private int[] nameEnds = new int[32];
  private int count;
  private boolean full;

  HeaderBlock(Warnings warnings) {
    this.warnings = warnings;
  }

  int size() {
    return count;
  }

  boolean isEmpty() {
    return count == 0;
  }

  /**
   * Where the name of a header field ends: the index of its colon, blanks before it left out. The
   * start itself if this is no header field (RFC 5322, 2.2: printable US-ASCII without blanks).
   */
  static int nameEnd(byte[] line, int start, int end) {
    int at = start;
    while (at < end && line[at] > ' ' && line[at] < 127 && line[at] != ':') {
      at++;
    }
    int nameEnd = at;
    while (at < end && (line[at] == ' ' || line[at] == '\t')) {
      at++;
    }
    return at < end && line[at] == ':' ? nameEnd : start;
  }

  /** A new field; the line is known to be one. */
  void add(byte[] line, int start, int end, int nameEnd) {
    full |= length > Bounds.HEADER_BLOCK;
    if (full) {
      warnings.raise(Warning.HEADER_BLOCK_TOO_LARGE);
      return;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, count * 2);
      nameEnds = Arrays.copyOf(nameEnds, count * 2);
    }
    starts[count] = length;
    nameEnds[count] = length + nameEnd - start;
    count++;
    append(line, start, end);
  }

  /** A folded line with its blanks (RFC 5322, 2.2.3), or a piece of a long one. */
  void extend(byte[] line, int start, int end) {
    if (count > 0 && !full) {
      append(line, start, end);
    }
  }

  private void append(byte[] line, int start, int end) {
    int room = Bounds.FIELD - (length - starts[count - 1]);
    int taken = Math.min(room, end - start);
    if (taken < end - start) {
      warnings.raise(Warning.HEADER_TOO_LONG);
    }
    if (length + taken > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(length + taken, bytes.length * 2));
    }
    System.arraycopy(line, start, bytes, length, taken);
    length += taken;
  }

  /** Name of a field, lower case. */
  String name(int field) {
    String name =
        new String(
            bytes, starts[field], nameEnds[field] - starts[field], StandardCharsets.ISO_8859_1);
    return name.toLowerCase(Locale.ROOT);
  }

  /** Value of a field, one character a byte, without blanks around it. */
  String raw(int field) {
    int from = valueStart(field);
    return new String(bytes, from, valueEnd(field) - from, StandardCharsets.ISO_8859_1).strip();
  }

  /** Value of a field, decoded for people. */
  String text(int field) {
    int from = valueStart(field);
    return HeaderText.decode(bytes, from, valueEnd(field));
  }

  /** Value of the first field of that name (lower case), one character a byte. */
  Optional<String> firstRaw(String name) {
    int field = find(name, 0);
    return field < 0 ? Optional.empty() : Optional.of(raw(field));
  }

  /** Index of the next field of that name (lower case), or -1. */
  int find(String name, int from) {
    for (int field = from; field < count; field++) {
      if (is(field, name)) {
        return field;
      }
    }
    return -1;
  }

  private boolean is(int field, String name) {
    int at = starts[field];
    if (nameEnds[field] - at != name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      int letter = bytes[at + i];
      if (letter >= 'A' && letter <= 'Z') {
        letter += 'a' - 'A';
      }
      if (letter != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int valueStart(int field) {
    int end = valueEnd(field);
    int colon = nameEnds[field];
    while (colon < end && bytes[colon] != ':') {
      colon++;
    }
    return Math.min(end, colon + 1);
  }

  private int valueEnd(int field) {
    return field + 1 < count ? starts[field + 1] : length;
  }
}
