package email.daimon.understand.trust;

/** What the judge sees of the cues in a sentence. */
final class CueTraits {
  private static final int CUE = 0xb357;
  private static final int PLACED = 0xc468;
  private static final int AFTER = 0xd579;
  private static final int AFTER_NEXT = 0xe68a;
  private static final int SPOKEN_TO = 0xf79b;
  private static final int WORKS = 0x108ac;
  private static final int TALK = 0x119bd;
  private static final int SENTENCE_BEFORE = 0x13bdf;
  private static final int UNSEEN = 0x12ace;
  private static final int MOST_TALK = 5;

  /** Hits of a text that are looked at closely. */
  private static final int LOOKS = 500;

  private final Hits hits;
  private final Passage passage;
  private int looks;
  private long sentenceBefore;

  CueTraits(Hits hits, Passage passage) {
    this.hits = hits;
    this.passage = passage;
  }

  /** How much it talks about such texts, and whether it is seen. */
  void ofText(Traits.Taker taker) {
    int talk = 0;
    for (int i = 0; i < hits.size() && talk < MOST_TALK; i++) {
      talk += Cue.TALK.in(hits.kinds(i)) ? 1 : 0;
    }
    taker.take(Traits.of(TALK, talk, 0));
    int place = passage.coded() ? 2 : passage.unseen() ? 1 : 0;
    taker.take(Traits.of(UNSEEN, passage.label() ? 3 : place, 0));
  }

  /** The cues of a sentence, those before each, and those of the sentence before. */
  void ofSentence(int from, int to, Traits.Taker taker) {
    each(SENTENCE_BEFORE, sentenceBefore, 0, taker);
    sentenceBefore = 0;
    long before = 0;
    long beforeThat = 0;
    int end = -1;
    for (int i = hits.from(from); i < hits.size() && hits.start(i) < to; i++) {
      long kinds = hits.kinds(i);
      sentenceBefore |= kinds;
      for (long rest = kinds; rest != 0; rest &= rest - 1) {
        int cue = Long.numberOfTrailingZeros(rest);
        taker.takeTopic(Traits.of(CUE, cue, 0));
        taker.take(Traits.of(PLACED, cue, passage.unseen() ? 1 : 0));
        each(AFTER, before, cue, taker);
        each(AFTER_NEXT, beforeThat & ~before, cue, taker);
      }
      if (looks < LOOKS) {
        looks += close(i, kinds, taker);
      }
      if (hits.start(i) >= end) {
        beforeThat = before;
        before = kinds;
      } else {
        before |= kinds;
      }
      end = Math.max(end, hits.end(i));
    }
  }

  private static void each(int trait, long kinds, int cue, Traits.Taker taker) {
    for (long rest = kinds; rest != 0; rest &= rest - 1) {
      taker.take(Traits.of(trait, Long.numberOfTrailingZeros(rest), cue));
    }
  }

  /** Who is spoken to, and who works on mails; 1 where that was looked for. */
  private int close(int i, long kinds, Traits.Taker taker) {
    int looked = 0;
    if (Cue.MACHINE.in(kinds) || Cue.HELPER.in(kinds)) {
      taker.take(Traits.of(SPOKEN_TO, Cue.MACHINE.in(kinds) ? 1 : 2, hits.address(i)));
      if (Address.possessed(hits, i)) {
        taker.take(Traits.of(SPOKEN_TO, 3, 0));
      }
      looked = 1;
    }
    if (Cue.SOFT.in(kinds) || Cue.WHICH.in(kinds) || Cue.HELPER.in(kinds)) {
      if (Readers.worksOnMail(hits, i)) {
        taker.take(Traits.of(WORKS, Cue.SOFT.in(kinds) ? 1 : Cue.WHICH.in(kinds) ? 2 : 3, 0));
      }
      looked = 1;
    }
    if (Cue.PROCESS.in(kinds)) {
      if (Readers.task(hits, i)) {
        taker.take(Traits.of(WORKS, 4, 0));
      }
      if (Readers.judged(hits, i)) {
        taker.take(Traits.of(WORKS, 5, 0));
      }
      looked = 1;
    }
    if (Cue.DRAFT.in(kinds)) {
      if (Readers.drafts(hits, i)) {
        taker.take(Traits.of(WORKS, 6, 0));
      }
      looked = 1;
    }
    return looked;
  }
}
