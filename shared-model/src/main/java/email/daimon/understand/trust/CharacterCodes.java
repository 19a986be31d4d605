package email.daimon.understand.trust;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts of which each character is written as its code: rows of numbers to the base 2, 10 or 16,
 * Morse (ITU-R M.1677-1), escapes of programs, pages and addresses (RFC 3986 section 2.1), base32
 * (RFC 4648 section 6).
 */
final class CharacterCodes {
  /** Codes in a row; fewer are a date, an address or a colour. */
  private static final int FEWEST = 12;

  /** Escapes within an address: each may stand for a blank. */
  private static final int FEWEST_PERCENTS = 6;

  /** Characters that need no escape, in a row. */
  private static final int GAP = 24;

  private static final int MOST = 10;
  private static final int LONGEST = 4_000;
  private static final int LONGEST_CODE = 8;
  private static final int BYTE = 8;
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS_OF_BASE32 = 5;
  private static final int SHORTEST_BASE32 = 32;

  private static final Pattern ESCAPES =
      Pattern.compile(
          "(?:\\\\u\\p{XDigit}{4}|\\\\x\\p{XDigit}{2}|&#x?\\p{XDigit}{2,5};){12,1000}+");

  private static final Pattern ESCAPE =
      Pattern.compile("\\\\[ux](\\p{XDigit}+)|&#(x?)(\\p{XDigit}+);");

  private static final Kind[] KINDS = Kind.values();
  private static final Map<String, Integer> IN_MORSE = morse();

  private final String text;
  private final List<Encoded.Found> found = new ArrayList<>();

  private CharacterCodes(String text) {
    this.text = text;
  }

  /** What they spell, where that is text. */
  static List<Encoded.Found> of(String text) {
    CharacterCodes codes = new CharacterCodes(text);
    codes.rows();
    codes.escapes();
    codes.percents();
    codes.base32();
    return codes.found;
  }

  private void add(byte[] said, int start, int end) {
    add(new String(said, UTF_8), start, end);
  }

  private void add(String said, int start, int end) {
    if (found.size() < MOST && Encoded.isText(said)) {
      found.add(new Encoded.Found(said, start, end));
    }
  }

  /** Codes that stand one behind the other, with blanks or commas between them. */
  private void rows() {
    int at = next(0);
    while (at < text.length()) {
      int behind = end(at);
      if (behind - at <= LONGEST_CODE && mayBegin(text.charAt(at))) {
        for (Kind kind : KINDS) {
          behind = Math.max(behind, row(kind, at));
        }
      }
      at = next(behind);
    }
  }

