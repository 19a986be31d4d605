package email.daimon.understand.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/** What is learnt by one formula is used by another: both say the same. */
class CalibrationTest {
  private static final Calibration SOME = new Calibration(-1, 2, 0.7f, 0.3f, -0.4f, 1.1f, 2.5f);

  @Test
  void theTwoFormulasAgree() {
    for (JudgedText text :
        new JudgedText[] {
          JudgedText.ofSeen("Hello."), JudgedText.ofUnseen("Hello."), JudgedText.ofLabel("Hello.")
        }) {
      for (int number = 1; number <= JudgeWeights.TOGETHER; number++) {
        double learnt = SOME.score(Calibration.weighed(text, 0.8, -1.3, 57, number));
        double used =
            SOME.ofText(0.8, text.unseen(), text.label()) + SOME.ofStretch(-1.3, 57, number);
        assertThat(used).isCloseTo(learnt, within(1e-6));
      }
    }
    assertThat(SOME.score(Calibration.weighed(JudgedText.ofLabel("Hello."), 0, 0, 1, 1)))
        .isCloseTo(1.5, within(1e-6));
  }
}
