package email.daimon.understand.unseen;

/**
 * Which characters leave no ink: format characters, fillers, variation selectors, tags (Unicode,
 * Default_Ignorable_Code_Point), and where they belong to the writing.
 */
final class InvisibleCharacters {
  static final int SOFT_HYPHEN = 0xad;
  static final int NON_JOINER = 0x200c;
  static final int JOINER = 0x200d;

  private InvisibleCharacters() {}

  /** Whether a text may hold any: a look at each character, no more. */
  static boolean mayBeIn(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0xad && (c < 0x2000 ? isOldIgnorable(c) : isNewIgnorable(c))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOldIgnorable(char c) {
    return c == SOFT_HYPHEN
        || c == 0x34f
        || c == 0x115f
        || c == 0x1160
        || c == 0x17b4
        || c == 0x17b5
        || (c >= 0x180b && c <= 0x180f);
  }

  /** Tags and the second block of selectors begin with the unit DB40. */
  private static boolean isNewIgnorable(char c) {
    return (c >= 0x200b && c <= 0x200d)
        || (c >= 0x202a && c <= 0x202e)
        || (c >= 0x2060 && c <= 0x206f)
        || c == 0x3164
        || (c >= 0xfe00 && c <= 0xfe0f)
        || c == 0xfeff
        || c == 0xffa0
        || c == 0xdb40;
  }

  static boolean isIgnorable(int c) {
    if (c < 0xad) {
      return false;
    }
    if (c >= 0x10000) {
      return c >= 0xe0000 && c <= 0xe0fff;
    }
    return c < 0x2000 ? isOldIgnorable((char) c) : isNewIgnorable((char) c);
  }

  static boolean isTag(int c) {
    return c >= 0xe0000 && c <= 0xe007f;
  }

  static boolean isSelector(int c) {
    return (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0xe0100 && c <= 0xe01ef);
  }

  static boolean isBidi(int c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  }

  /** Shows all that follows in the other order, letters of any script. */
  static boolean isOverride(int c) {
    return c == 0x202d || c == 0x202e;
  }

  /** Takes room, like a blank. */
  static boolean isFiller(int c) {
    return c == 0x3164 || c == 0xffa0 || c == 0x115f || c == 0x1160;
  }

  /** Of a script whose letters join, stack, or stand without blanks between words. */
  static boolean joins(int c) {
    if (c < 0x600) {
      return false;
    }
    return switch (Character.UnicodeScript.of(c)) {
      case LATIN, GREEK, CYRILLIC, HAN, HIRAGANA, KATAKANA, HANGUL, COMMON, ARMENIAN, GEORGIAN ->
          false;
      default -> true;
    };
  }

  /** Pictures that joiners and selectors put together. */
  static boolean isPicture(int c) {
    return c >= 0x1f000
        || (c >= 0x2190 && c <= 0x2bff)
        || c == 0x3030
        || c == 0x303d
        || c == 0x3297
        || c == 0x3299
        || c == 0xfe0f
        || c == 0x20e3;
  }
}
