package email.daimon.bench.judge;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.understand.trust.Calibration;
import email.daimon.understand.trust.JudgeWeights;
import email.daimon.understand.trust.JudgedText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * {@code ./daimon bench train}: measures the judge on what it has not seen, then trains it anew.
 */
public final class JudgeTraining {
  /** Whole mails each: what few are flagged of them are few of all mails. */
  public static final double MOST_FLAGGED = 0.035;

  /** Many of their harmless mails come near to attacks or quote them. */
  public static final double MOST_FLAGGED_OF_STRANGERS = 0.07;

  /** Of mail that everybody gets; each file of it was learnt without the others' like. */
  public static final double MOST_FLAGGED_OF_ORDINARY = 0.015;

  private JudgeTraining() {}

  /** Writes the weights; tells the figures. */
  public static ObjectNode run(Path home) throws IOException {
    List<Lesson> passages = Lessons.passages(home);
    List<Lesson> mails = Lessons.mails(home);
    Trial sets = Trial.apart(mails, passages, Lesson::set);
    Calibration calibration = Calibrator.of(sets.rows());
    Verdicts all = sets.byOthers();
    Verdicts strangers = sets.only(Lessons.OF_STRANGERS).byOthers();
    Verdicts files =
        Trial.apart(passages, mails, it -> Integer.toString(it.set().hashCode() & 15))
            .by(calibration);
    Verdicts ordinary = ordinary(passages, mails).by(calibration);
    Thresholds chosen =
        Thresholds.of(
            List.of(strangers, all, ordinary),
            List.of(MOST_FLAGGED_OF_STRANGERS, MOST_FLAGGED, MOST_FLAGGED_OF_ORDINARY));
    Path file = file(home);
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, weights(joined(passages, mails), chosen, calibration).toBytes());
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    // Most passages twice: alone, and among others.
    result.put("passages", Lessons.written(home)).put("lessons", passages.size());
    result.put("mails", mails.size());
    result
        .put("sure", chosen.sure())
        .put("weak", chosen.weak())
        .put("per_weight", chosen.perWeight());
    figures(result.putObject("strangers_set_left_out"), strangers, chosen);
    figures(result.putObject("mails_set_left_out"), all, chosen);
    figures(result.putObject("passages_files_left_out"), files, chosen);
    figures(result.putObject("ordinary_passages"), ordinary, chosen);
    return result;
  }

  /** Passages of ordinary mail, each file after all others. */
  private static Trial ordinary(List<Lesson> passages, List<Lesson> mails) {
    List<Lesson> others = new ArrayList<>(mails);
    List<Lesson> plain = new ArrayList<>();
    passages.forEach(it -> (Lessons.ORDINARY.contains(it.set()) ? plain : others).add(it));
    return Trial.apart(plain, others, Lesson::set);
  }

  /** Where the weights lie. */
  static Path file(Path home) {
    return home.resolve("shared-model/src/main/resources/email/daimon/understand/trust")
        .resolve(JudgeWeights.FILE);
  }

  /** What is learnt from all lessons. */
  static JudgeWeights weights(List<Lesson> lessons, Thresholds chosen, Calibration calibration) {
    return Learner.of(lessons).weights(chosen, calibration, digest(lessons));
  }

  /** Passages first. */
  static List<Lesson> joined(List<Lesson> passages, List<Lesson> mails) {
    return Stream.concat(passages.stream(), mails.stream()).toList();
  }

  /** Of all that is learnt from: texts, how they are taken apart, what is known of them. */
  static String digest(List<Lesson> lessons) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException everyJavaHasIt) {
      throw new IllegalStateException(everyJavaHasIt);
    }
    for (Lesson lesson : lessons) {
      digest.update((byte) (lesson.instructs() ? 1 : 0));
      for (Lesson.Part part : lesson.texts()) {
        update(digest, part.text().traits());
        for (int i = 0; i < part.text().sentences().size(); i++) {
          JudgedText.Sentence sentence = part.text().sentences().get(i);
          digest.update((byte) (part.guilty(i) ? 1 : 0));
          update(digest, sentence.traits());
          update(digest, sentence.topics());
        }
      }
    }
    return HexFormat.of().formatHex(digest.digest(), 0, 16);
  }

  private static void update(MessageDigest digest, int[] traits) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * traits.length + 4);
    bytes.asIntBuffer().put(traits.length).put(traits);
    digest.update(bytes.array());
  }

  private static void figures(ObjectNode node, Verdicts trial, Thresholds chosen) {
    node.put("instructing", trial.rows().stream().filter(Verdicts.Row::instructs).count());
    node.put("harmless", trial.rows().stream().filter(it -> !it.instructs()).count());
    node.put("rules_found", rounded(trial.recall(Thresholds.RULES_ALONE)));
    node.put("rules_flagged", rounded(trial.flagged(Thresholds.RULES_ALONE)));
    node.put("found", rounded(trial.recall(chosen)));
    node.put("flagged", rounded(trial.flagged(chosen)));
    for (double share : new double[] {0.01, MOST_FLAGGED, 0.05, 0.1}) {
      Thresholds alone = Thresholds.judgeAlone(trial.threshold(share));
      node.put("judge_found_at_" + share, rounded(trial.recall(alone)));
    }
  }

  private static double rounded(double share) {
    return Math.round(share * 1000) / 1000.0;
  }
}