  /** Nearly every word ends here. */
  private static boolean mayBegin(char c) {
    return (c >= '-' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '|';
  }

  /** Where a row of a kind ends that begins here. */
  private int row(Kind kind, int start) {
    ByteArrayOutputStream said = new ByteArrayOutputStream(0);
    int behind = start;
    int number = 0;
    for (int at = start; at < text.length(); at = next(behind)) {
      int end = end(at);
      int code = kind.code(text, at, end);
      if (code < 0) {
        break;
      }
      // In Morse a wide gap ends a word.
      if (kind == Kind.MORSE && number > 0 && at - behind > 1) {
        said.write(' ');
      }
      said.write(code);
      number++;
      behind = end;
    }
    if (number >= FEWEST && number <= LONGEST) {
      add(said.toByteArray(), start, behind);
    }
    return behind;
  }

  private int next(int from) {
    int at = from;
    while (at < text.length() && isBetween(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private int end(int from) {
    int at = from;
    while (at < text.length() && !isBetween(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBetween(char c) {
    return c <= ' ' || c == ',' || c == ';' || c == '\u00a0';
  }

  /** How a character is written that stands apart from the next. */
  private enum Kind {
    BINARY,
    DECIMAL,
    HEX,
    MORSE;

    /** The byte that it stands for; less than 0 where it is no such code. */
    int code(String text, int from, int to) {
      int length = to - from;
      if (length > LONGEST_CODE) {
        return -1;
      }
      return switch (this) {
        case BINARY -> length >= BYTE - 1 ? number(text, from, to, 2) : -1;
        case DECIMAL -> length == 2 || length == 3 ? number(text, from, to, 10) : -1;
        case HEX -> {
          boolean marked = length == 4 && text.startsWith("0x", from);
          yield length == 2 || marked ? number(text, to - 2, to, 16) : -1;
        }
        case MORSE ->
            ".-/|".indexOf(text.charAt(from)) < 0
                ? -1
                : IN_MORSE.getOrDefault(text.substring(from, to), -1);
      };
    }
  }

  private static int number(String text, int from, int to, int base) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = Character.digit(text.charAt(i), base);
      if (digit < 0) {
        return -1;
      }
      value = value * base + digit;
    }
    return value < 1 << BYTE ? value : -1;
  }

  private void escapes() {
    if (text.indexOf("&#") < 0 && text.indexOf("\\u") < 0 && text.indexOf("\\x") < 0) {
      return;
    }
    Matcher rows = ESCAPES.matcher(text);
    while (found.size() < MOST && rows.find()) {
      StringBuilder said = new StringBuilder();
      Matcher each = ESCAPE.matcher(rows.group());
      while (each.find()) {
        boolean decimal = each.group(1) == null && each.group(2).isEmpty();
        String digits = each.group(1) == null ? each.group(3) : each.group(1);
        said.append(
            decimal && !digits.chars().allMatch(c -> c <= '9')
                ? "\ufffd"
                : Character.toString(Integer.parseInt(digits, decimal ? 10 : 16)));
      }
      add(said.toString(), rows.start(), rows.end());
    }
  }

  private void percents() {
    int behind = 0;
    int at = text.indexOf('%');
    while (at >= 0 && found.size() < MOST) {
      int start = at;
      while (start > behind && at - start < GAP && isUnreserved(text.charAt(start - 1))) {
        start--;
      }
      behind = Math.max(at + 1, percents(start));
      at = text.indexOf('%', behind);
    }
  }

  /** Behind the escapes and the characters between them that begin here. */
  private int percents(int start) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int number = 0;
    int plain = 0;
    int at = start;
    while (at < text.length() && plain <= GAP && at - start < LONGEST) {
      int code =
          text.charAt(at) == '%' && at + 2 < text.length() ? number(text, at + 1, at + 3, 16) : -1;
      if (code < 0 && !isUnreserved(text.charAt(at))) {
        break;
      }
      said.write(code < 0 ? text.charAt(at) : code);
      number += code < 0 ? 0 : 1;
      plain = code < 0 ? plain + 1 : 0;
      at += code < 0 ? 1 : 3;
    }
    // Those of an address are read with it.
    boolean address = start > 0 && "/?=&#".indexOf(text.charAt(start - 1)) >= 0;
    if (number >= FEWEST_PERCENTS && !address) {
      add(said.toByteArray(), start, at);
    }
    return at;
  }

  private static boolean isUnreserved(char c) {
    return (Letters.isOfWord(c) && c < 0x80) || c == '.' || c == '-' || c == '_' || c == '~';
  }

  private void base32() {
    int start = 0;
    while (start + SHORTEST_BASE32 <= text.length() && found.size() < MOST) {
      // From the end of the shortest row: most of a text is words, and is passed over.
      int last = start + SHORTEST_BASE32 - 1;
      while (last >= start && isOfBase32(text.charAt(last))) {
        last--;
      }
      if (last < start) {
        int end = start + SHORTEST_BASE32;
        while (end < text.length() && end - start < LONGEST && isOfBase32(text.charAt(end))) {
          end++;
        }
        add(ofBase32(start, end), start, end);
        last = end;
      }
      start = last + 1;
    }
  }

  private byte[] ofBase32(int start, int end) {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int bits = 0;
    int held = 0;
    for (int i = start; i < end; i++) {
      held = (held << BITS_OF_BASE32) | BASE32.indexOf(text.charAt(i));
      bits += BITS_OF_BASE32;
      if (bits >= BYTE) {
        bits -= BYTE;
        said.write(held >> bits);
        held &= (1 << bits) - 1;
      }
    }
    return said.toByteArray();
  }

  private static boolean isOfBase32(char c) {
    return (c >= 'A' && c <= 'Z') || (c >= '2' && c <= '7');
  }

  private static Map<String, Integer> morse() {
    String letters =
        "a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-. "
            + "s... t- u..- v...- w.-- x-..- y-.-- z--.. 0----- 1.---- 2..--- 3...-- 4....- 5..... "
            + "6-.... 7--... 8---.. 9----. ..-.-.- ,--..-- ?..--.. :---... '.----. @.--.-.";
    Map<String, Integer> codes = new HashMap<>();
    for (String one : letters.split(" ")) {
      codes.put(one.substring(1), (int) one.charAt(0));
    }
    codes.put("/", (int) ' ');
    codes.put("|", (int) ' ');
    return codes;
  }
}
