package email.daimon.bench.judge;

import java.util.List;

/**
 * How sure a learner was of lessons that it had not seen, and what comes of it.
 *
 * @param rows one a lesson
 */
record Verdicts(List<Row> rows) {
  Verdicts {
    rows = List.copyOf(rows);
  }

  /**
   * One lesson.
   *
   * @param ruled how much weighs what the rules find
   */
  record Row(boolean instructs, int ruled, double score) {
    boolean found(Thresholds chosen) {
      return score > chosen.sure() || (ruled > 0 && score > chosen.ruled(ruled));
    }
  }

  /** Share of what instructs that is found, 0 to 1. */
  double recall(Thresholds chosen) {
    return share(true, chosen);
  }

  /** Share of the harmless that is flagged, 0 to 1. */
  double flagged(Thresholds chosen) {
    return share(false, chosen);
  }

  private double share(boolean instructs, Thresholds chosen) {
    int all = 0;
    int found = 0;
    for (Row row : rows) {
      if (row.instructs() == instructs) {
        all++;
        found += row.found(chosen) ? 1 : 0;
      }
    }
    return all == 0 ? 0 : (double) found / all;
  }

  /** The score above which no more than a share of the harmless lies. */
  double threshold(double share) {
    double[] scores =
        rows.stream().filter(it -> !it.instructs()).mapToDouble(Row::score).sorted().toArray();
    int above = (int) Math.floor(share * scores.length);
    return scores.length == 0 ? 0 : scores[Math.max(0, scores.length - 1 - above)];
  }
}
