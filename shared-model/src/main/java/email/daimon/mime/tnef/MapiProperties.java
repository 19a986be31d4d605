package email.daimon.mime.tnef;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The properties of a mail or an attachment as TNEF packs them (MS-OXTNEF, 2.1.3.4): of each
 * without a name its first value. Reading ends where the bytes do not fit.
 */
final class MapiProperties {
  private static final int NAMED = 0x8000;
  private static final int MANY = 0x1000;
  private static final int GUID = 16;

  private static final int SHORT = 0x2;
  private static final int INTEGER = 0x3;
  private static final int FLOAT = 0x4;
  private static final int DOUBLE = 0x5;
  private static final int CURRENCY = 0x6;
  private static final int FLOATING_TIME = 0x7;
  private static final int ERROR = 0xa;
  private static final int BOOLEAN = 0xb;
  private static final int OBJECT = 0xd;
  private static final int LONG = 0x14;
  private static final int STRING8 = 0x1e;
  private static final int STRING = 0x1f;
  private static final int TIME = 0x40;
  private static final int CLASS_ID = 0x48;
  private static final int BINARY = 0x102;

  private final byte[] bytes;
  private final Map<Integer, Value> values = new HashMap<>();

  /**
   * A value.
   *
   * @param type of MAPI, without the flag for many
   */
  record Value(int type, int start, int end) {
    int length() {
      return end - start;
    }
  }

  MapiProperties(byte[] bytes, int start, int end) {
    this.bytes = bytes;
    Bytes in = new Bytes(bytes, start, end);
    if (in.has(4)) {
      int count = in.i32();
      // Each takes four bytes at least, so that the bytes bound the count.
      for (int i = 0; i < count && property(in); i++) {}
    }
  }

  private boolean property(Bytes in) {
    if (!in.has(4)) {
      return false;
    }
    int type = in.u16();
    int id = in.u16();
    if (id >= NAMED && !name(in)) {
      return false;
    }
    int base = type & ~MANY;
    int fixed = fixedSize(base);
    boolean many = (type & MANY) != 0;
    if (fixed < 0) {
      return false;
    }
    int count = 1;
    if (many || fixed == 0) {
      if (!in.has(4)) {
        return false;
      }
      count = in.i32();
    }
    for (int i = 0; i < count; i++) {
      int size = fixed;
      if (fixed == 0) {
        if (!in.has(4)) {
          return false;
        }
        size = in.i32();
      }
      if (!in.has(size)) {
        return false;
      }
      if (i == 0 && id < NAMED) {
        values.putIfAbsent(id, new Value(base, in.at, in.at + size));
      }
      in.skip(size);
      in.skip(-size & 3);
    }
    return count >= 0;
  }

  /** Passes over the name of a property: its set, and its number or its text. */
  private static boolean name(Bytes in) {
    if (!in.has(GUID + 8)) {
      return false;
    }
    in.skip(GUID);
    boolean text = in.i32() != 0;
    int value = in.i32();
    if (text) {
      if (!in.has(value)) {
        return false;
      }
      in.skip(value);
      in.skip(-value & 3);
    }
    return true;
  }

  /** Bytes of a type; 0 where they are given with each value; -1 of no type. */
  private static int fixedSize(int type) {
    return switch (type) {
      case SHORT, BOOLEAN, INTEGER, FLOAT, ERROR -> 4;
      case DOUBLE, CURRENCY, FLOATING_TIME, LONG, TIME -> 8;
      case CLASS_ID -> GUID;
      case STRING8, STRING, BINARY, OBJECT -> 0;
      default -> -1;
    };
  }

  /** Bytes of a value, of an object without the id of its interface. */
  Optional<Value> bytes(int id) {
    Value value = values.get(id);
    if (value == null || fixedSize(value.type()) != 0) {
      return Optional.empty();
    }
    boolean object = value.type() == OBJECT && value.length() >= GUID;
    return Optional.of(object ? new Value(OBJECT, value.start() + GUID, value.end()) : value);
  }

  Optional<String> text(int id, CodePages codePages, int codePage) {
    return Optional.ofNullable(values.get(id))
        .filter(value -> value.type() == STRING || value.type() == STRING8)
        .map(value ->
            value.type() == STRING
                ? new String(bytes, value.start(), value.length(), UTF_16LE)
                : codePages.decode(bytes, value.start(), value.length(), codePage))
        .map(MapiProperties::toNul);
  }

  int number(int id, int otherwise) {
    Value value = values.get(id);
    return value == null || value.type() != INTEGER
        ? otherwise
        : new Bytes(bytes, value.start(), value.end()).i32();
  }

  /** Strings end with a NUL. */
  static String toNul(String text) {
    int nul = text.indexOf('\0');
    return nul < 0 ? text : text.substring(0, nul);
  }
}
