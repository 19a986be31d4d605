package email.daimon.functions.api;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often each thing was done to sends. */
final class SendTally {
  private final Map<Injected, Integer> injected = new EnumMap<>(Injected.class);
  private final Map<String, int[]> killedAfter = new TreeMap<>();

  synchronized void count(Injected what) {
    injected.merge(what, 1, Integer::sum);
  }

  synchronized void count(Injected what, int times) {
    injected.merge(what, times, Integer::sum);
  }

  synchronized void apiKilledAfter(String call) {
    count(Injected.API_KILLED);
    killedAfter.computeIfAbsent(call, _ -> new int[2])[0]++;
  }

  synchronized void workerKilledAfter(String call) {
    count(Injected.WORKER_KILLED);
    killedAfter.computeIfAbsent(call, _ -> new int[2])[1]++;
  }

  synchronized int of(Injected what) {
    return injected.getOrDefault(what, 0);
  }

  /** What was never done. */
  List<Injected> never() {
    return Arrays.stream(Injected.values()).filter(what -> of(what) == 0).toList();
  }

  /** The two tables of what was done. */
  synchronized String tables() {
    StringBuilder text = new StringBuilder("| injected | times |\n|---|---|\n");
    for (Injected what : Injected.values()) {
      text.append("| %s | %d |%n".formatted(what.words(), of(what)));
    }
    text.append("\n| killed after | API function | worker |\n|---|---|---|\n");
    killedAfter.forEach(
        (call, times) -> text.append("| %s | %d | %d |%n".formatted(call, times[0], times[1])));
    return text.toString();
  }
}
