package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Compares a reply that was found with the readings that a case calls right. */
final class ReplyJudge {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern SPACE = Pattern.compile("[\\s\\p{Z}\\uFEFF]+");

  /**
   * A verdict.
   *
   * @param right it is one of the readings: up to the amount of white space, or, where the case
   *     says {@code ws: none}, without any
   * @param lost words of every reading are missing: own text was cut
   * @param leaked it has words that no reading has: what is not new was left in
   */
  record Verdict(boolean right, boolean lost, boolean leaked) {}

  private ReplyJudge() {}

  static Verdict judge(JsonNode row, String found) {
    List<String> readings = new ArrayList<>(List.of(row.get("expected").asText()));
    row.get("accept").forEach(one -> readings.add(one.asText()));
    String space = row.get("ws").asText().equals("none") ? "" : " ";
    String tidy = tidy(found, space);
    if (readings.stream().anyMatch(one -> tidy(one, space).equals(tidy))) {
      return new Verdict(true, false, false);
    }
    boolean lost = true;
    boolean leaked = true;
    for (String reading : readings) {
      lost &= hasMore(reading, found);
      leaked &= hasMore(found, reading);
    }
    return new Verdict(false, lost, leaked);
  }

  private static String tidy(String text, String space) {
    return SPACE.matcher(text).replaceAll(space).strip();
  }

  /** Whether a text has a word more often than another. */
  private static boolean hasMore(String text, String other) {
    Map<String, Integer> counts = new HashMap<>();
    NO_WORD.splitAsStream(other).forEach(word -> counts.merge(word, 1, Integer::sum));
    return NO_WORD
        .splitAsStream(text)
        .filter(word -> !word.isEmpty())
        .anyMatch(word -> counts.merge(word, -1, Integer::sum) < 0);
  }
}
