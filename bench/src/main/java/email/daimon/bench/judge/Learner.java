package email.daimon.bench.judge;

import email.daimon.understand.trust.Calibration;
import email.daimon.understand.trust.JudgeWeights;
import email.daimon.understand.trust.JudgedText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Logistic regression over the traits of the surest stretch of each text (AdaGrad). Of a text that
 * instructs it is the surest of the order's; of one that does not the surest of all, and one drawn
 * by lot.
 */
final class Learner {
  private static final int ROUNDS = 12;
  private static final double STEP = 0.15;
  private static final double SHRINK = 1e-4;
  private static final double SOFTEN = 0.03;
  private static final int SEED = 1;

  /** A whole mail says more of mails than a passage, a harmless passage more than an order. */
  private static final double MAIL = 4.5;

  private static final double HARMLESS = 3;

  /** Texts in which a trait must be, to be learnt. */
  private static final int SEEN = 3;

  private final float[] sentences = new float[JudgeWeights.TRAITS];
  private final float[] sentenceSquares = new float[JudgeWeights.TRAITS];
  private final float[] topics = new float[JudgeWeights.TRAITS];
  private final float[] topicSquares = new float[JudgeWeights.TRAITS];
  private final boolean[] seldom = new boolean[JudgeWeights.TRAITS];
  private double bias;
  private double biasSquares = 1;

  private Learner() {}

  /** One or two sentences, and how sure it is that they instruct. */
  record Stretch(double score, int from, int to) {}

  /** Learns, always the same from the same. */
  static Learner of(List<Lesson> lessons) {
    Learner learner = new Learner();
    learner.count(lessons);
    List<Lesson.Part> parts = new ArrayList<>();
    List<Boolean> mails = new ArrayList<>();
    for (Lesson lesson : lessons) {
      boolean found = lesson.texts().stream().anyMatch(Lesson.Part::instructs);
      // An order that stands where nobody looks says nothing of the other texts.
      if (!lesson.instructs() || found) {
        for (Lesson.Part part : lesson.texts()) {
          parts.add(part);
          mails.add(lesson.mail());
        }
      }
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      order.add(i);
    }
    Random lot = new Random(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      Collections.shuffle(order, lot);
      double step = STEP * (1 - 0.9 * round / ROUNDS);
      for (int i : order) {
        learner.learn(parts.get(i), mails.get(i), step, lot);
      }
    }
    return learner;
  }

  private void count(List<Lesson> lessons) {
    int[] counts = new int[seldom.length];
    int[] last = new int[seldom.length];
    int number = 0;
    for (Lesson lesson : lessons) {
      number++;
      for (Lesson.Part part : lesson.texts()) {
        for (JudgedText.Sentence sentence : part.text().sentences()) {
          for (int trait : sentence.traits()) {
            counts[trait] += last[trait] == number ? 0 : 1;
            last[trait] = number;
          }
        }
      }
    }
    for (int i = 0; i < seldom.length; i++) {
      seldom[i] = counts[i] < SEEN;
    }
  }

  private void learn(Lesson.Part part, boolean mail, double step, Random lot) {
    double weight = mail ? MAIL : 1;
    if (part.instructs()) {
      learn(part, surest(part, true), 1, weight, step);
      return;
    }
    learn(part, surest(part, false), 0, mail ? MAIL : HARMLESS, step);
    int number = part.text().sentences().size();
    int from = lot.nextInt(number);
    int to = Math.min(number - 1, from + lot.nextInt(JudgeWeights.TOGETHER));
    learn(part, new Stretch(0, from, to), 0, weight, step);
  }

