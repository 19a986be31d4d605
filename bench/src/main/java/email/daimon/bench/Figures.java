package email.daimon.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Figures as results have them: no more digits than say something. */
final class Figures {
  private Figures() {}

  static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }

  static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /**
   * How many there were in a second.
   *
   * @param begun of {@link System#nanoTime}
   */
  static double perSecond(long count, long begun) {
    return tenths(count / ((System.nanoTime() - begun) / 1e9));
  }

  /** What was used for each of so many. */
  static void each(ObjectNode result, Map<String, Double> used, int count) {
    used.forEach((what, amount) -> result.put(what, hundredths(amount / count)));
  }
}
