package email.daimon.bench.judge;

import static java.util.Objects.requireNonNull;

import email.daimon.understand.trust.JudgedText;
import java.util.List;

/**
 * A mail or a passage of one, and whether it instructs a machine.
 *
 * @param set where it comes from: a file of passages or of mails
 * @param mail whether it is a whole mail
 * @param instructs whether it does
 * @param texts those of them that have sentences
 */
record Lesson(String set, boolean mail, boolean instructs, List<Part> texts) {
  Lesson {
    requireNonNull(set, "set is null");
    texts = List.copyOf(texts);
  }

  /** One of its texts. */
  static final class Part {
    private final JudgedText text;
    private final boolean[] guilty;

    /**
     * A text.
     *
     * @param guilty which of its sentences are of the instruction, or may be
     */
    Part(JudgedText text, boolean[] guilty) {
      this.text = text;
      this.guilty = guilty.clone();
    }

    JudgedText text() {
      return text;
    }

    boolean guilty(int sentence) {
      return guilty[sentence];
    }

    boolean instructs() {
      for (boolean one : guilty) {
        if (one) {
          return true;
        }
      }
      return false;
    }
  }

  /** How much weighs what the rules find. */
  int ruled() {
    return texts.stream().mapToInt(it -> it.text().ruled()).max().orElse(0);
  }
}
