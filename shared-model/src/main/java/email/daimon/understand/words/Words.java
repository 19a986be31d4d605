package email.daimon.understand.words;

import java.text.Normalizer;

/** A short text as words: folded letters and digits, one blank between words and at both ends. */
public final class Words {
  private Words() {}

  /** Of the whole text. */
  public static String of(String text) {
    return of(text, 0, text.length());
  }

  /** Of a part of a text. */
  public static String of(String text, int from, int to) {
    StringBuilder words = new StringBuilder(to - from + 2).append(' ');
    String source = composed(text, from, to);
    for (int i = 0; i < source.length(); i++) {
      char c = source.charAt(i);
      if (Letters.isOfWord(c) && !Letters.isInvisible(c)) {
        words.append(Letters.folded(c));
      } else if (!Letters.isInvisible(c) && words.charAt(words.length() - 1) != ' ') {
        words.append(' ');
      }
    }
    if (words.charAt(words.length() - 1) != ' ') {
      words.append(' ');
    }
    return words.toString();
  }

  /** How many there are; a script without blanks counts two characters as one. */
  public static int count(String words) {
    int count = 0;
    int unspaced = 0;
    for (int i = 1; i < words.length(); i++) {
      unspaced += Letters.isUnspaced(words.charAt(i)) ? 1 : 0;
      count += words.charAt(i) == ' ' && !Letters.isUnspaced(words.charAt(i - 1)) ? 1 : 0;
    }
    return count + unspaced / 2;
  }

  /** Accents that stand apart are joined to their letters first. */
  private static String composed(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 0x300 && c <= 0x36f) {
        return Normalizer.normalize(text.substring(from, to), Normalizer.Form.NFC);
      }
    }
    return text.substring(from, to);
  }
}
