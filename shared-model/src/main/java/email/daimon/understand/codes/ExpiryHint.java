package email.daimon.understand.codes;

import email.daimon.understand.words.Words;
import java.util.Optional;

/** How long a code lasts, in the words of the mail. */
final class ExpiryHint {
  private static final int AROUND = 500;
  private static final int LONGEST = 100;

  private ExpiryHint() {}

  /** The first sentence near a code that says so, from the code on, then before it. */
  static Optional<String> near(String text, Candidate candidate) {
    int most = Math.min(text.length(), candidate.end() + AROUND);
    Optional<String> behind = first(text, candidate.end(), most);
    int least = Math.max(0, candidate.start() - AROUND);
    return behind.isPresent() ? behind : first(text, least, candidate.start());
  }

  private static Optional<String> first(String text, int from, int to) {
    int start = from;
    for (int i = from; i <= to; i++) {
      boolean ends = i == to || "\n.!?。！？;".indexOf(text.charAt(i)) >= 0;
      if (ends) {
        String sentence = text.substring(start, i);
        if (says(sentence)) {
          return Optional.of(cut(sentence));
        }
        start = i + 1;
      }
    }
    return Optional.empty();
  }

  private static boolean says(String sentence) {
    return sentence.length() > 3
        && sentence.chars().anyMatch(c -> c >= '0' && c <= '9')
        && Judge.WORDS.in(Words.of(sentence)).stream()
            .anyMatch(hit -> hit.meaning() == Meaning.EXPIRE);
  }

  private static String cut(String sentence) {
    int from = 0;
    while (from < sentence.length() && !Character.isLetterOrDigit(sentence.charAt(from))) {
      from++;
    }
    String line = sentence.substring(from).strip();
    if (line.length() <= LONGEST) {
      return line;
    }
    int end = LONGEST - (Character.isHighSurrogate(line.charAt(LONGEST - 1)) ? 1 : 0);
    return line.substring(0, end);
  }
}
