package email.daimon.bench.start;

import static java.util.Objects.requireNonNull;

import email.daimon.bench.start.ColdStart.Start;
import email.daimon.bench.start.ColdStart.Taken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures all functions of the stack, and what they are compared with. */
public final class Measurement {
  /** Name of the handler that has one client of DynamoDB. */
  public static final String ONE_TABLE = "one table";

  private Measurement() {}

  /**
   * Of one function; times in milliseconds, see {@link Turns}.
   *
   * @param cached with an AOT cache
   * @param ratio of the processor time with a cache to that of one table
   */
  public record Figure(
      int classes,
      long plain,
      long plainProcessor,
      long cached,
      long cachedProcessor,
      double ratio) {}

  /** What is done in the folder with all starts, of which each is ready. */
  @FunctionalInterface
  interface Work<T> {
    T on(ColdStart cold, List<Start> starts) throws IOException, InterruptedException;
  }

  /** Everything, so many runs each way. */
  public static Map<String, Figure> all(Path home, int runs)
      throws IOException, InterruptedException {
    return with(
        home,
        (cold, starts) -> {
          Map<String, Integer> classes = new LinkedHashMap<>();
          for (Start start : starts) {
            classes.put(start.name(), cold.classes(start));
          }
          Turns plain = new Turns(cold, starts, Map.of());
          plain.take(runs);
          Turns cached = Turns.cached(cold, starts);
          cached.take(runs);
          Map<String, Double> ratios = cached.ratios();
          Map<String, Figure> figures = new LinkedHashMap<>();
          classes.forEach((name, count) ->
              figures.put(
                  name,
                  new Figure(
                      count,
                      plain.mean(name, Taken::time),
                      plain.mean(name, Taken::processor),
                      cached.mean(name, Taken::time),
                      cached.mean(name, Taken::processor),
                      requireNonNull(ratios.get(name), name))));
          return figures;
        });
  }

  /** Only the numbers of classes, of these functions or handlers. */
  static Map<String, Integer> classes(Path home, List<String> names)
      throws IOException, InterruptedException {
    return with(
        home,
        (cold, starts) -> {
          Map<String, Integer> classes = new LinkedHashMap<>();
          for (Start start : starts) {
            if (names.contains(start.name())) {
              classes.put(start.name(), cold.classes(start));
            }
          }
          return classes;
        });
  }

  /** Does something with all starts, in a folder that is gone afterwards. */
  static <T> T with(Path home, Work<T> work) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("start");
    Path java = Path.of(System.getProperty("java.home"), "bin/java");
    try (Stage stage = new Stage(home)) {
      List<Start> starts = new ArrayList<>(stage.compared());
      starts.addAll(stage.functions());
      return work.on(new ColdStart(java, ClassPath.lay(home, folder), folder), starts);
    } finally {
      delete(folder);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files
          .sorted(Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
