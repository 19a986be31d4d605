package email.daimon.understand.trust;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * What the judge has learnt: a file of one line and then a signed byte a trait, first of sentences,
 * then of what texts are about.
 */
public final class JudgeWeights {
  /** Numbers that a trait may be. */
  public static final int TRAITS = 1 << Traits.BITS;

  /** Sentences that are judged together, at most. */
  public static final int TOGETHER = 2;

  /** Added to the number of traits before its root is taken: short texts weigh less. */
  public static final int SHORT = 20;

  /** Its name, beside this class. */
  public static final String FILE = "judge.weights";

  /** Words of the first line. */
  private static final int HEAD = 8 + Calibration.NUMBERS;

  private static final String NAME = "daimon-judge-2";

  private final Scale scale;
  private final Calibration calibration;
  private final String digest;
  private final byte[] sentences;
  private final byte[] topics;

  /**
   * How the bytes are read, and from where a score counts.
   *
   * @param bias what stands against everything
   * @param step what one of a byte is worth, of sentences
   * @param topicStep what it is worth of a text's topics
   * @param sure the score from which a stretch instructs
   * @param weak the score below which it does not, though a rule says so of which just enough
   *     speaks
   * @param perWeight by how much that is lower for each point of weight that the rule has more
   */
  public record Scale(
      float bias, float step, float topicStep, float sure, float weak, float perWeight) {}

  /**
   * Weights.
   *
   * @param digest of what they were learnt from
   * @param sentences by trait
   * @param topics by trait
   */
  public JudgeWeights(
      Scale scale, Calibration calibration, String digest, byte[] sentences, byte[] topics) {
    if (sentences.length != TRAITS || topics.length != TRAITS) {
      throw new IllegalArgumentException("so many weights are wanted: " + TRAITS);
    }
    this.scale = requireNonNull(scale, "scale is null");
    this.calibration = requireNonNull(calibration, "calibration is null");
    this.digest = requireNonNull(digest, "digest is null");
    this.sentences = sentences.clone();
    this.topics = topics.clone();
  }

  /** How its bytes are read. */
  public Scale scale() {
    return scale;
  }

  /** What the sums are worth. */
  public Calibration calibration() {
    return calibration;
  }

  /** Of what it was learnt from. */
  public String digest() {
    return digest;
  }

  /** Not to be changed. */
  byte[] sentences() {
    return sentences;
  }

  /** Not to be changed. */
  byte[] topics() {
    return topics;
  }

  /** The bytes of the file. */
  public byte[] toBytes() {
    StringBuilder head = new StringBuilder(NAME);
    for (float number :
        new float[] {
          scale.bias(),
          scale.step(),
          scale.topicStep(),
          scale.sure(),
          scale.weak(),
          scale.perWeight()
        }) {
      head.append(' ').append(number);
    }
    for (double number : calibration.numbers()) {
      head.append(' ').append((float) number);
    }
    head.append(' ').append(digest).append('\n');
    byte[] line = head.toString().getBytes(US_ASCII);
    byte[] all = Arrays.copyOf(line, line.length + 2 * TRAITS);
    System.arraycopy(sentences, 0, all, line.length, TRAITS);
    System.arraycopy(topics, 0, all, line.length + TRAITS, TRAITS);
    return all;
  }

  /** Of the bytes of a file. */
  public static JudgeWeights of(byte[] all) {
    int line = all.length - 2 * TRAITS;
    String[] head = new String(all, 0, Math.max(0, line), US_ASCII).strip().split(" ");
    if (head.length != HEAD || !head[0].equals(NAME)) {
      throw new IllegalArgumentException("no weights of the judge");
    }
    return new JudgeWeights(
        new Scale(
            Float.parseFloat(head[1]),
            Float.parseFloat(head[2]),
            Float.parseFloat(head[3]),
            Float.parseFloat(head[4]),
            Float.parseFloat(head[5]),
            Float.parseFloat(head[6])),
        Calibration.of(Arrays.stream(head, 7, HEAD - 1).mapToDouble(Double::parseDouble).toArray()),
        head[HEAD - 1],
        Arrays.copyOfRange(all, line, line + TRAITS),
        Arrays.copyOfRange(all, line + TRAITS, all.length));
  }

  /** Those of the file. */
  static JudgeWeights read() {
    try (InputStream in = JudgeWeights.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is missing");
      }
      return of(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(FILE, e);
    }
  }
}
