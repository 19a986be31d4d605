package email.daimon.understand.words;

import email.daimon.DataFile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What words of many languages mean. It is read from lines of {@code meaning language term, term}:
 * a star at the end of a term stands for any ending, at its beginning for any beginning. Terms in
 * scripts without blanks match anywhere; those of Hebrew and Arabic also behind the particles that
 * are written together with a word.
 *
 * @param <E> the meanings
 */
public final class Vocabulary<E extends Enum<E>> {
  private static final String HEBREW_PARTICLES = "והבלכמש";
  private static final String ARABIC_PARTICLES = "وفبكلا";
  private static final int MOST_PARTICLES = 4;

  /** Ways in which a term may stand: bits of where it need not begin or end a word. */
  private static final int ANY_END = 1;

  private static final int ANY_START = 2;
  private static final int WAYS = 4;

  private final Class<E> names;
  private final List<E> meanings;
  private final Trie trie = new Trie();
  private final Beginnings beginnings = new Beginnings();

  /** First characters of terms that also begin within a word. */
  private final boolean[] within = new boolean[Character.MAX_VALUE + 1];

  /** By node and way the number of a meaning from 1 on, or 0. */
  private byte[] terms = new byte[1 << 12];

  /**
   * A term found.
   *
   * @param start in the words, half open with {@code end}
   */
  public record Hit<E extends Enum<E>>(E meaning, int start, int end) {}

  private Vocabulary(Class<E> names) {
    this.names = names;
    this.meanings = List.of(names.getEnumConstants());
  }

  /** Reads a file beside the class of the meanings. */
  public static <E extends Enum<E>> Vocabulary<E> of(Class<E> meanings, String file) {
    Vocabulary<E> vocabulary = new Vocabulary<>(meanings);
    DataFile.lines(meanings, file).forEach(vocabulary::add);
    vocabulary.terms = Arrays.copyOf(vocabulary.terms, vocabulary.trie.size() * WAYS);
    return vocabulary;
  }

  private void add(String line) {
    String[] fields = line.split("\\s+", 3);
    E meaning = Enum.valueOf(names, fields[0].toUpperCase(Locale.ROOT));
    for (String term : fields[2].split(",")) {
      String bare = term.strip();
      String words = Words.of(bare).strip();
      if (words.isEmpty()) {
        throw new IllegalStateException("No term: " + line);
      }
      beginnings.add(words);
      within[words.charAt(0)] |= bare.startsWith("*");
      int way = (bare.startsWith("*") ? ANY_START : 0) + (bare.endsWith("*") ? ANY_END : 0);
      int place = trie.add(words) * WAYS + way;
      if (place >= terms.length) {
        terms = Arrays.copyOf(terms, 2 * place);
      }
      terms[place] = (byte) (meanings.indexOf(meaning) + 1);
    }
  }

  /** The terms in {@link Words}, the longest at each place, none within another. */
  public List<Hit<E>> in(String words) {
    List<Hit<E>> hits = new ArrayList<>();
    int at = 0;
    while (at < words.length()) {
      char c = words.charAt(at);
      int node = c == ' ' ? Trie.NONE : trie.first(c);
      if (node == Trie.NONE) {
        at++;
      } else {
        boolean beginning = beginning(words, at);
        boolean may = (beginning || within[c]) && mayBegin(words, at);
        at = may ? longest(words, at, beginning, node, hits) : at + 1;
      }
    }
    return hits;
  }

  private boolean mayBegin(String words, int at) {
    int length = words.length();
    return beginnings.mayBegin(
        words.charAt(at),
        at + 1 < length ? words.charAt(at + 1) : 0,
        at + 2 < length ? words.charAt(at + 2) : 0,
        at + 3 < length ? words.charAt(at + 3) : 0,
        at + 4 < length ? words.charAt(at + 4) : 0);
  }

  /** Adds the longest term from here; the place behind it, or the next where there is none. */
  private int longest(String words, int from, boolean beginning, int first, List<Hit<E>> hits) {
    int best = 0;
    int end = from + 1;
    int node = first;
    for (int i = from; node != Trie.NONE; ) {
      int found = meaning(node, beginning, words, i);
      best = found > 0 ? found : best;
      i++;
      end = found > 0 ? i : end;
      node = i < words.length() ? trie.next(node, words.charAt(i)) : Trie.NONE;
    }
    if (best > 0) {
      hits.add(new Hit<>(meanings.get(best - 1), from, end));
    }
    return end;
  }

  /** The number of the meaning that a term has where it stands so; 0 where there is none. */
  private int meaning(int node, boolean beginning, String words, int last) {
    int found = 0;
    for (int way = 0; way < WAYS; way++) {
      int meaning = terms[node * WAYS + way];
      boolean stands =
          meaning > 0
              && (beginning || (way & ANY_START) != 0)
              && ((way & ANY_END) != 0 || ending(words, last));
      found = stands ? meaning : found;
    }
    return found;
  }

  private static boolean ending(String words, int last) {
    return last + 1 == words.length()
        || words.charAt(last + 1) == ' '
        || Letters.isUnspaced(words.charAt(last))
        || Letters.isUnspaced(words.charAt(last + 1));
  }

  /** Whether a word may begin here. */
  private static boolean beginning(String words, int at) {
    char c = words.charAt(at);
    if (at == 0 || words.charAt(at - 1) == ' ' || Letters.isUnspaced(c)) {
      return true;
    }
    if (c < 0x5d0 || c > 0x6ff) {
      return Letters.isUnspaced(words.charAt(at - 1));
    }
    String particles = c < 0x600 ? HEBREW_PARTICLES : ARABIC_PARTICLES;
    for (int i = at - 1; i >= 0 && i >= at - MOST_PARTICLES - 1; i--) {
      if (words.charAt(i) == ' ') {
        return true;
      }
      if (particles.indexOf(words.charAt(i)) < 0) {
        return false;
      }
    }
    return false;
  }
}
