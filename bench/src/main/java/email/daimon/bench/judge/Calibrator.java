package email.daimon.bench.judge;

import email.daimon.understand.trust.Calibration;
import java.util.ArrayList;
import java.util.List;

/**
 * Learns what sums are worth: logistic regression (Newton's method) over the surest stretch of each
 * text, by what learners said of mails that they had not seen. Which is the surest changes with it,
 * so it is done some times.
 */
final class Calibrator {
  /** Of what is not learnt: sums as they are. */
  static final Calibration NONE = new Calibration(0, 1, 1, 0, 0, 0, 0);

  private static final int TIMES = 4;
  private static final int STEPS = 12;
  private static final double SHRINK = 0.1;

  private Calibrator() {}

  /** Of mails and their texts. */
  static Calibration of(List<Trial.Row> rows) {
    Calibration calibration = NONE;
    for (int time = 0; time < TIMES; time++) {
      List<double[]> stretches = new ArrayList<>();
      List<Boolean> truths = new ArrayList<>();
      for (Trial.Row row : rows) {
        for (Trial.Text text : row.texts()) {
          // An order that stands where nobody looks says nothing of the other texts.
          if (text.instructs() || !row.instructs()) {
            stretches.add(text.surest(calibration, text.instructs()));
            truths.add(text.instructs());
          }
        }
      }
      calibration = Calibration.of(regression(stretches, truths));
    }
    return calibration;
  }

  private static double[] regression(List<double[]> rows, List<Boolean> truths) {
    double[] weights = new double[Calibration.NUMBERS];
    for (int step = 0; step < STEPS; step++) {
      double[] slopes = new double[weights.length];
      double[][] bends = new double[weights.length][weights.length];
      for (int i = 0; i < weights.length; i++) {
        slopes[i] = -SHRINK * weights[i];
        bends[i][i] = SHRINK;
      }
      for (int r = 0; r < rows.size(); r++) {
        double[] row = rows.get(r);
        double sum = 0;
        for (int i = 0; i < row.length; i++) {
          sum += weights[i] * row[i];
        }
        double likely = 1 / (1 + StrictMath.exp(-sum));
        for (int i = 0; i < row.length; i++) {
          slopes[i] += ((truths.get(r) ? 1 : 0) - likely) * row[i];
          for (int k = 0; k < row.length; k++) {
            bends[i][k] += likely * (1 - likely) * row[i] * row[k];
          }
        }
      }
      double[] change = solved(bends, slopes);
      for (int i = 0; i < weights.length; i++) {
        weights[i] += change[i];
      }
    }
    return weights;
  }

  /** Of linear equations, by elimination: the matrix is symmetric and positive. */
  private static double[] solved(double[][] matrix, double[] right) {
    int size = right.length;
    for (int i = 0; i < size; i++) {
      for (int row = i + 1; row < size; row++) {
        double times = matrix[row][i] / matrix[i][i];
        for (int k = i; k < size; k++) {
          matrix[row][k] -= times * matrix[i][k];
        }
        right[row] -= times * right[i];
      }
    }
    double[] solved = new double[size];
    for (int i = size - 1; i >= 0; i--) {
      double sum = right[i];
      for (int k = i + 1; k < size; k++) {
        sum -= matrix[i][k] * solved[k];
      }
      solved[i] = sum / matrix[i][i];
    }
    return solved;
  }
}
