package email.daimon.understand.trust;

/** Whether a word names the one who is spoken to: {@code AI: …}, {@code if you are an AI, …}. */
final class Address {
  private static final String ENDS = ".!?\n;:。！？।؟…=#-–—|[]()<>\"*";
  private static final String COLONS = ":：";
  private static final String COMMAS = ",，、،-–—";
  private static final int CLAUSE = 50;
  private static final int CALL = 14;
  private static final int CLOSE = 6;
  private static final String SENTENCES = ".!?\n;。！？।؟";
  private static final String CALLS = ",，、،!";
  private static final int BEFORE = 80;
  private static final int BEHIND = 30;
  private static final int NEAR = 24;
  private static final int TRADE = 10;
  private static final int LETTERS = 8;
  private static final int USED = 12;
  private static final long ORDERS =
      Cue.ACT.bit() | Cue.OVERRIDE.bit() | Cue.ANSWER.bit() | Cue.MACHINE_ACT.bit();

  private static final int TRADED = 1;
  private static final int ORDERED = 1 << 1;
  private static final int WHICHEVER = 1 << 2;
  private static final int CONDITIONAL = 1 << 3;
  private static final int AT = 1 << 4;

  private Address() {}

  /** All of it, at a hit. */
  static int of(Hits hits, int hit) {
    return ofTrade(hits, hit)
        ? TRADED
        : (ordered(hits, hit) ? ORDERED : 0)
            | (whichever(hits, hit) ? WHICHEVER : 0)
            | (conditional(hits, hit) ? CONDITIONAL : 0)
            | (at(hits, hit) ? AT : 0);
  }

  /** A person of such a trade. */
  static boolean isTrade(int address) {
    return (address & TRADED) != 0;
  }

  /** Called, and told at once. */
  static boolean isOrdered(int address) {
    return (address & ORDERED) != 0;
  }

  /** One of those who read this. */
  static boolean isWhichever(int address) {
    return (address & WHICHEVER) != 0;
  }

  /** Told if it be one. */
  static boolean isConditional(int address) {
    return (address & CONDITIONAL) != 0;
  }

  /** Spoken to. */
  static boolean isAt(int address) {
    return (address & AT) != 0;
  }

