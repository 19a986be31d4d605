package email.daimon.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;

/** Durations of many calls and their percentiles. */
final class Percentiles {
  private final long[] sorted;

  private Percentiles(long[] sorted) {
    this.sorted = sorted;
  }

  static Percentiles of(long[] nanoseconds) {
    long[] sorted = nanoseconds.clone();
    Arrays.sort(sorted);
    return new Percentiles(sorted);
  }

  void writeTo(ObjectNode result) {
    result.put("p50_ms", milliseconds(0.5));
    result.put("p95_ms", milliseconds(0.95));
    result.put("p99_ms", milliseconds(0.99));
  }

  private double milliseconds(double share) {
    int index = (int) Math.ceil(share * sorted.length) - 1;
    return Figures.tenths(sorted[Math.max(0, index)] / 1e6);
  }
}
