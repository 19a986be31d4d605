package email.daimon.understand.trust;

import java.util.ArrayList;
import java.util.List;

/**
 * How sure it is that stretches of a text instruct a machine, by what was learnt from many: a sum
 * over the traits of one or two sentences and of what the text is about. One pass, whatever the
 * text.
 */
final class Judge {
  private static final JudgeWeights WEIGHTS = JudgeWeights.read();
  private static final JudgeWeights.Scale SCALE = WEIGHTS.scale();
  private static final Calibration CALIBRATION = WEIGHTS.calibration();

  private final Sentences sentences;
  private final int[] sums;
  private final int[] counts;
  private final double ofText;

  private Judge(FoldedText text, Hits hits, Passage passage) {
    sentences = Sentences.of(text);
    sums = new int[sentences.size()];
    counts = new int[sentences.size()];
    Traits traits = new Traits(text, hits, passage);
    Sum sum = new Sum(WEIGHTS.sentences(), WEIGHTS.topics());
    traits.ofText(sum);
    double whole = SCALE.bias() + sum.all * (double) SCALE.step();
    sum.topics = 0;
    for (int i = 0; i < sums.length; i++) {
      sum.all = 0;
      sum.count = 0;
      traits.ofSentence(sentences.start(i), sentences.end(i), sum);
      sums[i] = sum.all;
      counts[i] = sum.count;
    }
    whole +=
        sum.topics * (double) SCALE.topicStep() / Math.sqrt(sum.topicCount + JudgeWeights.SHORT);
    ofText = CALIBRATION.ofText(whole, passage.unseen(), passage.label());
  }

  static Judge of(FoldedText text, Hits hits, Passage passage) {
    return new Judge(text, hits, passage);
  }

  /**
   * A stretch that instructs, in units of the folded text.
   *
   * @param surplus by how much it is surer than need be
   */
  record Stretch(int from, int to, double surplus) {}

  /** What surely instructs: of stretches that overlap the surest, in their order. */
  List<Stretch> sure() {
    List<Stretch> sure = new ArrayList<>();
    int next = 0;
    for (int i = 0; i < sums.length; i++) {
      int ahead = 0;
      double most = SCALE.sure();
      for (int n = 1; n <= together(i); n++) {
        if (score(i, n) > most) {
          most = score(i, n);
          ahead = n;
        }
      }
      if (ahead == 0 || i < next) {
        continue;
      }
      // Two sentences of which the second alone, or with the next, is surer: those.
      boolean rather = ahead > 1 && best(i + 1) > most;
      if (!rather) {
        next = i + ahead;
        sure.add(
            new Stretch(sentences.start(i), sentences.end(next - 1), most - (double) SCALE.sure()));
      }
    }
    return sure;
  }

  private double best(int i) {
    double best = Double.NEGATIVE_INFINITY;
    for (int n = 1; n <= together(i); n++) {
      best = Math.max(best, score(i, n));
    }
    return best;
  }

  private int together(int i) {
    return Math.min(JudgeWeights.TOGETHER, sums.length - i);
  }

  /**
   * Whether nothing that overlaps a stretch may instruct.
   *
   * @param weight of what a rule found there
   */
  boolean denies(int from, int to, int weight) {
    if (weight >= JudgedText.PLAIN) {
      return false;
    }
    double needed = SCALE.weak() - (weight - Evidence.NEEDED) * (double) SCALE.perWeight();
    boolean judged = false;
    for (int i = 0; i < sums.length && sentences.start(i) <= to; i++) {
      judged |= sentences.end(i) > from;
      for (int n = 1; n <= together(i); n++) {
        if (sentences.end(i + n - 1) > from && score(i, n) > needed) {
          return false;
        }
      }
    }
    return judged;
  }

  private double score(int first, int number) {
    int sum = 0;
    int count = JudgeWeights.SHORT;
    for (int i = first; i < first + number; i++) {
      sum += sums[i];
      count += counts[i];
    }
    double ofStretch = sum * (double) SCALE.step() / Math.sqrt(count);
    return ofText + CALIBRATION.ofStretch(ofStretch, count, number);
  }

  private static final class Sum implements Traits.Taker {
    private final byte[] sentences;
    private final byte[] topicWeights;
    private int all;
    private int count;
    private int topics;
    private int topicCount;

    Sum(byte[] sentences, byte[] topicWeights) {
      this.sentences = sentences;
      this.topicWeights = topicWeights;
    }

    @Override
    public void take(int trait) {
      all += sentences[trait];
      count++;
    }

    @Override
    public void takeTopic(int trait) {
      take(trait);
      topics += topicWeights[trait];
      topicCount++;
    }
  }
}
