package email.daimon.bench.start;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What each function may load and take until its first reply: what {@code docs/start-up.md} has,
 * and a tenth more. Classes are most of a cold start, and their number is the same on every
 * machine.
 */
final class Held {
  /** How the names of the API's functions begin. */
  static final String API = "api-";

  private static final double GROWTH = 1.1;
  private static final double MOST_OF_API = 1.5;
  private static final int CLASSES = 2;
  private static final int RATIO = 7;

  private Held() {}

  /** One line for each function that loads more, or was never measured. */
  static List<String> problems(Path home, Map<String, Integer> counted) throws IOException {
    Map<String, Double> measured = measured(home, CLASSES);
    List<String> problems = new ArrayList<>();
    counted.forEach((name, classes) -> {
      double before = measured.getOrDefault(name, 0.0);
      if (classes > before * GROWTH) {
        problems.add(
            "%s loads %d classes until its first reply; measured were %.0f: make it load fewer, or"
                    .formatted(name, classes, before)
                + " measure again with ./daimon bench start");
      }
    });
    return problems;
  }

  /**
   * One line for each function that takes more, or was never measured; those of the API may take
   * half as much again as one table at most.
   *
   * @param ratios of processor times with a cache to that of one table
   */
  static List<String> slow(Path home, Map<String, Double> ratios) throws IOException {
    Map<String, Double> measured = measured(home, RATIO);
    List<String> problems = new ArrayList<>();
    ratios.forEach((name, ratio) -> {
      double before = measured.getOrDefault(name, 0.0);
      double most = name.startsWith(API) ? Math.min(before * GROWTH, MOST_OF_API) : before * GROWTH;
      if (ratio > most) {
        problems.add(
            "%s takes %.2f times the processor time of one table until its first reply, over %.2f;"
                    .formatted(name, ratio, most)
                + " measured was %.2f".formatted(before));
      }
    });
    return problems;
  }

  // The table's lines: | name | classes | …
  private static Map<String, Double> measured(Path home, int column) throws IOException {
    Map<String, Double> measured = new HashMap<>();
    for (String line : Files.readAllLines(home.resolve("docs/start-up.md"))) {
      List<String> cells = List.of(line.split(" *\\| *"));
      if (cells.size() > column && cells.get(column).matches("[0-9]+(\\.[0-9]+)?")) {
        measured.put(cells.get(1), Double.parseDouble(cells.get(column)));
      }
    }
    return measured;
  }
}
