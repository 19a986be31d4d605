package email.daimon.understand;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** How words look to a hasty reader: what looks alike is the same. */
final class Letters {
  private static final Map<String, String> ALIKE = read("letters-alike.txt");
  private static final int LONGEST = 254;

  private Letters() {}

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

  /** Reads lines of a word and, behind a blank, what it stands for; nothing where that is all. */
  static Map<String, String> read(String name) {
    Map<String, String> lines = new HashMap<>();
    try (InputStream in = Letters.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing");
      }
      BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          int blank = line.indexOf(' ');
          lines.put(
              blank < 0 ? line : line.substring(0, blank),
              blank < 0 ? "" : line.substring(blank + 1));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
    return Map.copyOf(lines);
  }
}
