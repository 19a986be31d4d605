package email.daimon.understand.codes;

import email.daimon.understand.codes.Candidate.Form;
import email.daimon.understand.words.Letters;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds what has the form of a code. Addresses, amounts, dates and times have not. */
final class Candidates {
  private static final int MOST = 400;
  private static final int SHORTEST = 4;
  private static final int LONGEST = 8;
  private static final String GLUE = "-._,:/@+=#%&\\";
  private static final String BEFORE_NONE = "?&=/\\~@_%+$€£¥₹₽₩₺₪฿₫₴₸§№°º^|<";
  private static final String AFTER_NONE = "%‰$€£¥₹₽₩₺₪฿₫₴₸°/\\@_=^~";
  private static final Set<String> GROUPED = Set.of("33", "44", "222", "2222");
  private static final Set<String> DOUBTFUL = Set.of("34", "43", "333", "223", "322");

  private final String text;
  private final List<Candidate> found = new ArrayList<>();

  /** Characters from start to end without a blank. */
  private record Piece(int start, int end) {
    int length() {
      return end - start;
    }
  }

  private Candidates(String text) {
    this.text = text;
  }

  /** In a clean text, in its order; a text with very many numbers has none. */
  static List<Candidate> in(String text) {
    Candidates candidates = new Candidates(text);
    candidates.find();
    return candidates.found.size() < MOST ? List.copyOf(candidates.found) : List.of();
  }

  private void find() {
    int at = 0;
    while (at < text.length() && found.size() < MOST) {
      if (!isAlnum(text.charAt(at))) {
        at++;
        continue;
      }
      Piece piece = piece(at);
      at = piece.end();
      if (!hasDigit(piece)) {
        continue;
      }
      if (isDigits(piece) || isGrouped(piece)) {
        at = row(piece);
      } else if (isAllowedAround(piece.start(), piece.end())) {
        mixed(piece);
      }
    }
  }

  private Piece piece(int start) {
    int end = start;
    while (end < text.length()) {
      char c = text.charAt(end);
      if (!isAlnum(c)) {
        boolean glued =
            end + 1 < text.length() && isAlnum(text.charAt(end + 1)) && GLUE.indexOf(c) >= 0;
        boolean label = c == ':' && isLetters(start, end);
        if (!glued || label) {
          break;
        }
      }
      end++;
    }
    return new Piece(start, end);
  }

  /** Digits with blanks between: one code in groups, one in single digits, or something else. */
  private int row(Piece first) {
    List<Piece> pieces = new ArrayList<>();
    Piece piece = first;
    boolean single = first.length() == 1;
    while (true) {
      pieces.add(piece);
      int next = afterBlanks(piece.end(), single);
      if (next < 0 || next >= text.length() || !isDigit(text.charAt(next))) {
        break;
      }
      Piece following = piece(next);
      boolean fits = single ? following.length() == 1 : isDigits(following);
      if (!fits || pieces.size() > 2 * LONGEST) {
        break;
      }
      piece = following;
    }
    int end = pieces.getLast().end();
    if (isAllowedAround(first.start(), end)) {
      digits(pieces);
    }
    return end;
  }

  /** One blank; between single digits several, and breaks of lines. */
  private int afterBlanks(int at, boolean single) {
    int i = at;
    int most = single ? at + 12 : at + 1;
    while (i < text.length() && i < most && isBlank(text.charAt(i), single)) {
      i++;
    }
    return i == at ? -1 : i;
  }

  private static boolean isBlank(char c, boolean single) {
    return c == ' ' || (single && (c == '\n' || c == '|'));
  }

  private void digits(List<Piece> pieces) {
    Piece first = pieces.getFirst();
    int end = pieces.getLast().end();
    if (pieces.size() == 1) {
      one(first);
      return;
    }
    StringBuilder shape = new StringBuilder();
    StringBuilder value = new StringBuilder();
    for (Piece piece : pieces) {
      shape.append(piece.length());
      value.append(text, piece.start(), piece.end());
    }
    boolean singles = first.length() == 1;
    if (singles) {
      if (pieces.size() >= SHORTEST && pieces.size() <= LONGEST && !isCounting(value)) {
        add(value.toString(), first.start(), end, Form.DIGITS);
      }
    } else if (GROUPED.contains(shape.toString())) {
      add(value.toString(), first.start(), end, Form.DIGITS);
    } else if (DOUBTFUL.contains(shape.toString())) {
      add(value.toString(), first.start(), end, Form.DOUBTFUL);
    } else if (pieces.size() == 2) {
      pieces.forEach(this::one);
    }
  }

