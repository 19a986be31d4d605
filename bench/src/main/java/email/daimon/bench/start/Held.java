package email.daimon.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many classes each function may load until its first reply: what {@code docs/start-up.md} has,
 * and a tenth more. Classes are most of a cold start, and their number is the same on every
 * machine.
 */
final class Held {
  private static final double GROWTH = 1.1;

  private Held() {}

  /** One line for each function that loads more, or was never measured. */
  static List<String> problems(Path home, Map<String, Integer> counted) throws IOException {
    Map<String, Integer> measured = measured(home.resolve("docs/start-up.md"));
    List<String> problems = new ArrayList<>();
    counted.forEach((name, classes) -> {
      int before = measured.getOrDefault(name, 0);
      if (classes > before * GROWTH) {
        problems.add(
            "%s loads %d classes until its first reply; measured were %d: make it load fewer, or"
                    .formatted(name, classes, before)
                + " measure again with ./daimon bench start");
      }
    });
    return problems;
  }

  // The table's lines: | name | classes | …
  private static Map<String, Integer> measured(Path page) throws IOException {
    Map<String, Integer> measured = new HashMap<>();
    for (String line : Files.readAllLines(page)) {
      List<String> cells = List.of(line.split(" *\\| *"));
      if (cells.size() > 2 && cells.get(2).matches("[0-9]+")) {
        measured.put(cells.get(1), Integer.parseInt(cells.get(2)));
      }
    }
    return measured;
  }
}
