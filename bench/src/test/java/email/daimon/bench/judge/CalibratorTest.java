package email.daimon.bench.judge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import email.daimon.understand.trust.Calibration;
import email.daimon.understand.trust.JudgeWeights;
import email.daimon.understand.trust.JudgedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What sums are worth is found again from what was drawn by it. */
class CalibratorTest {
  private static final int TEXTS = 20_000;

  @Test
  void whatTheSumsAreWorthIsFound() {
    Random lot = new Random(7);
    JudgedText seen = JudgedText.ofSeen("Hello there.");
    JudgedText unseen = JudgedText.ofUnseen("Hello there.");
    List<Trial.Row> rows = new ArrayList<>();
    for (int i = 0; i < TEXTS; i++) {
      boolean isUnseen = lot.nextBoolean();
      double ofText = lot.nextGaussian();
      double ofTrait = lot.nextGaussian();
      double odds = 1.6 * ofText + 0.5 * ofTrait + (isUnseen ? 1 : 0) - 0.3;
      boolean instructs = lot.nextDouble() < 1 / (1 + Math.exp(-odds));
      Lesson.Part part = new Lesson.Part(isUnseen ? unseen : seen, new boolean[] {instructs});
      int traits = seen.sentences().getFirst().traits().length;
      double sum = ofTrait * Math.sqrt(traits + JudgeWeights.SHORT);
      rows.add(
          new Trial.Row("one", instructs, 0, List.of(new Trial.Text(part, ofText, one -> sum))));
    }
    Calibration found = Calibrator.of(rows);
    assertThat(found.text()).isCloseTo(1.6f, within(0.1f));
    assertThat(found.stretch()).isCloseTo(0.5f, within(0.1f));
    assertThat(found.unseen()).isCloseTo(1f, within(0.1f));
    assertThat(found.two()).isZero();
  }
}
