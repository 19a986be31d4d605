package email.daimon.bench.start;

import static java.util.Objects.requireNonNull;

import email.daimon.bench.start.ColdStart.Start;
import email.daimon.bench.start.ColdStart.Taken;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Starts of several functions, one of each in turn: who disturbs one disturbs all. Of a function's
 * starts the quicker half counts, since what disturbs a start only lengthens it.
 */
final class Turns {
  private final ColdStart cold;
  private final List<Start> starts;
  private final Map<String, Path> caches;
  private final Map<String, List<Taken>> taken = new LinkedHashMap<>();

  /**
   * Of functions that were not started yet.
   *
   * @param caches by name; without one where there is none
   */
  Turns(ColdStart cold, List<Start> starts, Map<String, Path> caches) {
    this.cold = requireNonNull(cold, "cold is null");
    this.starts = List.copyOf(starts);
    this.caches = Map.copyOf(caches);
  }

  /** Of functions with caches of their own, made here. */
  static Turns cached(ColdStart cold, List<Start> starts) throws IOException, InterruptedException {
    Map<String, Path> caches = new LinkedHashMap<>();
    for (Start start : starts) {
      caches.put(start.name(), cold.train(start));
    }
    return new Turns(cold, starts, caches);
  }

  /** Starts each so many times more. */
  void take(int rounds) throws IOException, InterruptedException {
    for (int round = 0; round < rounds; round++) {
      for (Start start : starts) {
        taken
            .computeIfAbsent(start.name(), _ -> new ArrayList<>())
            .add(cold.run(start, Optional.ofNullable(caches.get(start.name()))));
      }
    }
  }

  /** Milliseconds: the mean of the quicker half. */
  long mean(String name, Function<Taken, Duration> what) {
    return Math.round(exactly(name, what));
  }

  /** Processor times, each divided by that of one table. */
  Map<String, Double> ratios() {
    double measure = exactly(Measurement.ONE_TABLE, Taken::processor);
    Map<String, Double> ratios = new LinkedHashMap<>();
    taken.keySet().forEach(name -> ratios.put(name, exactly(name, Taken::processor) / measure));
    return ratios;
  }

  private double exactly(String name, Function<Taken, Duration> what) {
    List<Taken> all = requireNonNull(taken.get(name), name);
    return all.stream()
        .map(what)
        .sorted()
        .limit((all.size() + 1) / 2)
        .mapToLong(Duration::toMillis)
        .average()
        .orElseThrow();
  }
}
