package email.daimon.bench.start;

import email.daimon.bench.start.ColdStart.Start;
import email.daimon.bench.start.ColdStart.Taken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Measures all functions of the stack, and what they are compared with. */
public final class Measurement {
  /** Name of the handler that has one client of DynamoDB. */
  public static final String ONE_TABLE = "one table";

  private Measurement() {}

  /**
   * Of one function; times in milliseconds, medians.
   *
   * @param cached with an AOT cache
   */
  public record Figure(
      int classes, long plain, long plainProcessor, long cached, long cachedProcessor) {}

  /** What is done in the folder with all starts, of which each is ready. */
  @FunctionalInterface
  private interface Work<T> {
    T on(ColdStart cold, List<Start> starts) throws IOException, InterruptedException;
  }

  /** Everything, so many runs each way; those of one function one after the other. */
  public static Map<String, Figure> all(Path home, int runs)
      throws IOException, InterruptedException {
    return with(
        home,
        (cold, starts) -> {
          Map<String, Figure> figures = new LinkedHashMap<>();
          for (Start start : starts) {
            int classes = cold.classes(start);
            Path cache = cold.train(start);
            List<Taken> plain = new ArrayList<>();
            List<Taken> cached = new ArrayList<>();
            for (int run = 0; run < runs; run++) {
              plain.add(cold.run(start, Optional.empty()));
              cached.add(cold.run(start, Optional.of(cache)));
            }
            Files.delete(cache);
            figures.put(
                start.name(),
                new Figure(
                    classes,
                    median(plain, Taken::time),
                    median(plain, Taken::processor),
                    median(cached, Taken::time),
                    median(cached, Taken::processor)));
          }
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

  private static <T> T with(Path home, Work<T> work) throws IOException, InterruptedException {
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

  private static long median(List<Taken> taken, Function<Taken, Duration> what) {
    List<Duration> sorted = taken.stream().map(what).sorted().toList();
    return sorted.get(sorted.size() / 2).toMillis();
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
