package email.daimon.understand;

import email.daimon.DataFile;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How words look to a hasty reader: what looks alike is the same. */
final class Likeness {
  private static final Map<String, String> ALIKE = alike();
  private static final int LONGEST = 254;

  private Likeness() {}

  /** A word as it looks: lower case, without marks, each letter as the one it looks like. */
  static String seen(String word) {
    String head = word.length() > LONGEST ? word.substring(0, LONGEST) : word;
    String plain =
        Normalizer.normalize(head, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT).strip();
    StringBuilder letters = new StringBuilder(plain.length());
    plain
        .codePoints()
        .filter(c ->
            Character.getType(c) != Character.NON_SPACING_MARK
                && Character.getType(c) != Character.FORMAT)
        .mapToObj(Character::toString)
        .map(letter -> ALIKE.getOrDefault(letter, letter))
        .forEach(letters::append);
    StringBuilder seen = new StringBuilder(letters.length());
    for (int i = 0; i < letters.length(); i++) {
      String pair = letters.substring(i, Math.min(i + 2, letters.length()));
      if (pair.length() == 2 && ALIKE.containsKey(pair)) {
        seen.append(ALIKE.get(pair));
        i++;
      } else {
        seen.append(letters.charAt(i));
      }
    }
    return seen.toString();
  }

  /**
   * Whether at most so many letters are put in, left out, changed, or changed with their
   * neighbours. The work is the product of a length and the bound.
   */
  static boolean near(String one, String other, int most) {
    if (Math.abs(one.length() - other.length()) > most) {
      return false;
    }
    int[] before = new int[other.length() + 1];
    int[] last = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      last[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        int change = one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(row[j - 1], last[j]) + 1, last[j - 1] + change);
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      before = last;
      last = row;
    }
    return last[other.length()] <= most;
  }

  /** Letters, and pairs of them, each with what it looks like. */
  private static Map<String, String> alike() {
    return DataFile.lines(Likeness.class, "letters-alike.txt").stream()
        .map(line -> line.split(" ", 2))
        .collect(Collectors.toUnmodifiableMap(pair -> pair[0], pair -> pair[1]));
  }
}
