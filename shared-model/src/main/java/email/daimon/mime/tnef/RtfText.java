package email.daimon.mime.tnef;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The HTML that RTF was made of (MS-OXRTFEX), else its text. One pass, without recursion, however
 * deep its groups are.
 */
final class RtfText {
  /** Characters of text that are taken. */
  private static final int LONGEST = 4 << 20;

  /** Groups that are remembered; deeper ones go by the settings of the deepest of these. */
  private static final int DEPTH = 1_000;

  private static final int LONGEST_WORD = 32;
  private static final Set<String> SILENT =
      Set.of(
          "fonttbl",
          "colortbl",
          "stylesheet",
          "info",
          "pict",
          "object",
          "header",
          "footer",
          "headerl",
          "headerr",
          "footerl",
          "footerr",
          "footnote",
          "generator",
          "themedata",
          "listtable",
          "fldinst",
          "xmlnstbl",
          "datastore",
          "mhtmltag");

  private final byte[] rtf;
  private final CodePages codePages;
  private final StringBuilder text = new StringBuilder();
  private final List<Group> groups = new ArrayList<>();
  private final Map<Integer, Integer> fonts = new HashMap<>();
  private Group group = new Group();
  private int beyond;
  private byte[] pending = new byte[64];
  private int pendingLength;
  private int codePage = 1252;
  private int at;
  private int unicodeToSkip;
  private boolean html;

  /** The settings of a group, which its end takes back. */
  private static final class Group {
    boolean silent;
    boolean fontTable;
    boolean tag;
    boolean htmlRtf;
    boolean starred;
    int font = -1;
    int skip = 1;

    Group copy() {
      Group copy = new Group();
      copy.silent = silent;
      copy.fontTable = fontTable;
      copy.tag = tag;
      copy.htmlRtf = htmlRtf;
      copy.font = font;
      copy.skip = skip;
      return copy;
    }
  }

  private RtfText(byte[] rtf, CodePages codePages) {
    this.rtf = rtf;
    this.codePages = codePages;
  }

  /**
   * What was found.
   *
   * @param html whether the text is HTML
   */
  record Found(String text, boolean html) {}

  static Found of(byte[] rtf, CodePages codePages) {
    RtfText reader = new RtfText(rtf, codePages);
    reader.read();
    return new Found(reader.text.toString(), reader.html);
  }

  private void read() {
    while (at < rtf.length && text.length() < LONGEST) {
      byte b = rtf[at++];
      switch (b) {
        case '{' -> open();
        case '}' -> close();
        case '\\' -> control();
        case '\r', '\n' -> {}
        default -> literal(b);
      }
    }
    flush();
  }

  private void open() {
    flush();
    unicodeToSkip = 0;
    if (groups.size() < DEPTH) {
      groups.add(group);
      group = group.copy();
    } else {
      beyond++;
    }
  }

  private void close() {
    flush();
    unicodeToSkip = 0;
    if (beyond > 0) {
      beyond--;
    } else if (!groups.isEmpty()) {
      group = groups.removeLast();
    }
  }

  private void control() {
    if (at == rtf.length) {
      return;
    }
    byte b = rtf[at];
    if (isLetter(b)) {
      word();
      return;
    }
    at++;
    switch (b) {
      case '\'' -> {
        int high = at < rtf.length ? Character.digit(rtf[at], 16) : -1;
        int low = at + 1 < rtf.length ? Character.digit(rtf[at + 1], 16) : -1;
        if (high >= 0 && low >= 0) {
          at += 2;
          literal((byte) (high << 4 | low));
        }
      }
      case '*' -> group.starred = true;
      case '~' -> put(html ? "&nbsp;" : "\u00a0");
      case '_' -> put(html ? "&shy;" : "\u00ad");
      case '\r', '\n' -> put("\n");
      case '{', '}', '\\' -> literal(b);
      default -> {}
    }
  }

