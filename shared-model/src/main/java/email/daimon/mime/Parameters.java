package email.daimon.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A value with parameters, as in Content-Type and Content-Disposition (RFC 2045, 5.1), with
 * continuations and charsets (RFC 2231), and with encoded-words and raw 8-bit where no RFC allows
 * them.
 */
final class Parameters {
  private static final int MOST = 200;

  private final String value;
  private final Map<String, String> plain = new HashMap<>();
  private final Map<String, Map<Integer, Piece>> pieces = new HashMap<>();

  private record Piece(String text, boolean extended) {}

  /** Reads a raw value, one character a byte. */
  Parameters(String raw) {
    int semicolon = raw.indexOf(';');
    String before = semicolon < 0 ? raw : raw.substring(0, semicolon);
    value = word(before).toLowerCase(Locale.ROOT);
    int at = semicolon < 0 ? raw.length() : semicolon + 1;
    if (before.indexOf('=') > 0) {
      at = afterForgottenSemicolon(before, at);
    }
    for (int i = 0; i < MOST && at < raw.length(); i++) {
      at = parameter(raw, at);
    }
  }

  /** {@code text/plain charset=utf-8}: the parameters begin behind the first blank. */
  private static int afterForgottenSemicolon(String before, int at) {
    String value = before.stripLeading();
    int blank = 0;
    while (blank < value.length() && value.charAt(blank) > ' ') {
      blank++;
    }
    String rest = value.substring(blank).stripLeading();
    int equals = rest.indexOf('=');
    boolean named = equals > 0;
    for (int i = 0; i < equals && named; i++) {
      char c = rest.charAt(i);
      named = Character.isLetterOrDigit(c) || c == '*' || c == '-' || c == '_';
    }
    return named ? before.length() - rest.length() : at;
  }

  /** What stands before the first semicolon, lower case. */
  String value() {
    return value;
  }

  /** A parameter as it stands, one character a byte. */
  Optional<String> raw(String name) {
    Optional<String> whole = Optional.ofNullable(plain.get(name));
    return whole.isPresent() ? whole : joined(name).map(Joined::latin1);
  }

  /** A parameter, decoded for people. */
  Optional<String> text(String name) {
    Optional<String> extended = joined(name).map(Joined::decoded);
    return extended.isPresent()
        ? extended
        : Optional.ofNullable(plain.get(name)).map(HeaderText::decode);
  }

  private int parameter(String raw, int from) {
    int at = from;
    int equals = at;
    while (equals < raw.length() && raw.charAt(equals) != '=' && raw.charAt(equals) != ';') {
      equals++;
    }
    if (equals == raw.length() || raw.charAt(equals) == ';') {
      return equals + 1;
    }
    String name = raw.substring(at, equals).strip().toLowerCase(Locale.ROOT);
    at = equals + 1;
    while (at < raw.length() && raw.charAt(at) <= ' ') {
      at++;
    }
    if (at < raw.length() && raw.charAt(at) == '"') {
      StringBuilder quoted = new StringBuilder();
      int after = quoted(raw, at, quoted);
      keep(name, quoted.toString());
      int semicolon = raw.indexOf(';', after);
      return semicolon < 0 ? raw.length() : semicolon + 1;
    }
    int semicolon = raw.indexOf(';', at);
    int end = semicolon < 0 ? raw.length() : semicolon;
    String text = raw.substring(at, end).strip();
    keep(name, isName(name) ? text : word(text));
    return end + 1;
  }

  /** A quote that never ends, ends with the value. */
  static int quoted(String raw, int quote, StringBuilder out) {
    int at = quote + 1;
    while (at < raw.length() && raw.charAt(at) != '"') {
      char c = raw.charAt(at);
      if (c == '\\' && at + 1 < raw.length() && isQuotable(raw.charAt(at + 1))) {
        at++;
        c = raw.charAt(at);
      }
      out.append(c);
      at++;
    }
    return at + 1;
  }

  /** Other backslashes are those of a path in a careless mailer. */
  private static boolean isQuotable(char c) {
    return c == '"' || c == '\\';
  }

  private static boolean isName(String parameter) {
    return parameter.startsWith("filename") || parameter.startsWith("name");
  }

  /** Without comments and anything after a blank. */
  private static String word(String text) {
    String stripped = text.strip();
    int comment = stripped.startsWith("(") ? stripped.indexOf(')') : -1;
    stripped = stripped.substring(comment + 1).strip();
    for (int i = 0; i < stripped.length(); i++) {
      char c = stripped.charAt(i);
      if (c <= ' ' || c == '(') {
        return stripped.substring(0, i);
      }
    }
    return stripped;
  }

  private void keep(String name, String text) {
    int star = name.indexOf('*');
    if (star < 0) {
      plain.putIfAbsent(name, text);
      return;
    }
    boolean extended = name.endsWith("*");
    String number =
        name.substring(star + 1, extended ? Math.max(star + 1, name.length() - 1) : name.length());
    int index = number.isEmpty() ? 0 : index(number);
    if (index >= 0) {
      pieces
          .computeIfAbsent(name.substring(0, star), key -> new HashMap<>())
          .putIfAbsent(index, new Piece(text, extended));
    }
  }

  private static int index(String number) {
    if (number.length() > 3) {
      return -1;
    }
    for (int i = 0; i < number.length(); i++) {
      if (number.charAt(i) < '0' || number.charAt(i) > '9') {
        return -1;
      }
    }
    return Integer.parseInt(number);
  }

  private static final class Joined {
    private final byte[] bytes;
    private final Optional<String> charset;

    Joined(byte[] bytes, Optional<String> charset) {
      this.bytes = bytes;
      this.charset = charset;
    }

    String latin1() {
      return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    String decoded() {
      return charset.isPresent()
          ? TextDecoder.decode(bytes, 0, bytes.length, charset, TextDecoder.Kind.HEADER).text()
          : HeaderText.decode(bytes, 0, bytes.length);
    }
  }

  private Optional<Joined> joined(String name) {
    Map<Integer, Piece> found = pieces.get(name);
    if (found == null) {
      return Optional.empty();
    }
    List<Piece> ordered = new ArrayList<>();
    for (int i = 0; i <= MOST && (found.containsKey(i) || i == 0); i++) {
      Piece piece = found.get(i);
      if (piece != null) {
        ordered.add(piece);
      }
    }
    Optional<String> charset = Optional.empty();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < ordered.size(); i++) {
      Piece piece = ordered.get(i);
      String text = piece.text();
      if (i == 0 && piece.extended()) {
        int first = text.indexOf('\'');
        int second = text.indexOf('\'', first + 1);
        if (first >= 0 && second > first) {
          charset = Optional.of(text.substring(0, first));
          text = text.substring(second + 1);
        } else if (first > 0
            && Charsets.find(Charsets.canonical(text.substring(0, first))).isPresent()) {
          charset = Optional.of(text.substring(0, first));
          text = text.substring(first + 1);
        }
      }
      if (piece.extended()) {
        unescape(text, bytes);
      } else {
        bytes.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return Optional.of(new Joined(bytes.toByteArray(), charset));
  }

  private static void unescape(String text, ByteArrayOutputStream out) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length()) {
        int high = Character.digit(text.charAt(i + 1), 16);
        int low = Character.digit(text.charAt(i + 2), 16);
        if (high >= 0 && low >= 0) {
          out.write(high << 4 | low);
          i += 2;
          continue;
        }
      }
      out.write(c);
    }
  }
}
