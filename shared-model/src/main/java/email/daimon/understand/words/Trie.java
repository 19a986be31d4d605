package email.daimon.understand.words;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Terms by their characters. A look-up takes as many steps as the longest term has characters. */
final class Trie {
  static final long NONE = -1;
  private static final int WHOLE = 0;
  private static final int ANY_END = 1;
  private static final int ANY_START = 2;
  private static final int WAYS = 4;

  private final Map<Long, Integer> growing = new HashMap<>();
  private final List<int[]> terms = new ArrayList<>();
  private long[] edges = new long[0];
  private int[] targets = new int[0];
  private int mask;

  /** The node behind each first character; most places of a text end here. */
  private final int[] first = new int[Character.MAX_VALUE + 1];

  /** The same of terms that also begin within a word. */
  private final boolean[] within = new boolean[Character.MAX_VALUE + 1];

  Trie() {
    Arrays.fill(first, -1);
    terms.add(noTerms());
  }

  static int end(long found) {
    return (int) (found >>> 32);
  }

  static int meaning(long found) {
    return (int) found;
  }

  void add(String term, int meaning, boolean anyStart, boolean anyEnd) {
    int node = 0;
    for (int i = 0; i < term.length(); i++) {
      long edge = edge(node, term.charAt(i));
      Integer next = growing.get(edge);
      if (next == null) {
        next = terms.size();
        terms.add(noTerms());
        growing.put(edge, next);
      }
      node = next;
      if (i == 0) {
        first[term.charAt(0)] = next;
        within[term.charAt(0)] |= anyStart;
      }
    }
    terms.get(node)[(anyStart ? ANY_START : WHOLE) + (anyEnd ? ANY_END : 0)] = meaning;
  }

  void freeze() {
    int size = Integer.highestOneBit(Math.max(8, growing.size())) * 4;
    mask = size - 1;
    edges = new long[size];
    targets = new int[size];
    Arrays.fill(edges, NONE);
    growing.forEach((edge, target) -> {
      int slot = slot(edge);
      while (edges[slot] != NONE) {
        slot = (slot + 1) & mask;
      }
      edges[slot] = edge;
      targets[slot] = target;
    });
    growing.clear();
  }

  /** The longest term from here, its end and meaning; {@link #NONE} where there is none. */
  long longest(String words, int from, boolean beginning) {
    long best = NONE;
    char begin = words.charAt(from);
    int node = beginning || within[begin] ? first[begin] : -1;
    for (int i = from; node >= 0; ) {
      int meaning = meaning(terms.get(node), beginning, ending(words, i));
      if (meaning >= 0) {
        best = ((long) (i + 1) << 32) | meaning;
      }
      i++;
      node = i < words.length() ? next(node, words.charAt(i)) : -1;
    }
    return best;
  }

  private static int meaning(int[] ways, boolean beginning, boolean ending) {
    int found = -1;
    for (int way = 0; way < WAYS; way++) {
      boolean starts = beginning || (way & ANY_START) != 0;
      boolean ends = ending || (way & ANY_END) != 0;
      found = ways[way] >= 0 && starts && ends ? ways[way] : found;
    }
    return found;
  }

  private static boolean ending(String words, int last) {
    return last + 1 == words.length()
        || words.charAt(last + 1) == ' '
        || Letters.isUnspaced(words.charAt(last))
        || Letters.isUnspaced(words.charAt(last + 1));
  }

  private int next(int node, char c) {
    long edge = edge(node, c);
    int slot = slot(edge);
    while (edges[slot] != NONE) {
      if (edges[slot] == edge) {
        return targets[slot];
      }
      slot = (slot + 1) & mask;
    }
    return -1;
  }

  private int slot(long edge) {
    long mixed = edge * 0x9E3779B97F4A7C15L;
    return (int) (mixed >>> 40) & mask;
  }

  private static long edge(int node, char c) {
    return ((long) node << 16) | c;
  }

  private static int[] noTerms() {
    int[] ways = new int[WAYS];
    Arrays.fill(ways, -1);
    return ways;
  }
}
