package email.daimon.understand.codes;

import email.daimon.understand.words.Words;
import java.util.EnumSet;
import java.util.Set;

/** What the beginning of a text speaks of; looked up when it is first asked. */
final class Topics {
  private static final int WITHIN = 4_000;

  private final String text;
  private final Set<Meaning> found = EnumSet.noneOf(Meaning.class);
  private boolean known;

  Topics(String text) {
    this.text = text;
  }

  /** Whether it names a code and no other number. */
  boolean asks() {
    return (contains(Meaning.CODE) || contains(Meaning.STRONG)) && !contains(Meaning.OTHER);
  }

  boolean contains(Meaning meaning) {
    if (!known) {
      String beginning = text.substring(0, Math.min(text.length(), WITHIN));
      Judge.WORDS.in(Words.of(beginning)).forEach(hit -> found.add(hit.meaning()));
      known = true;
    }
    return found.contains(meaning);
  }
}