  /** Whether it does, at a hit. */
  private static boolean at(Hits hits, int hit) {
    FoldedText text = hits.text();
    int start = hits.start(hit);
    int end = hits.end(hit);
    int clause = clause(text, start);
    if (ofSomebody(hits, hit, clause)) {
      return false;
    }
    if (start - clause <= CLAUSE && mark(text, end, COLONS, 45)) {
      return true;
    }
    boolean led = led(hits, hit, clause);
    return (led && start - clause <= 40)
        || (start - clause <= CALL && mark(text, end, COMMAS, CLOSE))
        || (start - Math.max(clause, part(text, start)) <= CALL && must(hits, hit));
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

  /** {@code If you are an AI}, {@code if this is read by a language model}. */
  private static boolean conditional(Hits hits, int hit) {
    return heads(hits, hit, Cue.IF);
  }

  /** {@code To whichever bot reads this}. */
  private static boolean whichever(Hits hits, int hit) {
    return heads(hits, hit, Cue.WHICH);
  }

  private static boolean heads(Hits hits, int hit, Cue head) {
    int start = hits.start(hit);
    int end = sentenceEnd(hits.text(), hits.end(hit), BEHIND);
    boolean headed = false;
    boolean reads = false;
    for (int i = hits.from(sentence(hits.text(), start)); i < hits.size(); i++) {
      if (hits.start(i) >= end) {
        break;
      }
      long kinds = hits.kinds(i);
      boolean near = hits.end(i) <= start ? start - hits.end(i) <= NEAR : true;
      headed |= head.in(kinds);
      reads |= Cue.READS.in(kinds) && near;
      boolean somebody = Cue.OTHERS.in(kinds) || (Cue.MINE.in(kinds) && hits.end(i) <= start);
      if (somebody && headed && !comma(hits.text(), hits.end(hit), hits.start(i))) {
        return false;
      }
    }
    return headed && reads;
  }

  /** {@code your assistant}, {@code when you use an assistant}. */
  private static boolean ofSomebody(Hits hits, int hit, int clause) {
    for (int i = hits.from(clause); i < hit; i++) {
      boolean somebody = Cue.OTHERS.in(hits.kinds(i)) || Cue.MINE.in(hits.kinds(i));
      if (somebody && hits.end(i) <= hits.start(hit)) {
        return true;
      }
    }
    int end = hits.end(hit);
    for (int i = hit + 1; i < hits.size() && hits.start(i) <= end + USED; i++) {
      if (Cue.OTHERS.in(hits.kinds(i))
          && hits.start(i) >= end
          && !comma(hits.text(), end, hits.start(i))) {
        return true;
      }
    }
    return false;
  }

  /** {@code your AI}: whose it is stands right before it. */
  static boolean possessed(Hits hits, int hit) {
    int start = hits.start(hit);
    for (int i = hits.from(start - LETTERS * 2); i < hit; i++) {
      int gap = start - hits.end(i);
      if (Cue.MINE.in(hits.kinds(i)) && gap >= 0 && gap <= 1) {
        return true;
      }
    }
    return false;
  }

  private static boolean comma(FoldedText text, int from, int to) {
    for (int i = from; i < to; i++) {
      if ((CALLS.indexOf(text.at(i)) >= 0 || COLONS.indexOf(text.at(i)) >= 0)) {
        return true;
      }
    }
    return false;
  }

  /** {@code Assistant, send …}: called by that word alone, and told at once. */
  private static boolean ordered(Hits hits, int hit) {
    FoldedText text = hits.text();
    int start = hits.start(hit);
    int end = wordEnd(text, hits.end(hit));
    // Several are people.
    if (start - clause(text, start) > 1
        || end >= text.length()
        || text.at(end - 1) == 's'
        || CALLS.indexOf(text.at(end)) < 0) {
      return false;
    }
    int next = end + 1;
    while (next < text.length() && text.at(next) == ' ') {
      next++;
    }
    for (int i = hits.from(next); i < hits.size() && hits.start(i) == next; i++) {
      if ((hits.kinds(i) & ORDERS) != 0) {
        return true;
      }
    }
    return false;
  }

  /** {@code Assistant dentist}, {@code AI researcher}: a person. */
  private static boolean ofTrade(Hits hits, int hit) {
    int end = wordEnd(hits.text(), hits.end(hit));
    boolean blanks = hits.text().at(end - 1) < 0x2e80;
    int reach = blanks ? TRADE : 1;
    for (int i = hit + 1; i < hits.size() && hits.start(i) <= end + reach; i++) {
      if (Cue.TRADE.in(hits.kinds(i)) && hits.start(i) > hits.start(hit)) {
        return true;
      }
    }
    return false;
  }

  private static int wordEnd(FoldedText text, int end) {
    int at = end;
    while (at < text.length() && at < end + LETTERS && Character.isLetter(text.at(at))) {
      at++;
    }
    return at;
  }

  private static int sentence(FoldedText text, int start) {
    int at = start;
    while (at > 0 && start - at < BEFORE && SENTENCES.indexOf(text.at(at - 1)) < 0) {
      at--;
    }
    return at;
  }

  private static int sentenceEnd(FoldedText text, int end, int most) {
    int at = end;
    while (at < text.length() && at - end < most && SENTENCES.indexOf(text.at(at)) < 0) {
      at++;
    }
    return at;
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

  /** Behind the last comma. */
  private static int part(FoldedText text, int start) {
    int at = start;
    while (at > 0 && start - at <= CALL && COMMAS.indexOf(text.at(at - 1)) < 0) {
      at--;
    }
    return start - at <= CALL ? at : 0;
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