  /** 1 2 3 4: pages, not a code. */
  private static boolean isCounting(CharSequence digits) {
    for (int i = 1; i < digits.length(); i++) {
      if (digits.charAt(i) != digits.charAt(i - 1) + 1) {
        return false;
      }
    }
    return digits.charAt(0) == '1';
  }

  private void one(Piece piece) {
    String written = text.substring(piece.start(), piece.end());
    if (isDigits(piece)) {
      if (piece.length() >= SHORTEST && piece.length() <= LONGEST) {
        boolean bound = isBound(piece.start());
        boolean numbered = piece.start() > 0 && text.charAt(piece.start() - 1) == '#';
        if (bound || !numbered) {
          add(written, piece.start(), piece.end(), bound ? Form.BOUND : Form.DIGITS);
        }
      }
      return;
    }
    String[] groups = written.split("[-.]");
    StringBuilder shape = new StringBuilder();
    for (String group : groups) {
      // One character a group, so that 22 digits are not two groups of two.
      shape.append((char) ('0' + Math.min(group.length(), 10)));
    }
    boolean dotted = written.indexOf('.') >= 0;
    boolean singles = groups.length >= SHORTEST && groups.length == written.length() / 2 + 1;
    if (singles || (GROUPED.contains(shape.toString()) && !isDate(groups))) {
      Form form = dotted ? Form.DOUBTFUL : Form.DIGITS;
      add(String.join("", groups), piece.start(), piece.end(), form);
    }
  }

  private static boolean isDate(String[] groups) {
    if (groups.length == 2) {
      return groups[0].startsWith("20") && groups[1].startsWith("20") && groups[0].length() == 4;
    }
    int[] n = new int[groups.length];
    for (int i = 0; i < n.length; i++) {
      n[i] = Integer.parseInt(groups[i]);
    }
    return n.length == 3
        && ((n[0] <= 31 && n[1] <= 12) || (n[1] <= 12 && n[2] <= 31) || (n[0] <= 12 && n[1] <= 31));
  }

  /** {@code @host #123456}, as browsers read it (WICG, origin-bound one-time codes). */
  private boolean isBound(int start) {
    if (start < 2 || text.charAt(start - 1) != '#' || text.charAt(start - 2) != ' ') {
      return false;
    }
    int i = start - 3;
    boolean dot = false;
    while (i >= 0 && (isAlnum(text.charAt(i)) || text.charAt(i) == '.' || text.charAt(i) == '-')) {
      dot |= text.charAt(i) == '.';
      i--;
    }
    return dot && i >= 0 && text.charAt(i) == '@' && (i == 0 || text.charAt(i - 1) <= ' ');
  }

  private void mixed(Piece piece) {
    int end = piece.end();
    int hyphen = -1;
    int letters = 0;
    int digits = 0;
    for (int i = piece.start(); i < end; i++) {
      char c = text.charAt(i);
      if (c == '-' && hyphen < 0) {
        if (isSuffix(i + 1, end) && digits > 0) {
          suffixed(new Piece(piece.start(), i));
          return;
        }
        hyphen = i;
      } else if (isDigit(c)) {
        digits++;
      } else if (c >= 'A' && c <= 'Z') {
        letters++;
      } else {
        return;
      }
    }
    int size = letters + digits;
    if (letters == 0 || digits == 0 || size < 5 || size > 10) {
      return;
    }
    String value = text.substring(piece.start(), end);
    if (hyphen >= 0) {
      boolean left = isLetters(piece.start(), hyphen) || isDigits(new Piece(piece.start(), hyphen));
      boolean right = isLetters(hyphen + 1, end) || isDigits(new Piece(hyphen + 1, end));
      boolean prefixed = left && right;
      if (prefixed && (hyphen - piece.start() > 3 || end - hyphen - 1 < SHORTEST)) {
        return;
      }
      add(value, piece.start(), end, prefixed ? Form.PREFIXED : Form.MIXED);
    } else if (!isWordWithNumber(value)) {
      add(value, piece.start(), end, Form.MIXED);
    }
  }

