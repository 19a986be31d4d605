package email.daimon.understand.words;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.text.Normalizer.Form;

/** Letters as vocabularies compare them: each character becomes one, so that places hold. */
public final class Letters {
  /** Pairs: dotless i, stroked o, d and l, sharp s, final sigma; forms of alef, yeh, kaf, heh. */
  private static final String ALIKE =
      "ıiøođdłlßsςσ"
          + "\u0623\u0627\u0625\u0627\u0622\u0627\u0671\u0627\u0649\u064a\u06cc\u064a\u06a9\u0643\u0629\u0647\u06c0\u0647";

  /** Of a character that nobody sees. */
  static final char UNSEEN = 0;

  private static final char[] FOLDED = folded();
  private static final char[] OF_WORDS = ofWords();
  private static final boolean[] UNSPACED = unspaced();

  private Letters() {}

  /** Lower case, without accents, of usual width; digits of every script as ASCII. */
  public static char folded(char c) {
    return FOLDED[c];
  }

  /** The character folded where it is of a word; else a blank, or {@link #UNSEEN}. */
  static char ofWords(char c) {
    return OF_WORDS[c];
  }

  /** Whether the script puts no blanks between words, or glues particles to them. */
  public static boolean isUnspaced(char c) {
    return c >= 0x0e00 && UNSPACED[c];
  }

  /** A letter, a digit or a mark that belongs to a letter. */
  public static boolean isOfWord(char c) {
    if (c < 0x80) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }
    if (Character.isLetterOrDigit(c)) {
      return true;
    }
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
  }

  /** Characters that nobody sees: they break words or hold them together. */
  public static boolean isInvisible(char c) {
    return c >= 0xad
        && (c == 0xad
            || c == 0x34f
            || c == 0x61c
            || (c >= 0x200b && c <= 0x200f)
            || (c >= 0x202a && c <= 0x202e)
            || (c >= 0x2060 && c <= 0x2069)
            || c == 0xfeff
            || isPointing(c));
  }

  /** Vowel signs and stretching of Hebrew and Arabic, which most mails leave out. */
  private static boolean isPointing(char c) {
    return (c >= 0x591 && c <= 0x5c7 && c != 0x5be) || (c >= 0x64b && c <= 0x652) || c == 0x640;
  }

  private static char[] folded() {
    char[] table = new char[Character.MAX_VALUE + 1];
    for (int i = 0; i < table.length; i++) {
      table[i] = one((char) i);
    }
    for (int i = 0; i < ALIKE.length() / 2; i++) {
      char lower = ALIKE.charAt(2 * i);
      char upper = Character.toUpperCase(lower);
      table[lower] = ALIKE.charAt(2 * i + 1);
      table[upper] = upper < 0x80 ? table[upper] : table[lower];
    }
    return table;
  }

  private static char[] ofWords() {
    char[] table = new char[Character.MAX_VALUE + 1];
    for (int i = 0; i < table.length; i++) {
      char c = (char) i;
      table[i] = isInvisible(c) ? UNSEEN : isOfWord(c) ? folded(c) : ' ';
    }
    return table;
  }

  private static char one(char c) {
    if (c < 0x80) {
      return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c;
    }
    if (Character.isSurrogate(c)) {
      return c;
    }
    if (Character.getType(c) == Character.DECIMAL_DIGIT_NUMBER) {
      return (char) ('0' + Character.digit(c, 10));
    }
    boolean lettered = c < 0x590 || (c >= 0x1e00 && c < 0x2000);
    boolean wide = c >= 0xff00 && c < 0xfff0;
    if (!lettered && !wide) {
      return Character.toLowerCase(c);
    }
    String parts = Normalizer.normalize(String.valueOf(c), wide ? Form.NFKC : Form.NFD);
    return Character.toLowerCase(parts.charAt(0));
  }

  private static boolean[] unspaced() {
    boolean[] table = new boolean[Character.MAX_VALUE + 1];
    for (int i = 0x0e00; i < table.length; i++) {
      table[i] =
          switch (UnicodeScript.of(i)) {
            case HAN, HIRAGANA, KATAKANA, HANGUL, THAI, LAO, KHMER, MYANMAR -> true;
            default -> i == 0x30fc;
          };
    }
    return table;
  }
}
