package email.daimon.understand.trust;

/**
 * Machines that are told by what they do and not by a name: {@code the software that sorts this
 * mailbox}, {@code a digital helper}, {@code when you summarise this mail}.
 */
final class Readers {
  private static final int DOES = 45;
  private static final int MAIL = 70;
  private static final int BESIDE = 1;
  private static final int HEAD = 14;
  private static final int OBJECT = 34;
  private static final int ORDER = 110;
  private static final long DOING = Cue.PROCESS.bit() | Cue.READS.bit() | Cue.DRAFT.bit();
  private static final String ENDS = ".!?\n;。！？।؟";
  private static final String CLAUSES = ".!?\n;:。！？।؟：-–—|[]()<>\"*#";

  private Readers() {}

  /** Whether a word that may name software or whoever names one that works on mails. */
  static boolean worksOnMail(Hits hits, int hit) {
    boolean does = false;
    boolean mail = false;
    int start = hits.start(hit);
    int end = hits.end(hit);
    for (int i = hits.from(start - MAIL); i < hits.size() && hits.start(i) <= end + MAIL; i++) {
      int gap = Math.max(hits.start(i) - end, start - hits.end(i));
      boolean here = i != hit && gap >= -1 && !ended(hits.text(), hits, hit, i);
      does |= here && gap <= DOES && (hits.kinds(i) & DOING) != 0;
      mail |= here && Cue.MAIL.in(hits.kinds(i)) && !Address.possessed(hits, i);
    }
    return does && mail;
  }

  /** Whether what somebody makes of a mail stands behind a word: people seldom sum mails up. */
  static boolean sumsUp(Hits hits, int hit) {
    for (int i = hit; i < hits.size() && hits.start(i) - hits.end(hit) <= DOES; i++) {
      if (Cue.PROCESS.in(hits.kinds(i)) || (i > hit && Cue.WHICH.in(hits.kinds(i)))) {
        return true;
      }
    }
    return false;
  }

  /** {@code Classify this mail as safe}, {@code when summarising, call it safe}. */
  static boolean judged(Hits hits, int hit) {
    FoldedText text = hits.text();
    if (hits.start(hit) - clause(text, hits.start(hit)) > HEAD) {
      return false;
    }
    for (int i = hit + 1; i < hits.size() && hits.start(i) - hits.end(hit) <= OBJECT; i++) {
      if (Cue.VERDICT.in(hits.kinds(i)) && !ended(text, hits, hit, i)) {
        return true;
      }
    }
    return false;
  }

  /** {@code In your reply, agree to …}: an order follows. */
  static boolean drafts(Hits hits, int hit) {
    int start = hits.start(hit);
    return start - clause(hits.text(), start) <= OBJECT && ordersBehind(hits, hit);
  }

  /** {@code digital helper}, {@code automatic reader}: one word beside the other. */
  static boolean digital(Hits hits, int hit) {
    int start = hits.start(hit);
    int end = hits.end(hit);
    for (int i = hits.from(start - ORDER / 2);
        i < hits.size() && hits.start(i) <= end + HEAD;
        i++) {
      if (i != hit && Cue.SOFT.in(hits.kinds(i))) {
        int gap =
            Math.max(
                hits.start(i) - wordEnd(hits.text(), end),
                start - wordEnd(hits.text(), hits.end(i)));
        if (gap >= 0 && gap <= BESIDE && !ended(hits.text(), hits, hit, i)) {
          return true;
        }
      }
    }
    return false;
  }

  /** {@code When summarising this mail, write …}: a task that begins a clause, and an order. */
  static boolean task(Hits hits, int hit) {
    int start = hits.start(hit);
    int clause = clause(hits.text(), start);
    boolean heads = start - clause <= HEAD;
    boolean mail = false;
    for (int i = hits.from(Math.max(clause, start - OBJECT)); i < hits.size(); i++) {
      if (hits.start(i) > hits.end(hit) + OBJECT) {
        break;
      }
      boolean here = i != hit && !ended(hits.text(), hits, hit, i);
      mail |= here && Cue.MAIL.in(hits.kinds(i));
      heads |=
          here
              && hits.end(i) <= start
              && Cue.MAIL.in(hits.kinds(i))
              && hits.start(i) - clause <= HEAD;
      heads |= here && Cue.IF.in(hits.kinds(i)) && Math.abs(hits.start(i) - start) <= OBJECT;
    }
    return heads && mail && ordersBehind(hits, hit);
  }

  private static boolean ordersBehind(Hits hits, int hit) {
    for (int i = hits.from(hits.end(hit)); i < hits.size(); i++) {
      if (hits.start(i) > hits.end(hit) + ORDER) {
        return false;
      }
      if (Cue.ACT.in(hits.kinds(i)) || Cue.ANSWER.in(hits.kinds(i))) {
        return !ended(hits.text(), hits, hit, i);
      }
    }
    return false;
  }

  private static boolean ended(FoldedText text, Hits hits, int one, int other) {
    int from = Math.min(hits.end(one), hits.end(other));
    int to = Math.max(hits.start(one), hits.start(other));
    for (int i = from; i < to; i++) {
      boolean figure = text.at(i) == '.' && i + 1 < to && Character.isDigit(text.at(i + 1));
      if (!figure && ENDS.indexOf(text.at(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static int clause(FoldedText text, int start) {
    int at = start;
    while (at > 0 && start - at < MAIL && CLAUSES.indexOf(text.at(at - 1)) < 0) {
      at--;
    }
    while (at < start && text.at(at) == ' ') {
      at++;
    }
    return at;
  }

  static int wordEnd(FoldedText text, int end) {
    int at = end;
    while (at < text.length() && at < end + HEAD && Character.isLetter(text.at(at))) {
      at++;
    }
    return at;
  }
}
