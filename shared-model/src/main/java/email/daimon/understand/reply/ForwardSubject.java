package email.daimon.understand.reply;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a subject begins as that of a mail that was passed on: {@code Fwd:}. */
final class ForwardSubject {
  private static final int LONGEST = 24;
  private static final Set<String> PREFIXES =
      Vocabulary.of("forward_subjects.txt").stream()
          .map(Vocabulary::words)
          .collect(Collectors.toUnmodifiableSet());

  private ForwardSubject() {}

  static boolean is(String subject) {
    String start = subject.substring(0, Math.min(LONGEST, subject.length())).strip();
    for (int i = 0; i < start.length(); i++) {
      if (Chars.isColon(start.charAt(i))) {
        String prefix = start.substring(0, i).toLowerCase(Locale.ROOT);
        return PREFIXES.contains(Vocabulary.words(prefix));
      }
    }
    return false;
  }
}