  private void word() {
    int start = at;
    while (at < rtf.length && isLetter(rtf[at])) {
      at++;
    }
    String word = new String(rtf, start, Math.min(LONGEST_WORD, at - start), ISO_8859_1);
    boolean negative = at < rtf.length && rtf[at] == '-';
    int digits = negative ? at + 1 : at;
    int value = 0;
    int i = digits;
    while (i < rtf.length && rtf[i] >= '0' && rtf[i] <= '9') {
      value = Math.min(100_000_000, value * 10 + rtf[i] - '0');
      i++;
    }
    boolean numbered = i > digits;
    if (numbered) {
      at = i;
    }
    if (at < rtf.length && rtf[at] == ' ') {
      at++;
    }
    boolean starred = group.starred;
    group.starred = false;
    apply(word, numbered, negative ? -value : value, starred);
  }

  private void apply(String word, boolean numbered, int value, boolean starred) {
    if (starred && word.equals("htmltag")) {
      flush();
      group.tag = true;
      group.htmlRtf = false;
      return;
    }
    if (starred || SILENT.contains(word)) {
      flush();
      group.silent = true;
      group.fontTable = word.equals("fonttbl");
      return;
    }
    switch (word) {
      case "fromhtml" -> html = value != 0 || !numbered;
      case "htmlrtf" -> {
        flush();
        group.htmlRtf = value != 0 || !numbered;
      }
      case "ansicpg" -> codePage = value;
      case "f" -> {
        flush();
        group.font = value;
      }
      case "fcharset" -> {
        if (group.fontTable && fonts.size() < DEPTH) {
          fonts.put(group.font, ofCharset(value));
        }
      }
      case "uc" -> group.skip = Math.clamp(value, 0, 8);
      case "u" -> {
        put(String.valueOf((char) value));
        unicodeToSkip = group.skip;
      }
      case "par", "line", "row" -> put("\n");
      case "tab", "cell" -> put("\t");
      case "lquote" -> put(html ? "&lsquo;" : "\u2018");
      case "rquote" -> put(html ? "&rsquo;" : "\u2019");
      case "ldblquote" -> put(html ? "&ldquo;" : "\u201c");
      case "rdblquote" -> put(html ? "&rdquo;" : "\u201d");
      case "bullet" -> put(html ? "&bull;" : "\u2022");
      case "endash" -> put(html ? "&ndash;" : "\u2013");
      case "emdash" -> put(html ? "&mdash;" : "\u2014");
      case "bin" -> at = (int) Math.min(rtf.length, at + (long) Math.max(0, value));
      default -> {}
    }
  }

  /** Whether what comes now is text of the mail. */
  private boolean speaks() {
    return !group.silent && !group.htmlRtf;
  }

  private void literal(byte b) {
    if (unicodeToSkip > 0) {
      unicodeToSkip--;
      return;
    }
    if (speaks()) {
      if (pendingLength == pending.length) {
        pending = Arrays.copyOf(pending, pendingLength * 2);
      }
      pending[pendingLength++] = b;
    }
  }

  private void put(String characters) {
    if (speaks()) {
      flush();
      text.append(characters);
    }
  }

  private void flush() {
    if (pendingLength > 0) {
      int page = fonts.getOrDefault(group.font, 0);
      text.append(codePages.decode(pending, 0, pendingLength, page > 0 ? page : codePage));
      pendingLength = 0;
    }
  }

  private static boolean isLetter(byte b) {
    return (b >= 'a' && b <= 'z') || (b >= 'A' && b <= 'Z');
  }

  /** The code page of a font's charset; 0 where the document's counts. */
  private static int ofCharset(int charset) {
    return switch (charset) {
      case 77 -> 10000;
      case 128 -> 932;
      case 129 -> 949;
      case 130 -> 1361;
      case 134 -> 936;
      case 136 -> 950;
      case 161 -> 1253;
      case 162 -> 1254;
      case 163 -> 1258;
      case 177 -> 1255;
      case 178 -> 1256;
      case 186 -> 1257;
      case 204 -> 1251;
      case 222 -> 874;
      case 238 -> 1250;
      default -> 0;
    };
  }
}
