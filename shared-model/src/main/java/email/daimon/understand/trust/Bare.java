package email.daimon.understand.trust;

/** An order to drop all instructions that says nothing else: people say which, and why. */
final class Bare {
  private static final int LONGEST = 90;

  /** Letters of words in such a sentence that are no cue: articles. */
  private static final int ARTICLES = 5;

  /** Units that scripts without blanks put between cues and behind them. */
  private static final int PARTICLES = 4;

  private static final int FIRST_WITHOUT_BLANKS = 0xe00;
  private static final long CUES =
      Cue.OVERRIDE.bit() | Cue.RULES.bit() | Cue.INSTRUCT.bit() | Cue.CORE.bit() | Cue.PRIOR.bit();
  private static final long ALL = CUES | Cue.MUST.bit() | Cue.MACHINE.bit() | Cue.HENCE.bit();
  private static final long NEXT =
      Cue.ACT.bit() | Cue.ANSWER.bit() | Cue.SECRECY.bit() | Cue.MACHINE_ACT.bit();
  private static final String ENDS = ".!?\n;:,。！？।؟，、：\"“”(<>[]|*#-–—";

  private Bare() {}

  /**
   * Whether the sentence about an override and its object, hits both, is such an order.
   *
   * @param curt whether another order may follow at once, whatever was dropped
   */
  static boolean order(Hits hits, int override, int object, boolean curt) {
    FoldedText text = hits.text();
    int first = Math.min(hits.start(override), hits.start(object));
    int last = Math.max(hits.end(override), hits.end(object));
    int from = first;
    while (from > 0 && first - from < LONGEST && ENDS.indexOf(text.at(from - 1)) < 0) {
      from--;
    }
    int to = last;
    while (to < text.length() && to - last < LONGEST && ENDS.indexOf(text.at(to)) < 0) {
      to++;
    }
    boolean blanks = text.at(first) < FIRST_WITHOUT_BLANKS;
    int most = blanks ? ARTICLES : PARTICLES;
    int others = 0;
    int prior = 0;
    int at = from;
    for (int i = hits.from(from); i < hits.size() && hits.start(i) < to; i++) {
      long kinds = hits.kinds(i);
      others += letters(text, at, Math.max(at, hits.start(i)));
      if ((kinds & ALL) == 0 && (kinds & NEXT) != 0 && hits.start(i) >= last) {
        return others <= most && prior > (curt && !object(hits, override, object) ? 0 : 1);
      }
      if ((kinds & ALL) != 0) {
        prior += Cue.PRIOR.in(kinds) || Cue.CORE.in(kinds) ? 1 : 0;
        at = Math.max(at, blanks ? Readers.wordEnd(text, hits.end(i)) : hits.end(i));
      } else {
        others -= letters(text, at, Math.max(at, hits.start(i)));
      }
    }
    others += letters(text, at, Math.max(at, to));
    return prior > (object(hits, override, object) ? 1 : 0) && others <= most;
  }

  /** What they are stands first: often a notice that they are void, where the verb is not last. */
  private static boolean object(Hits hits, int override, int object) {
    return hits.start(object) < hits.start(override)
        && hits.text().at(hits.start(object)) < FIRST_WITHOUT_BLANKS;
  }

  private static int letters(FoldedText text, int from, int to) {
    int letters = 0;
    for (int i = from; i < to; i++) {
      letters += Character.isLetterOrDigit(text.at(i)) ? 1 : 0;
    }
    return letters;
  }
}
