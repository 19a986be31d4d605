package email.daimon.understand.trust;

/** Whether a word names the one who is spoken to: {@code AI: …}, {@code if you are an AI, …}. */
final class Address {
  private static final String ENDS = ".!?\n;:。！？।؟…=#-–—|[]()<>\"*";
  private static final String COLONS = ":：";
  private static final String COMMAS = ",，、،-–—";
  private static final int CLAUSE = 50;
  private static final int CALL = 14;
  private static final int CLOSE = 6;

  private Address() {}

  /** Whether it does, at a hit. */
  static boolean at(Hits hits, int hit) {
    FoldedText text = hits.text();
    int start = hits.start(hit);
    int end = hits.end(hit);
    int clause = clause(text, start);
    if (start - clause <= CLAUSE && mark(text, end, COLONS, 45)) {
      return true;
    }
    boolean led = led(hits, hit, clause);
    return (led && start - clause <= 40)
        || (start - clause <= CALL && mark(text, end, COMMAS, CLOSE))
        || (start - clause <= CALL && must(hits, hit));
  }

  /** Words such as "note to" or "if you are an" stand right before it and begin the clause. */
  private static boolean led(Hits hits, int hit, int clause) {
    for (int i = hits.from(clause); i < hit; i++) {
      if (Cue.LEAD.in(hits.kinds(i))
          && hits.start(i) - clause <= 3
          && hits.start(hit) - hits.end(i) <= 16
          && hits.end(i) <= hits.start(hit)) {
        return true;
      }
    }
    return false;
  }

  private static boolean must(Hits hits, int hit) {
    for (int i = hit + 1; i < hits.size() && hits.start(i) - hits.end(hit) < 60; i++) {
      if (Cue.MUST.in(hits.kinds(i))) {
        return true;
      }
    }
    return false;
  }

  private static int clause(FoldedText text, int start) {
    int at = start;
    while (at > 0 && start - at < 80 && ENDS.indexOf(text.at(at - 1)) < 0) {
      at--;
    }
    while (at < start && text.at(at) == ' ') {
      at++;
    }
    return at;
  }

  private static boolean mark(FoldedText text, int end, String marks, int most) {
    for (int i = end; i < text.length() && i < end + most; i++) {
      char c = text.at(i);
      if (marks.indexOf(c) >= 0 && !(c == '-' && i == end)) {
        return true;
      }
      if (c == '.' || c == '\n' || c == '!' || c == '?' || c == '。') {
        return c == '!' && marks.equals(COMMAS);
      }
    }
    return false;
  }
}
