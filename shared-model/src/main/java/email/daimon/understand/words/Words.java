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
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= 0x300 && c <= 0x36f) {
        // Accents that stand apart are joined to their letters first.
        String joined = Normalizer.normalize(text.substring(from, to), Normalizer.Form.NFC);
        return folded(joined, 0, joined.length());
      }
    }
    return folded(text, from, to);
  }

  private static String folded(String text, int from, int to) {
    char[] words = new char[to - from + 2];
    int size = 0;
    words[size++] = ' ';
    for (int i = from; i < to; i++) {
      char c = Letters.ofWords(text.charAt(i));
      if (c != ' ' ? c != Letters.UNSEEN : words[size - 1] != ' ') {
        words[size++] = c;
      }
    }
    if (words[size - 1] != ' ') {
      words[size++] = ' ';
    }
    return new String(words, 0, size);
  }

  /** How many there are; a script without blanks counts two characters as one. */
  public static int count(String words) {
    return count(words, 0, words.length());
  }

  /** How many there are in a part. */
  public static int count(String words, int from, int to) {
    int count = 0;
    int unspaced = 0;
    int start = from;
    while (start < to && words.charAt(start) == ' ') {
      start++;
    }
    for (int i = start; i < to; i++) {
      unspaced += Letters.isUnspaced(words.charAt(i)) ? 1 : 0;
      count += words.charAt(i) == ' ' && !Letters.isUnspaced(words.charAt(i - 1)) ? 1 : 0;
    }
    return count + unspaced / 2;
  }
}
