package email.daimon.bench.judge;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What was said of lessons by a learner that had not seen them.
 *
 * @param rows one a lesson
 */
record Trial(List<Row> rows) {
  Trial {
    rows = List.copyOf(rows);
  }

  /**
   * One lesson.
   *
   * @param score of the learner
   */
  record Row(boolean instructs, int ruled, double score) {
    boolean found(Thresholds chosen) {
      return score > chosen.sure() || (ruled > 0 && score > chosen.ruled(ruled));
    }
  }

  /** Of lessons, by what was learnt from others. */
  static Trial of(List<Lesson> lessons, List<Lesson> others) {
    Learner learner = Learner.of(others);
    return new Trial(
        lessons.stream()
            .map(it -> new Row(it.instructs(), it.ruled(), learner.score(it)))
            .toList());
  }

  /** Each part of the lessons after all that are not of it. */
  static Trial apart(List<Lesson> lessons, List<Lesson> others, Function<Lesson, String> partOf) {
    List<Row> rows = new ArrayList<>();
    for (String part : lessons.stream().map(partOf).distinct().toList()) {
      List<Lesson> rest = new ArrayList<>(others);
      lessons.stream().filter(it -> !partOf.apply(it).equals(part)).forEach(rest::add);
      List<Lesson> some = lessons.stream().filter(it -> partOf.apply(it).equals(part)).toList();
      rows.addAll(of(some, rest).rows());
    }
    return new Trial(rows);
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
    List<Row> some = rows.stream().filter(it -> it.instructs() == instructs).toList();
    long found = some.stream().filter(it -> it.found(chosen)).count();
    return some.isEmpty() ? 0 : (double) found / some.size();
  }

  /** The score above which no more than a share of the harmless lies. */
  double threshold(double share) {
    double[] scores =
        rows.stream().filter(it -> !it.instructs()).mapToDouble(Row::score).sorted().toArray();
    int above = (int) Math.floor(share * scores.length);
    return scores.length == 0 ? 0 : scores[Math.max(0, scores.length - 1 - above)];
  }
}
