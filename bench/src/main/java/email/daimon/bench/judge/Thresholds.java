package email.daimon.bench.judge;

import email.daimon.understand.trust.JudgedText;
import java.util.List;

/**
 * From which score a stretch instructs, and from which what the rules find does.
 *
 * @param sure the judge alone
 * @param weak with a rule of which just enough speaks
 * @param perWeight by how much less for each point of weight that the rule has more
 */
record Thresholds(double sure, double weak, double perWeight) {
  static final Thresholds RULES_ALONE = judgeAlone(Double.POSITIVE_INFINITY).withRules();

  private static final int ENOUGH = 5;
  private static final double STEP = 0.05;
  private static final int STEPS = 80;
  private static final int FIRST = 2;

  /** What a rule says is worth so many steps at least: orders in the usual words are told. */
  private static final int RULE = 10;

  private static final double[] PER_WEIGHT = {0, 0.1, 0.2, 0.3, 0.4, 0.5};

  /** Whatever the rules say. */
  static Thresholds judgeAlone(double sure) {
    return new Thresholds(sure, Double.POSITIVE_INFINITY, 0);
  }

  private Thresholds withRules() {
    return new Thresholds(sure, Double.NEGATIVE_INFINITY, 0);
  }

  /** From which score it instructs where a rule of that weight says so. */
  double ruled(int weight) {
    return weight >= JudgedText.PLAIN
        ? Double.NEGATIVE_INFINITY
        : weak - (weight - ENOUGH) * perWeight;
  }

  /**
   * Those with which most is found in the trials, of which the first counts twice, of those that
   * flag few enough in each.
   */
  static Thresholds of(List<Verdicts> trials, List<Double> mostFlagged) {
    Thresholds best = judgeAlone(STEP * STEPS);
    double most = -1;
    for (int sure = STEPS; sure >= 0; sure--) {
      for (int weak = sure - RULE; weak >= -STEPS; weak--) {
        for (double perWeight : PER_WEIGHT) {
          Thresholds one = new Thresholds(sure * STEP, weak * STEP, perWeight);
          boolean few = true;
          double found = 0;
          for (int i = 0; i < trials.size() && few; i++) {
            few = trials.get(i).flagged(one) <= mostFlagged.get(i);
            found += trials.get(i).recall(one) * (i == 0 ? FIRST : 1);
          }
          if (few && found > most) {
            most = found;
            best = one;
          }
        }
      }
    }
    return best;
  }
}
