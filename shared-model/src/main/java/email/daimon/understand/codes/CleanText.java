package email.daimon.understand.codes;

import email.daimon.understand.words.Letters;

/** A text with plain blanks, hyphens and digits, and without characters that nobody sees. */
final class CleanText {
  private static final int LONGEST = 128 << 10;
  private static final int WIDE = 0xfee0;

  private CleanText() {}

  /** The beginning of a text; empty where it holds no digit. */
  static String of(String text) {
    int most = Math.min(text.length(), LONGEST);
    int same = 0;
    boolean digits = false;
    while (same < most && isClean(text.charAt(same))) {
      digits |= text.charAt(same) >= '0' && text.charAt(same) <= '9';
      same++;
    }
    return same == most ? digits ? text.substring(0, most) : "" : of(text, same, most, digits);
  }

  private static String of(String text, int same, int most, boolean digitsBefore) {
    StringBuilder clean = new StringBuilder(most).append(text, 0, same);
    boolean digits = digitsBefore;
    for (int i = same; i < most; i++) {
      char c = text.charAt(i);
      if (!Letters.isInvisible(c)) {
        char plain = plain(c);
        digits |= plain >= '0' && plain <= '9';
        clean.append(plain);
      }
    }
    return digits ? clean.toString() : "";
  }

  private static boolean isClean(char c) {
    return c < 0x80 && c != '\t' && c != '\r';
  }

  private static char plain(char c) {
    if (c < 0x80) {
      return isClean(c) ? c : ' ';
    }
    if (c == '\u00a0' || (c >= '\u2000' && c <= '\u200a') || c == '\u202f' || c == '\u3000') {
      return ' ';
    }
    if ((c >= '\u2010' && c <= '\u2015') || c == '\u2212') {
      return '-';
    }
    if (c == '\uff0c') {
      return ';';
    }
    if (c >= '\uff01' && c <= '\uff5e') {
      return (char) (c - WIDE);
    }
    return Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER ? Letters.folded(c) : c;
  }
}
