package email.daimon.understand.trust;

/** What stands around that which may instruct, and speaks for or against it. */
final class Around {
  private static final int ABOUT = 700;
  private static final int OWN = 25;

  private Around() {}

  /** People set aside what they themselves said, and say so where they name it. */
  static boolean ofTheirOwn(Hits hits, int first, int last, int to) {
    for (int i = hits.from(Math.max(0, first - OWN)); i < to; i++) {
      if (Cue.HUMAN.in(hits.kinds(i)) && hits.start(i) <= last + OWN) {
        return true;
      }
    }
    return false;
  }

  /** Whether an address stands in it or soon behind. */
  static boolean sendsToAddress(Hits hits, int first, int last) {
    int end = Math.min(hits.text().length(), Math.max(last, 0) + 120);
    for (int i = Math.max(0, Math.min(first, end)); i < end; i++) {
      if (hits.text().at(i) == '@') {
        return true;
      }
    }
    return false;
  }

  /** How much the text around talks about such texts. */
  static int talk(Hits hits, int anchor) {
    int count = 0;
    for (int i = hits.from(Math.max(0, anchor - ABOUT));
        i < hits.size() && hits.start(i) < anchor + ABOUT;
        i++) {
      count += Cue.TALK.in(hits.kinds(i)) && !judgement(hits, i) ? 1 : 0;
    }
    return count > 2 ? 5 : count > 1 ? 4 : count * 2;
  }

  /** {@code phishing check} is what a filter does, where {@code phishing} is talk. */
  private static boolean judgement(Hits hits, int i) {
    return i + 1 < hits.size()
        && hits.start(i + 1) == hits.start(i)
        && Cue.VERDICT.in(hits.kinds(i + 1));
  }
}
