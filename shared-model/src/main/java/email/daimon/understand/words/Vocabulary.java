package email.daimon.understand.words;

import email.daimon.DataFile;
import java.util.ArrayList;
import java.util.EnumSet;
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

  private final Class<E> meanings;
  private final List<E> all;
  private final Trie trie = new Trie();

  /**
   * A term found.
   *
   * @param start in the words, half open with {@code end}
   */
  public record Hit<E extends Enum<E>>(E meaning, int start, int end) {}

  private Vocabulary(Class<E> meanings) {
    this.meanings = meanings;
    this.all = List.copyOf(EnumSet.allOf(meanings));
  }

  /** Reads a file beside the class of the meanings. */
  public static <E extends Enum<E>> Vocabulary<E> of(Class<E> meanings, String file) {
    Vocabulary<E> vocabulary = new Vocabulary<>(meanings);
    DataFile.lines(meanings, file).forEach(vocabulary::add);
    vocabulary.trie.freeze();
    return vocabulary;
  }

  private void add(String line) {
    String[] fields = line.split("\\s+", 3);
    E meaning = Enum.valueOf(meanings, fields[0].toUpperCase(Locale.ROOT));
    for (String term : fields[2].split(",")) {
      String bare = term.strip();
      boolean anyStart = bare.startsWith("*");
      boolean anyEnd = bare.endsWith("*");
      String words = Words.of(bare).strip();
      if (words.isEmpty()) {
        throw new IllegalStateException("No term: " + line);
      }
      trie.add(words, all.indexOf(meaning), anyStart, anyEnd);
    }
  }

  /** The terms in {@link Words}, the longest at each place, none within another. */
  public List<Hit<E>> in(String words) {
    List<Hit<E>> hits = new ArrayList<>();
    int at = 0;
    while (at < words.length()) {
      long found =
          words.charAt(at) == ' ' ? Trie.NONE : trie.longest(words, at, beginning(words, at));
      if (found == Trie.NONE) {
        at++;
      } else {
        int end = Trie.end(found);
        hits.add(new Hit<>(all.get(Trie.meaning(found)), at, end));
        at = end;
      }
    }
    return hits;
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
