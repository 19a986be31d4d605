package email.daimon.mime;

import email.daimon.DataFile;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of charsets as mailers write them ({@code charsets.txt}). */
final class Charsets {
  private static final int LONGEST_NAME = 60;
  private static final int HTML_HEAD = 2048;
  private static final Pattern META =
      Pattern.compile("charset\\s{0,5}=\\s{0,5}[\"']?([A-Za-z0-9_:.-]{2,60})");
  private static final Pattern PREFIXED =
      Pattern.compile("(?:x-)?(?:windows|win|cp|ms|msdos|dos|ibm|cswindows|codepage)([0-9]{3,5})");
  private static final Pattern ISO_8859 = Pattern.compile("(?:cs)?iso8859([0-9]{1,2})");
  private static final Map<String, String> ALIASES = read();

  /** Of a charset those that hold all of it and more, as mailers mean it. */
  private static final Map<String, List<String>> WIDER =
      Map.of(
          "iso-2022-jp", List.of("x-windows-50221", "iso-2022-jp-2"),
          "euc-jp", List.of("x-eucjp-open"),
          "big5-hkscs", List.of("x-windows-950"),
          "iso-8859-8", List.of("windows-1255"),
          "iso-8859-6", List.of("windows-1256"),
          "iso-8859-7", List.of("windows-1253"),
          "iso-8859-13", List.of("windows-1257"),
          "iso-8859-2", List.of("windows-1250"));

  private Charsets() {}

  private static Map<String, String> read() {
    Map<String, String> aliases = new HashMap<>();
    for (String line : DataFile.lines(Charsets.class, "charsets.txt")) {
      int colon = line.indexOf(": ");
      String name = line.substring(0, colon);
      String meant = name.equals("-") ? "" : name;
      for (String alias : (name + " " + line.substring(colon + 2)).split(" ")) {
        aliases.put(alias, meant);
        // As most mailers write them: found at once.
        aliases.put(alias.toUpperCase(Locale.ROOT), meant);
      }
    }
    return Map.copyOf(aliases);
  }

  /** The name to go by: lower case, aliases resolved; empty where it says nothing. */
  static String canonical(String declared) {
    if (declared.isEmpty() || declared.length() > LONGEST_NAME) {
      return "";
    }
    String known = ALIASES.get(declared);
    if (known != null) {
      return known;
    }
    String name = trimmed(declared).toLowerCase(Locale.ROOT);
    String alias = ALIASES.get(name);
    return alias == null ? likely(name) : alias;
  }

  /** The name of one of Microsoft's code pages, as {@link #canonical} gives it. */
  static String ofCodePage(int number) {
    return ALIASES.getOrDefault(Integer.toString(number), "");
  }

  /** Without the quotes and marks that careless mailers leave around. */
  private static String trimmed(String declared) {
    int from = 0;
    int to = declared.length();
    while (from < to && isMark(declared.charAt(from))) {
      from++;
    }
    while (to > from && isMark(declared.charAt(to - 1))) {
      to--;
    }
    return declared.substring(from, to);
  }

  private static boolean isMark(char c) {
    return c <= ' ' || "\"'`<>;,=".indexOf(c) >= 0;
  }

  /** What a name that no list has is likely to mean, by the letters and digits in it. */
  private static String likely(String name) {
    String known = ALIASES.get(name.replace('_', '-').replace(' ', '-'));
    if (known != null) {
      return known;
    }
    String letters = name.replaceAll("[^a-z0-9]", "");
    Matcher page = PREFIXED.matcher(letters);
    if (page.matches()) {
      return ALIASES.getOrDefault(page.group(1), name);
    }
    Matcher iso = ISO_8859.matcher(letters);
    if (iso.matches()) {
      String part = "iso-8859-" + iso.group(1);
      return ALIASES.getOrDefault(part, part);
    }
    return ALIASES.getOrDefault(letters, name);
  }

  static Optional<Charset> find(String canonical) {
    if (canonical.equals("utf-8")) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    try {
      return Optional.of(Charset.forName(canonical));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
  }

  /** Names of charsets that may be meant where the bytes do not fit this one, nearest first. */
  static List<String> wider(String canonical) {
    return WIDER.getOrDefault(canonical, List.of());
  }

  /** Whether ASCII bytes mean the same in this charset: in most, but not in those that shift. */
  static boolean extendsAscii(String canonical) {
    return canonical.startsWith("utf-8")
        || canonical.startsWith("iso-8859")
        || canonical.startsWith("windows-125")
        || canonical.startsWith("koi8")
        || canonical.startsWith("gb");
  }

  /** What the first bytes of an HTML text say in a meta element. */
  static Optional<String> ofHtml(byte[] bytes, int offset, int length) {
    String head =
        new String(bytes, offset, Math.min(length, HTML_HEAD), StandardCharsets.ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    Matcher meta = META.matcher(head);
    return meta.find() ? Optional.of(canonical(meta.group(1))) : Optional.empty();
  }
}
