package email.daimon.understand.reply;

/** What single characters are. */
final class Chars {
  private Chars() {}

  /** Blanks of all kinds, and marks that nobody sees. */
  static boolean isBlank(char c) {
    if (c <= ' ') {
      return true;
    }
    return c >= 0xa0
        && (c == 0xa0
            || c == 0x1680
            || (c >= 0x2000 && c <= 0x200f)
            || (c >= 0x2028 && c <= 0x202f)
            || (c >= 0x205f && c <= 0x206f)
            || c == 0x3000
            || c == 0xfeff);
  }

  /** Blanks that take space: what nobody sees may still be part of a word. */
  static boolean isSpace(char c) {
    return isBlank(c) && !isInvisible(c);
  }

  /** Marks without width, of direction or of joining. */
  static boolean isInvisible(char c) {
    return c == 0xad
        || (c >= 0x200b && c <= 0x200f)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x206f)
        || c == 0xfeff;
  }

  /** Letters, digits and the signs that belong to them. */
  static boolean isWord(char c) {
    if (c < 0x80) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
    return Character.isLetterOrDigit(c)
        || Character.isSurrogate(c)
        || Character.getType(c) == Character.NON_SPACING_MARK
        || Character.getType(c) == Character.COMBINING_SPACING_MARK;
  }

  /** The value of a decimal digit of any script, else -1. */
  static int digit(char c) {
    if (c < 0x80) {
      return c >= '0' && c <= '9' ? c - '0' : -1;
    }
    return Character.digit(c, 10);
  }

  static boolean isColon(char c) {
    return c == ':' || c == '：' || c == '︰' || c == '៖' || c == '։';
  }

  /** Signs of which rules are drawn. */
  static boolean isDrawn(char c) {
    return c == '-'
        || c == '_'
        || c == '='
        || c == '*'
        || c == '~'
        || c == '#'
        || c == '+'
        || (c >= 0x2010 && c <= 0x2015)
        || (c >= 0x2500 && c <= 0x2501);
  }
}
