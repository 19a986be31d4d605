package email.daimon.understand.trust;

/** What rules are about: who drops those about the parking speaks to people. */
final class Topic {
  private static final int BLANKS = 2;
  private static final int FIRST_WITHOUT_BLANKS = 0xe00;
  private static final int BETWEEN = 2;

  private Topic() {}

  /** Whether it is named right behind the rules, or between them and what drops them. */
  static boolean named(Hits hits, int override, int rules) {
    FoldedText text = hits.text();
    int end = Readers.wordEnd(text, hits.end(rules));
    if (text.at(hits.start(rules)) >= FIRST_WITHOUT_BLANKS) {
      return within(hits, Math.min(hits.end(override), hits.end(rules)), hits.start(rules))
          || within(hits, hits.end(rules), hits.end(rules) + BETWEEN);
    }
    return behind(hits, end);
  }

  /** Behind words such as "previous", where a language sets those there. */
  private static boolean behind(Hits hits, int end) {
    boolean named = false;
    int at = end;
    for (int i = hits.from(end); i < hits.size() && hits.start(i) <= at + BLANKS; i++) {
      if (Cue.PRIOR.in(hits.kinds(i)) && hits.start(i) >= at) {
        at = Readers.wordEnd(hits.text(), hits.end(i));
        named = false;
      } else if (hits.start(i) >= at) {
        named |= Cue.ABOUT.in(hits.kinds(i));
      }
    }
    return named;
  }

  private static boolean within(Hits hits, int from, int to) {
    for (int i = hits.from(from); i < hits.size() && hits.start(i) <= to; i++) {
      if (Cue.ABOUT.in(hits.kinds(i)) && hits.end(i) - hits.start(i) > 1) {
        return true;
      }
    }
    return false;
  }
}
