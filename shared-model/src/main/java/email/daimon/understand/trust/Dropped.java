package email.daimon.understand.trust;

/** How instructions are set aside: a word for it, them, and which of them. */
final class Dropped {
  private static final int NEAR = 25;

  private Dropped() {}

  /** All that was said before is set aside, bluntly: the sentence begins with it. */
  static boolean bald(Hits hits, int override, int rules, int to) {
    int start = hits.start(override);
    int at = start;
    while (at > 0 && hits.text().at(at - 1) == ' ') {
      at--;
    }
    if (at > 0 && ".!?:\n。！？：،,".indexOf(hits.text().at(at - 1)) < 0) {
      return false;
    }
    int which = 0;
    for (int i = override; i < Math.min(to, rules + 4); i++) {
      which += Cue.PRIOR.in(hits.kinds(i)) ? 1 : 0;
    }
    return which > 1;
  }

  /** Whether a sentence ends between two hits. */
  static boolean sentenceBetween(Hits hits, int one, int other) {
    int start = Math.min(hits.end(one), hits.end(other));
    int end = Math.max(hits.start(one), hits.start(other));
    for (int i = start; i < end; i++) {
      char c = hits.text().at(i);
      if (c == '.' || (c == ':' && one > other) || c == '。' || c == '!' || c == '?' || c == '।') {
        return true;
      }
    }
    return false;
  }

  /** Whether it is said near two hits that it is earlier ones. */
  static boolean priorNear(Hits hits, int one, int other, int from, int to) {
    for (int i = Math.max(from, one - 2); i < Math.min(to, other + 6); i++) {
      if (Cue.PRIOR.in(hits.kinds(i))
          && hits.start(i) >= hits.start(one) - NEAR
          && hits.end(i) <= hits.end(other) + NEAR) {
        return true;
      }
    }
    return false;
  }
}