  /**
   * The stretch of which it is surest.
   *
   * @param guilty whether a sentence of an order must be in it
   */
  Stretch surest(Lesson.Part part, boolean guilty) {
    List<JudgedText.Sentence> all = part.text().sentences();
    double whole = ofText(part.text());
    double[] sums = new double[all.size()];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = sum(sentences, all.get(i).traits());
    }
    Stretch surest = new Stretch(Double.NEGATIVE_INFINITY, 0, 0);
    for (int i = 0; i < sums.length; i++) {
      double sum = 0;
      int count = JudgeWeights.SHORT;
      boolean counts = !guilty;
      for (int k = i; k < Math.min(sums.length, i + JudgeWeights.TOGETHER); k++) {
        sum += sums[k];
        count += all.get(k).traits().length;
        counts |= part.guilty(k);
        double score = whole + sum / Math.sqrt(count);
        if (counts && score > surest.score()) {
          surest = new Stretch(score, i, k);
        }
      }
    }
    return surest;
  }

  /** What it says of a lesson. */
  Trial.Row row(Lesson lesson) {
    List<Trial.Text> texts = new ArrayList<>();
    for (Lesson.Part part : lesson.texts()) {
      texts.add(new Trial.Text(part, ofText(part.text()), traits -> sum(sentences, traits)));
    }
    return new Trial.Row(lesson.set(), lesson.instructs(), lesson.ruled(), texts);
  }

  private double ofText(JudgedText text) {
    double sum = 0;
    int count = JudgeWeights.SHORT;
    for (JudgedText.Sentence sentence : text.sentences()) {
      sum += sum(topics, sentence.topics());
      count += sentence.topics().length;
    }
    return bias + sum(sentences, text.traits()) + sum / Math.sqrt(count);
  }

  private static double sum(float[] weights, int[] traits) {
    double sum = 0;
    for (int trait : traits) {
      sum += weights[trait];
    }
    return sum;
  }

  private void learn(Lesson.Part part, Stretch stretch, int truth, double weight, double step) {
    List<JudgedText.Sentence> all = part.text().sentences();
    double sum = 0;
    int count = JudgeWeights.SHORT;
    for (int i = stretch.from(); i <= stretch.to(); i++) {
      sum += sum(sentences, all.get(i).traits());
      count += all.get(i).traits().length;
    }
    double share = 1 / Math.sqrt(count);
    int topicCount = JudgeWeights.SHORT;
    for (JudgedText.Sentence sentence : all) {
      topicCount += sentence.topics().length;
    }
    double topicShare = 1 / Math.sqrt(topicCount);
    double score = ofText(part.text()) + sum * share;
    double error = (1 / (1 + StrictMath.exp(-score)) - truth) * weight;
    step(sentences, sentenceSquares, part.text().traits(), error, step);
    for (int i = stretch.from(); i <= stretch.to(); i++) {
      step(sentences, sentenceSquares, all.get(i).traits(), error * share, step);
    }
    for (JudgedText.Sentence sentence : all) {
      step(topics, topicSquares, sentence.topics(), error * topicShare, step);
    }
    biasSquares += error * error;
    bias -= step * error / Math.sqrt(biasSquares);
  }

  private void step(float[] weights, float[] squares, int[] traits, double error, double step) {
    for (int trait : traits) {
      if (!seldom[trait]) {
        double slope = error + SHRINK * weights[trait];
        squares[trait] += (float) (slope * slope);
        weights[trait] -= (float) (step * slope / Math.sqrt(squares[trait] + SOFTEN));
      }
    }
  }

  /** As they are kept. */
  JudgeWeights weights(Thresholds chosen, Calibration calibration, String digest) {
    double step = step(sentences);
    double topicStep = step(topics);
    return new JudgeWeights(
        new JudgeWeights.Scale(
            (float) bias,
            (float) step,
            (float) topicStep,
            (float) chosen.sure(),
            (float) chosen.weak(),
            (float) chosen.perWeight()),
        calibration,
        digest,
        bytes(sentences, step),
        bytes(topics, topicStep));
  }

  private static double step(float[] weights) {
    double most = 0;
    for (float weight : weights) {
      most = Math.max(most, Math.abs(weight));
    }
    return Math.max(most, 1e-6) / Byte.MAX_VALUE;
  }

  private static byte[] bytes(float[] weights, double step) {
    byte[] bytes = new byte[weights.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) Math.round(weights[i] / step);
    }
    return bytes;
  }
}
