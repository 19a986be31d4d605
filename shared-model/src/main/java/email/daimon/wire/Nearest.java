package email.daimon.wire;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the valid name that a mistaken one most likely stands for. */
public final class Nearest {
  private Nearest() {}

  /**
   * The candidate with the smallest edit distance (Levenshtein), where it is at most half of the
   * name's length.
   */
  public static Optional<String> of(String name, Collection<String> candidates) {
    return closest(name, candidates)
        .filter(found -> distance(name, found) <= Math.max(1, name.length() / 2));
  }

  /** The candidate with the smallest edit distance, however far. */
  public static Optional<String> closest(String name, Collection<String> candidates) {
    return candidates.stream()
        .min(
            Comparator.comparingInt((String candidate) -> distance(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int distance(String one, String other) {
    String left = one.toLowerCase(Locale.ROOT);
    String right = other.toLowerCase(Locale.ROOT);
    int[] previous = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int[] current = new int[right.length() + 1];
      current[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int change = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
      }
      previous = current;
    }
    return previous[right.length()];
  }
}
