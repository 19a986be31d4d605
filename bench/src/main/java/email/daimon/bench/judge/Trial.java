package email.daimon.bench.judge;

import email.daimon.understand.trust.Calibration;
import email.daimon.understand.trust.JudgeWeights;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * What was said of lessons by a learner that had not seen them.
 *
 * @param rows one a lesson
 */
record Trial(List<Row> rows) {
  private static final double NOTHING = Double.NEGATIVE_INFINITY;

  Trial {
    rows = List.copyOf(rows);
  }

  /**
   * One lesson.
   *
   * @param ruled how much weighs what the rules find
   */
  record Row(String set, boolean instructs, int ruled, List<Text> texts) {
    Row {
      texts = List.copyOf(texts);
    }

    double score(Calibration calibration) {
      return texts.stream().mapToDouble(it -> it.score(calibration)).max().orElse(NOTHING);
    }
  }

  /** One of its texts: the sums of the learner. */
  static final class Text {
    private final Lesson.Part part;
    private final double ofText;
    private final double[] sums;

    Text(Lesson.Part part, double ofText, ToDoubleFunction<int[]> sum) {
      this.part = part;
      this.ofText = ofText;
      this.sums =
          part.text().sentences().stream()
              .mapToDouble(it -> sum.applyAsDouble(it.traits()))
              .toArray();
    }

    boolean instructs() {
      return part.instructs();
    }

    double score(Calibration calibration) {
      return calibration.score(surest(calibration, false));
    }

    /**
     * What a calibration weighs of the stretch that is the surest by one.
     *
     * @param orders whether a sentence of an order must be in it
     */
    double[] surest(Calibration calibration, boolean orders) {
      double[] surest = null;
      double most = NOTHING;
      for (int i = 0; i < sums.length; i++) {
        double sum = 0;
        int count = JudgeWeights.SHORT;
        boolean counts = !orders;
        for (int k = i; k < Math.min(sums.length, i + JudgeWeights.TOGETHER); k++) {
          sum += sums[k];
          count += part.text().sentences().get(k).traits().length;
          counts |= part.guilty(k);
          double[] stretch =
              Calibration.weighed(part.text(), ofText, sum / Math.sqrt(count), count, k - i + 1);
          double score = calibration.score(stretch);
          if (counts && (surest == null || score > most)) {
            surest = stretch;
            most = score;
          }
        }
      }
      if (surest == null) {
        throw new IllegalStateException("a text without sentences is no lesson");
      }
      return surest;
    }
  }

  /** Of lessons, by what was learnt from others. */
  static Trial of(List<Lesson> lessons, List<Lesson> others) {
    Learner learner = Learner.of(others);
    return new Trial(lessons.stream().map(learner::row).toList());
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

  /** The rows of some sets. */
  Trial only(Set<String> sets) {
    return new Trial(rows.stream().filter(it -> sets.contains(it.set())).toList());
  }

  /** With what the sums are worth. */
  Verdicts by(Calibration calibration) {
    return new Verdicts(
        rows.stream()
            .map(it -> new Verdicts.Row(it.instructs(), it.ruled(), it.score(calibration)))
            .toList());
  }

  /** With what the sums are worth by the rows of all other sets. */
  Verdicts byOthers() {
    List<Verdicts.Row> all = new ArrayList<>();
    for (String set : rows.stream().map(Row::set).distinct().toList()) {
      Calibration calibration =
          Calibrator.of(rows.stream().filter(it -> !it.set().equals(set)).toList());
      all.addAll(only(Set.of(set)).by(calibration).rows());
    }
    return new Verdicts(all);
  }
}
