package email.daimon.mime;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names of charsets as mailers write them. */
final class Charsets {
  private static final int LONGEST_NAME = 60;
  private static final int HTML_HEAD = 2048;
  private static final Pattern META =
      Pattern.compile("charset\\s{0,5}=\\s{0,5}[\"']?([A-Za-z0-9_:.-]{2,60})");

  private static final Map<String, String> ALIASES =
      Map.ofEntries(
          Map.entry("ascii", "us-ascii"),
          Map.entry("ansi_x3.4-1968", "us-ascii"),
          Map.entry("iso-ir-6", "us-ascii"),
          Map.entry("us", "us-ascii"),
          Map.entry("7bit", "us-ascii"),
          Map.entry("8bit", ""),
          Map.entry("unknown-8bit", ""),
          Map.entry("x-unknown", ""),
          Map.entry("unknown", ""),
          Map.entry("utf8", "utf-8"),
          Map.entry("utf_8", "utf-8"),
          Map.entry("unicode-1-1-utf-8", "utf-8"),
          Map.entry("utf8mb4", "utf-8"),
          Map.entry("utf7", "utf-7"),
          Map.entry("unicode-1-1-utf-7", "utf-7"),
          Map.entry("unicode-2-0-utf-7", "utf-7"),
          Map.entry("x-unicode-2-0-utf-7", "utf-7"),
          Map.entry("latin1", "iso-8859-1"),
          Map.entry("latin-1", "iso-8859-1"),
          Map.entry("iso8859-1", "iso-8859-1"),
          Map.entry("iso_8859-1", "iso-8859-1"),
          Map.entry("cp1252", "windows-1252"),
          Map.entry("cp-1252", "windows-1252"),
          Map.entry("win-1252", "windows-1252"),
          Map.entry("iso-8859-8-i", "iso-8859-8"),
          Map.entry("iso-8859-8-e", "iso-8859-8"),
          Map.entry("ks_c_5601-1987", "ms949"),
          Map.entry("ks_c_5601", "ms949"),
          Map.entry("ksc5601", "ms949"),
          Map.entry("euc-kr", "ms949"),
          Map.entry("cp-949", "ms949"),
          Map.entry("cp-850", "ibm850"),
          Map.entry("x-sjis", "windows-31j"),
          Map.entry("shift_jis", "windows-31j"),
          Map.entry("shift-jis", "windows-31j"),
          Map.entry("sjis", "windows-31j"),
          Map.entry("x-euc-jp", "euc-jp"),
          Map.entry("gb2312", "gb18030"),
          Map.entry("gbk", "gb18030"),
          Map.entry("x-gbk", "gb18030"),
          Map.entry("cp936", "gb18030"),
          Map.entry("cn-gb", "gb18030"),
          Map.entry("hz-gb-2312", "hz"),
          Map.entry("cn-big5", "big5"),
          Map.entry("x-x-big5", "big5"),
          Map.entry("macintosh", "x-macroman"),
          Map.entry("mac", "x-macroman"),
          Map.entry("iso-8859-11", "x-iso-8859-11"));

  private Charsets() {}

  /** The name to go by: lower case, aliases resolved; empty where it says nothing. */
  static String canonical(String declared) {
    if (declared.isEmpty() || declared.length() > LONGEST_NAME) {
      return "";
    }
    String name = declared.strip().toLowerCase(Locale.ROOT);
    String alias = ALIASES.get(name);
    return alias == null ? name : alias;
  }

  static Optional<Charset> find(String canonical) {
    if (canonical.equals("utf-8")) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    try {
      return Optional.of(
          Charset.forName(canonical.startsWith("cp-") ? "cp" + canonical.substring(3) : canonical));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
      return Optional.empty();
    }
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
