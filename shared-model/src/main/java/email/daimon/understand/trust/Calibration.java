package email.daimon.understand.trust;

/**
 * What the sums of the judge are worth, learnt from what they said of mails that it had not seen:
 * words that recur say more where they were learnt than elsewhere, and a text that nobody sees
 * seldom gives orders to people.
 *
 * @param base of every stretch
 * @param text what the sum of a whole text is worth
 * @param stretch what the sum of one or two sentences is worth
 * @param length what the logarithm of their traits is worth
 * @param two of two sentences
 * @param unseen of a text that its reader does not see
 * @param label of a subject or a name
 */
public record Calibration(
    float base, float text, float stretch, float length, float two, float unseen, float label) {
  /** Numbers of one. */
  public static final int NUMBERS = 7;

  /** Of the numbers in their order. */
  public static Calibration of(double[] numbers) {
    if (numbers.length != NUMBERS) {
      throw new IllegalArgumentException("so many numbers are wanted: " + NUMBERS);
    }
    return new Calibration(
        (float) numbers[0],
        (float) numbers[1],
        (float) numbers[2],
        (float) numbers[3],
        (float) numbers[4],
        (float) numbers[5],
        (float) numbers[6]);
  }

  /** The numbers in their order. */
  public double[] numbers() {
    return new double[] {base, text, stretch, length, two, unseen, label};
  }

  /**
   * What the numbers are multiplied with, in their order.
   *
   * @param ofText sum of the text
   * @param ofStretch sum of the stretch, by the root of the number of its traits
   * @param traits how many they are, and {@link JudgeWeights#SHORT}
   * @param number of its sentences
   */
  public static double[] weighed(
      JudgedText judged, double ofText, double ofStretch, int traits, int number) {
    return new double[] {
      1,
      ofText,
      ofStretch,
      StrictMath.log(traits),
      number > 1 ? 1 : 0,
      judged.unseen() ? 1 : 0,
      judged.label() ? 1 : 0
    };
  }

  /** The numbers times those. */
  public double score(double[] weighed) {
    double[] numbers = numbers();
    double score = 0;
    for (int i = 0; i < numbers.length; i++) {
      score += numbers[i] * weighed[i];
    }
    return score;
  }

  /** What is so of every stretch of a text: with the rest, {@link #score} without an array. */
  double ofText(double sum, boolean isUnseen, boolean isLabel) {
    return base + text * sum + (isUnseen ? unseen : 0) + (isLabel ? label : 0);
  }

  /**
   * What is added for a stretch.
   *
   * @param sum of its traits, by the root of their number
   * @param traits how many they are, and {@link JudgeWeights#SHORT}
   * @param number of its sentences
   */
  double ofStretch(double sum, int traits, int number) {
    return stretch * sum + length * StrictMath.log(traits) + (number > 1 ? two : 0);
  }
}
