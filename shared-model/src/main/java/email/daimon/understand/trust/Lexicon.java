package email.daimon.understand.trust;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * Words of many kinds, found in one pass. An entry with a star at its end stands for all words that
 * begin so. Words of scripts that set no blanks, or join prefixes to words, are found within
 * others.
 */
final class Lexicon {
  private static final int BEGINNINGS = 1 << 16;

  private long[] keys = new long[1 << 16];
  private int[] nodes = new int[1 << 16];
  private int edges;

  /** The node behind each first character; most places of a text end here. */
  private final int[] first = new int[Character.MAX_VALUE + 1];

  /** Hashes of the first three characters of entries: most words of a text end here. */
  private final BitSet beginnings = new BitSet(BEGINNINGS);

  /** First characters of entries that are shorter. */
  private final boolean[] brief = new boolean[Character.MAX_VALUE + 1];

  private int count = 1;
  private int[] whole = new int[1 << 12];
  private int[] begun = new int[1 << 12];

  /** What is done with what is found. */
  @FunctionalInterface
  interface Found {
    /**
     * Takes one entry.
     *
     * @param kinds bits of the kinds that have it
     * @param start in units of the folded text
     */
    void at(int kinds, int start, int end);
  }

  private Lexicon() {}

  /** Of entries by the bit of their kind. */
  static Lexicon of(Map<Integer, List<String>> entries) {
    Lexicon lexicon = new Lexicon();
    entries.forEach((kind, words) -> words.forEach(word -> lexicon.add(kind, word)));
    return lexicon;
  }

  private void add(int kind, String word) {
    boolean open = word.endsWith("*");
    FoldedText folded = FoldedText.of(open ? word.substring(0, word.length() - 1) : word);
    if (folded.length() < 3) {
      brief[folded.at(0)] = true;
    } else {
      beginnings.set(beginning(folded, 0));
    }
    int node = 0;
    for (int i = 0; i < folded.length(); i++) {
      long key = key(node, folded.at(i));
      int next = next(key);
      if (next == 0) {
        next = count++;
        put(key, next);
        if (i == 0) {
          first[folded.at(0)] = next;
        }
      }
      node = next;
    }
    if (node >= whole.length) {
      whole = Arrays.copyOf(whole, node * 2);
      begun = Arrays.copyOf(begun, node * 2);
    }
    whole[node] |= kind;
    begun[node] |= open ? kind : 0;
  }

  private static long key(int node, char c) {
    return ((long) node << 16 | c) + 1;
  }

  private int slot(long key) {
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & (keys.length - 1);
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & (keys.length - 1);
    }
    return slot;
  }

  private int next(long key) {
    int slot = slot(key);
    return keys[slot] == key ? nodes[slot] : 0;
  }

  private void put(long key, int node) {
    if (++edges * 2 > keys.length) {
      long[] oldKeys = keys;
      int[] oldNodes = nodes;
      keys = new long[oldKeys.length * 2];
      nodes = new int[oldKeys.length * 2];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != 0) {
          int slot = slot(oldKeys[i]);
          keys[slot] = oldKeys[i];
          nodes[slot] = oldNodes[i];
        }
      }
    }
    int slot = slot(key);
    keys[slot] = key;
    nodes[slot] = node;
  }

  /** Finds all entries, by where they start. */
  void scan(FoldedText text, Found found) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.at(i);
      if (first[c] != 0 && c > ' ' && begins(text, i) && mayStart(text, i)) {
        walk(text, i, found);
      }
    }
  }

  private boolean begins(FoldedText text, int i) {
    // A line end stands for a blank, several blanks for one: such places are walked.
    return brief[text.at(i)]
        || i + 2 >= text.length()
        || text.at(i + 1) <= ' '
        || text.at(i + 2) <= ' '
        || beginnings.get(beginning(text, i));
  }

  private static int beginning(FoldedText text, int i) {
    int hash = (text.at(i) * 31 + text.at(i + 1)) * 31 + text.at(i + 2);
    return (hash * 0x9E3779B9) >>> 16;
  }

  private static boolean mayStart(FoldedText text, int i) {
    return i == 0
        || text.at(i) >= 0x590
        || !isOfWord(text.at(i - 1))
        || text.at(i - 1) >= 0x2e80
        || !isOfWord(text.at(i))
        || text.drawnTogether(i);
  }

  private void walk(FoldedText text, int start, Found found) {
    int node = first[text.at(start)];
    int i = start;
    while (i < text.length()) {
      char c = text.at(i) == '\n' ? ' ' : text.at(i);
      node = i == start ? node : next(key(node, c));
      if (node == 0) {
        return;
      }
      i++;
      while (c == ' ' && i < text.length() && (text.at(i) == ' ' || text.at(i) == '\n')) {
        i++;
      }
      int kinds = node < whole.length ? whole[node] : 0;
      if (kinds != 0) {
        int there = ends(text, i) ? kinds : begun[node];
        if (there != 0) {
          found.at(there, start, i);
        }
      }
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
    return c < 0x80
        ? (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z')
        : Character.isLetterOrDigit(c);
  }
}
