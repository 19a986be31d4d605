package email.daimon.understand.links;

import email.daimon.understand.html.LinkAddress;
import email.daimon.understand.links.FoundLink.Look;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/** Bare addresses in a text. */
final class TextLinks {
  private static final String OPENING = "([{（【「『《〈";
  private static final String CLOSING = ")]}）】」』》〉";
  private static final String MARKS = ".,;:!?'*_|\"’”»…、。，．；：！？";
  private static final int LONGEST = 8_000;
  private static final int WRAPPED = 66;

  private final String text;
  private final int most;
  private final IntPredicate aside;
  private final List<FoundLink> found = new ArrayList<>();

  private TextLinks(String text, int most, IntPredicate aside) {
    this.text = text;
    this.most = most;
    this.aside = aside;
  }

  /**
   * Finds at most so many.
   *
   * @param aside whether what stands at a place is not new text
   */
  static List<FoundLink> of(String text, int most, IntPredicate aside) {
    TextLinks links = new TextLinks(text, most, aside);
    links.find();
    return links.found;
  }

  private void find() {
    int floor = 0;
    int at = next(0);
    while (at >= 0 && found.size() < most) {
      StringBuilder raw = new StringBuilder();
      int end = read(at, raw);
      Optional<String> address = LinkAddress.of(trimmed(raw.toString()));
      int following = next(Math.max(end, at + 4));
      if (address.isPresent()) {
        int ceiling = following < 0 ? text.length() : following;
        found.add(
            new FoundLink(
                address.get(),
                "",
                Sentences.before(text, floor, at),
                Sentences.after(text, Math.min(end, ceiling), ceiling),
                aside.test(at) ? Look.ASIDE : Look.PLAIN,
                at));
        floor = end;
      }
      at = following;
    }
  }

  private int next(int from) {
    int at = from;
    while (at >= 0 && at < text.length()) {
      int lower = text.indexOf("://", at);
      if (lower < 0) {
        return -1;
      }
      int start = schemeStart(lower);
      boolean follows = lower + 3 < text.length() && isOfAddress(text.charAt(lower + 3));
      if (start >= from && follows) {
        return start;
      }
      at = lower + 3;
    }
    return -1;
  }

  private int schemeStart(int colon) {
    for (String scheme : List.of("https", "http")) {
      int start = colon - scheme.length();
      boolean whole = start <= 0 || !isLatinLetter(text.charAt(start - 1));
      if (start >= 0 && whole && text.regionMatches(true, start, scheme, 0, scheme.length())) {
        return start;
      }
    }
    return -1;
  }

  /** Characters of an address, over the ends of lines where that is safe; returns its end. */
  private int read(int from, StringBuilder raw) {
    int i = from;
    boolean bracketed = from > 0 && text.charAt(from - 1) == '<' && isClosed(from);
    while (i < text.length() && raw.length() < LONGEST) {
      char c = text.charAt(i);
      if (isOfAddress(c)) {
        raw.append(c);
        i++;
      } else if ((c == '\n' || c == '\r') && (bracketed || isBroken(from, i, raw))) {
        i = afterBreak(i);
      } else {
        break;
      }
    }
    return i;
  }

  private int afterBreak(int at) {
    int i = at;
    while (i < text.length() && text.charAt(i) <= ' ') {
      i++;
    }
    return i;
  }

  /** Whether an angle bracket closes before any blank (RFC 3986, appendix C). */
  private boolean isClosed(int from) {
    int breaks = 0;
    for (int i = from; i < text.length() && i < from + LONGEST; i++) {
      char c = text.charAt(i);
      if (c == '>') {
        return breaks > 0;
      }
      if (c == '<' || c == ' ' || c == '\t') {
        return false;
      }
      breaks += c == '\n' ? 1 : 0;
      if (breaks > 10 || (c == '\n' && i + 1 < text.length() && text.charAt(i + 1) == '\n')) {
        return false;
      }
    }
    return false;
  }

  /**
   * Whether a line was broken within the address: it is as long as lines are made, and the next is
   * one run of characters that no word looks like. A soft break that was left is taken out.
   */
  private boolean isBroken(int start, int lineEnd, StringBuilder raw) {
    int lineStart = Math.max(text.lastIndexOf('\n', lineEnd - 1) + 1, 0);
    int next = text.startsWith("\r\n", lineEnd) ? lineEnd + 2 : lineEnd + 1;
    if (lineEnd - lineStart < WRAPPED || lineEnd - lineStart > 80 || next >= text.length()) {
      return false;
    }
    int end = next;
    boolean odd = false;
    while (end < text.length() && isOfAddress(text.charAt(end))) {
      char c = text.charAt(end);
      odd |= "=&%/?_#".indexOf(c) >= 0 || (c >= '0' && c <= '9');
      end++;
    }
    boolean alone = end == text.length() || text.charAt(end) == '\n' || text.charAt(end) == '\r';
    boolean other = text.regionMatches(true, next, "http", 0, 4) || text.startsWith(">", next);
    boolean inside = lineStart <= start || raw.length() > WRAPPED / 2;
    if (end == next || !alone || !odd || other || !inside) {
      return false;
    }
    if (raw.charAt(raw.length() - 1) == '=' && lineEnd - lineStart >= 75) {
      raw.setLength(raw.length() - 1);
    }
    return true;
  }

  private static boolean isLatinLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  /** Letters of any script belong to it, marks of full width and blanks do not. */
  private static boolean isOfAddress(char c) {
    if (c < 0x80) {
      return c > ' ' && c != '<' && c != '>' && c != '"' && c != '\u007f';
    }
    return c != '\u00a0'
        && (c < '\u2000' || c > '\u206f')
        && (c < '\u3000' || c > '\u303f')
        && c < '\uff00'
        && !Character.isIdeographic(c)
        && (c < '\u3040' || c > '\u30ff')
        && (c < '\uac00' || c > '\ud7a3')
        && (c < '\u0e00' || c > '\u0e7f');
  }

  /** Without the marks that end a sentence, and without brackets that opened before the address. */
  private static String trimmed(String raw) {
    String address = raw.contains("&amp;") ? raw.replace("&amp;", "&") : raw;
    int[] open = new int[CLOSING.length()];
    for (int i = 0; i < address.length(); i++) {
      int opening = OPENING.indexOf(address.charAt(i));
      int closing = CLOSING.indexOf(address.charAt(i));
      if (opening >= 0) {
        open[opening]++;
      } else if (closing >= 0) {
        open[closing]--;
      }
    }
    int end = address.length();
    while (end > 0) {
      char c = address.charAt(end - 1);
      int closing = CLOSING.indexOf(c);
      int opening = OPENING.indexOf(c);
      if (closing >= 0 && open[closing] < 0) {
        open[closing]++;
      } else if (opening >= 0) {
        open[opening]--;
      } else if (MARKS.indexOf(c) < 0) {
        break;
      }
      end--;
    }
    return address.substring(0, end);
  }
}
