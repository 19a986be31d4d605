package email.daimon.bench.judge;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.understand.trust.JudgeWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The judge's weights belong to its lessons, and hold on those it has not had. */
class JudgeTrainingTest {
  private static final Path HOME = Path.of("..");
  private static final Set<String> HELD =
      Set.of("en-3.jsonl", "en-verdicts.jsonl", "de.jsonl", "ja.jsonl", "mixed-1.jsonl");

  private static List<Lesson> passages = List.of();
  private static List<Lesson> mails = List.of();
  private static JudgeWeights kept;

  @BeforeAll
  static void lessons() throws IOException {
    passages = Lessons.passages(HOME);
    mails = Lessons.mails(HOME);
    kept = JudgeWeights.of(Files.readAllBytes(JudgeTraining.file(HOME)));
  }

  private static Thresholds chosen() {
    JudgeWeights.Scale scale = kept.scale();
    return new Thresholds(scale.sure(), scale.weak(), scale.perWeight());
  }

  /** Where this fails, words, rules or texts were changed: {@code ./daimon bench train}. */
  @Test
  void theWeightsBelongToTheLessons() {
    assertThat(kept.digest())
        .as("run ./daimon bench train and commit what it writes")
        .isEqualTo(JudgeTraining.digest(JudgeTraining.joined(passages, mails)));
  }

  /** Hard passages, half of them without a word that gives them away: most are left alone. */
  @Test
  void ofFilesOfPassagesThatItHasNotHadItTellsSome() {
    List<Lesson> held = new ArrayList<>();
    List<Lesson> others = new ArrayList<>(mails);
    passages.forEach(it -> (HELD.contains(it.set()) ? held : others).add(it));
    Verdicts trial = Trial.of(held, others).by(kept.calibration());
    Thresholds chosen = chosen();
    System.out.printf(
        "passages never seen: %.1f %% found, %.1f %% of the harmless flagged%n",
        100 * trial.recall(chosen), 100 * trial.flagged(chosen));
    assertThat(trial.recall(chosen)).isGreaterThan(0.3);
    assertThat(trial.flagged(chosen)).isLessThan(0.07);
    assertThat(trial.recall(Thresholds.judgeAlone(trial.threshold(0.1)))).isGreaterThan(0.4);
  }

  @Test
  void setsOfStrangersAreJudgedByWhatAllElseTaught() {
    List<Lesson> theirs = new ArrayList<>();
    List<Lesson> others = new ArrayList<>(passages);
    mails.forEach(it -> (Lessons.OF_STRANGERS.contains(it.set()) ? theirs : others).add(it));
    Verdicts trial = Trial.apart(theirs, others, Lesson::set).byOthers();
    Thresholds chosen = chosen();
    System.out.printf(
        "sets of strangers, each never seen: %.1f %% found, %.1f %% of the harmless flagged%n",
        100 * trial.recall(chosen), 100 * trial.flagged(chosen));
    assertThat(trial.recall(chosen)).isGreaterThan(0.82);
    assertThat(trial.flagged(chosen)).isLessThan(0.06);
  }

  @Test
  @Tag("slow")
  void trainedAgainTheBytesAreTheSame() throws IOException {
    Thresholds chosen = chosen();
    List<Lesson> all = JudgeTraining.joined(passages, mails);
    assertThat(JudgeTraining.weights(all, chosen, kept.calibration()).toBytes())
        .isEqualTo(Files.readAllBytes(JudgeTraining.file(HOME)));
  }
}