  /** An ending that some languages write behind a number: 482913-at. */
  private boolean isSuffix(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) < 'a' || text.charAt(i) > 'z') {
        return false;
      }
    }
    return to > from && to - from <= 5;
  }

  private void suffixed(Piece piece) {
    if (isDigits(piece)) {
      one(piece);
    }
  }

  /** SAVE20, COVID19, SUMMER2026. */
  private static boolean isWordWithNumber(String value) {
    int letters = 0;
    while (letters < value.length() && !isDigit(value.charAt(letters))) {
      letters++;
    }
    for (int i = letters; i < value.length(); i++) {
      if (!isDigit(value.charAt(i))) {
        return false;
      }
    }
    return letters >= 4;
  }

  private boolean isAllowedAround(int start, int end) {
    if (start > 0) {
      char before = text.charAt(start - 1);
      char earlier = start > 1 ? text.charAt(start - 2) : ' ';
      boolean glued = Letters.isOfWord(before) && !Letters.isUnspaced(before);
      boolean decimal = (before == '.' || before == ',') && isDigit(earlier);
      if (glued || decimal || BEFORE_NONE.indexOf(before) >= 0 || isMoney(start)) {
        return false;
      }
      if (before == ' ' && earlier == ')' && isDigit(charAt(start - 3))) {
        return false;
      }
    }
    return isAllowedBehind(end) && !isInAddress(start);
  }

  private boolean isAllowedBehind(int end) {
    if (end >= text.length()) {
      return true;
    }
    char after = text.charAt(end);
    char later = end + 1 < text.length() ? text.charAt(end + 1) : ' ';
    boolean glued = Letters.isOfWord(after) && !Letters.isUnspaced(after);
    boolean area = after == ')' && (isDigit(later) || (later == ' ' && isDigit(charAt(end + 2))));
    boolean money = after == ' ' && "%€$£¥₹₽₩₺₪₫₴".indexOf(later) >= 0;
    return !glued && !area && !money && AFTER_NONE.indexOf(after) < 0;
  }

  private boolean isMoney(int start) {
    char before = text.charAt(start - 1);
    return before == ' ' && start > 1 && "$€£¥₹₽₩₺₪฿₫₴₸§№+".indexOf(text.charAt(start - 2)) >= 0;
  }

  private boolean isInAddress(int start) {
    int from = start;
    int least = Math.max(0, start - 300);
    while (from > least && text.charAt(from - 1) > ' ' && text.charAt(from - 1) < 0x7f) {
      from--;
    }
    String before = text.substring(from, start);
    return before.contains("://") || before.contains("www.") || before.indexOf('@') >= 0;
  }

  private boolean isGrouped(Piece piece) {
    char separator = 0;
    for (int i = piece.start(); i < piece.end(); i++) {
      char c = text.charAt(i);
      if (!isDigit(c)) {
        if ((c != '-' && c != '.') || (separator != 0 && separator != c)) {
          return false;
        }
        separator = c;
      }
    }
    return separator != 0;
  }

  /** Words have none, and neither form without. */
  private boolean hasDigit(Piece piece) {
    for (int i = piece.start(); i < piece.end(); i++) {
      if (isDigit(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private boolean isDigits(Piece piece) {
    for (int i = piece.start(); i < piece.end(); i++) {
      if (!isDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean isLetters(int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isAlnum(text.charAt(i)) || isDigit(text.charAt(i))) {
        return false;
      }
    }
    return to > from;
  }

  private char charAt(int i) {
    return i >= 0 && i < text.length() ? text.charAt(i) : ' ';
  }

  private void add(String value, int start, int end, Form form) {
    found.add(new Candidate(value, start, end, form));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isAlnum(char c) {
    return isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
