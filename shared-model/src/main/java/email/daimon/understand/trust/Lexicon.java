package email.daimon.understand.trust;

import email.daimon.understand.words.Beginnings;
import email.daimon.understand.words.Trie;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Words of many kinds, found in one pass. An entry with a star at its end stands for all words that
 * begin so. Words of scripts that set no blanks, or join prefixes to words, are found within
 * others.
 */
final class Lexicon {
  private static final boolean[] OF_WORDS = new boolean[0x80];

  static {
    for (char c = 0; c < OF_WORDS.length; c++) {
      OF_WORDS[c] = Character.isLetterOrDigit(c);
    }
  }

  private final Trie trie = new Trie();
  private final Beginnings all = new Beginnings();
  private long[] whole = new long[1 << 12];
  private long[] begun = new long[1 << 12];

  /** What is done with what is found. */
  @FunctionalInterface
  interface Found {
    /**
     * Takes one entry.
     *
     * @param kinds bits of the kinds that have it
     * @param start in units of the folded text
     */
    void at(long kinds, int start, int end);
  }

  private Lexicon() {}

  /** Of entries by the bit of their kind. */
  static Lexicon of(Map<Long, List<String>> entries) {
    Lexicon lexicon = new Lexicon();
    entries.forEach((kind, words) -> words.forEach(word -> lexicon.add(kind, word)));
    lexicon.whole = Arrays.copyOf(lexicon.whole, lexicon.trie.size());
    lexicon.begun = Arrays.copyOf(lexicon.begun, lexicon.trie.size());
    return lexicon;
  }

  private void add(long kind, String word) {
    boolean open = word.endsWith("*");
    String bare = open ? word.substring(0, word.length() - 1) : word;
    String folded = FoldedText.of(bare).toString();
    all.add(folded);
    int node = trie.add(folded);
    if (node >= whole.length) {
      whole = Arrays.copyOf(whole, node * 2);
      begun = Arrays.copyOf(begun, node * 2);
    }
    whole[node] |= kind;
    begun[node] |= open ? kind : 0;
  }

  /** Finds all entries, by where they start. */
  void scan(FoldedText text, Found found) {
    boolean drawn = text.anyDrawnTogether();
    // Behind a character of a word of a script that sets blanks.
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.at(i);
      boolean ofWord = isOfWord(c);
      boolean mayStart = !inside || !ofWord || c >= 0x590 || (drawn && text.drawnTogether(i));
      inside = ofWord && c < 0x2e80;
      if (mayStart && c > ' ' && trie.first(c) != Trie.NONE && begins(text, i)) {
        walk(text, i, found);
      }
    }
  }

  private boolean begins(FoldedText text, int i) {
    int second = next(text, i);
    int third = next(text, second);
    int fourth = next(text, third);
    int fifth = next(text, fourth);
    return all.mayBegin(
        text.at(i), at(text, second), at(text, third), at(text, fourth), at(text, fifth));
  }

  /** A line end stands for a blank, several blanks for one. */
  private static char at(FoldedText text, int i) {
    if (i >= text.length()) {
      return 0;
    }
    char c = text.at(i);
    return c == '\n' ? ' ' : c;
  }

  private static int next(FoldedText text, int i) {
    int next = i + 1;
    if (at(text, i) == ' ') {
      while (at(text, next) == ' ') {
        next++;
      }
    }
    return next;
  }

  private void walk(FoldedText text, int start, Found found) {
    int node = trie.first(text.at(start));
    int i = start;
    while (node != Trie.NONE) {
      i = next(text, i);
      long kinds = whole[node];
      if (kinds != 0) {
        long there = ends(text, i) ? kinds : begun[node];
        if (there != 0) {
          found.at(there, start, i);
        }
      }
      node = i < text.length() ? trie.next(node, at(text, i)) : Trie.NONE;
    }
  }

  private static boolean ends(FoldedText text, int end) {
    return end >= text.length()
        || text.at(end) >= 0x2e80
        || text.at(end - 1) >= 0x590
        || !isOfWord(text.at(end))
        || !isOfWord(text.at(end - 1))
        || text.drawnTogether(end - 1);
  }

  private static boolean isOfWord(char c) {
    return c < 0x80 ? OF_WORDS[c] : Character.isLetterOrDigit(c);
  }
}
