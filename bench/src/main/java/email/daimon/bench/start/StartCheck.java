package email.daimon.bench.start;

import email.daimon.bench.start.ColdStart.Start;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Holds the API's functions, with caches, to what was measured: processor time until the first
 * reply, beside that of one table in the same minute. What seems slow is measured on before it is
 * said: the machine may be another's too.
 */
public final class StartCheck {
  private static final int ROUNDS = 12;
  private static final int TIMES = 5;

  private StartCheck() {}

  /** One line for each function that starts more slowly than it may. */
  public static List<String> problems(Path home) throws IOException, InterruptedException {
    return Measurement.with(
        home,
        (cold, starts) -> {
          Turns turns = Turns.cached(cold, starts.stream().filter(StartCheck::isHeld).toList());
          List<String> problems = List.of();
          for (int time = 0; time == 0 || (time < TIMES && !problems.isEmpty()); time++) {
            turns.take(ROUNDS);
            System.out.println("processor time until the first reply, to one table's:");
            turns.ratios().forEach((name, ratio) -> System.out.printf("%.2f %s%n", ratio, name));
            problems = Held.slow(home, turns.ratios());
          }
          return problems;
        });
  }

  private static boolean isHeld(Start start) {
    return start.name().equals(Measurement.ONE_TABLE) || start.name().startsWith(Held.API);
  }
}
