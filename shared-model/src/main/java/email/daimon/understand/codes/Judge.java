package email.daimon.understand.codes;

import email.daimon.understand.codes.Candidate.Form;
import email.daimon.understand.links.LinkWords;
import email.daimon.understand.words.Vocabulary;
import email.daimon.understand.words.Vocabulary.Hit;
import email.daimon.understand.words.Words;
import java.util.List;

/**
 * Says how sure it is that a candidate is a code. The nearest word decides: one that asks for it
 * against one that names another number.
 */
final class Judge {
  static final Vocabulary<Meaning> WORDS = Vocabulary.of(Meaning.class, "words.txt");
  private static final double NONE = 0;
  private static final int NEAR = 2;
  private static final int FAR = 6;
  private static final int FARTHEST = 14;
  private static final int NUMBER_REACH = 3;
  private static final int OTHER_REACH = 8;

  private final Candidate candidate;
  private final Surroundings around;
  private final String before;
  private final String after;
  private final List<Hit<Meaning>> leading;
  private final List<Hit<Meaning>> following;
  private final Topics subject;
  private final Topics topics;

  private Judge(Candidate candidate, Surroundings around, Topics subject, Topics topics) {
    this.candidate = candidate;
    this.around = around;
    this.before = Words.of(around.before());
    this.after = Words.of(around.after());
    this.leading = WORDS.in(before);
    this.following = WORDS.in(after);
    this.subject = subject;
    this.topics = topics;
  }

  /**
   * From 0, no code, to 1.
   *
   * @param subject what the subject of the mail speaks of
   * @param topics what the mail speaks of
   */
  static double confidence(
      Candidate candidate, Surroundings around, Topics subject, Topics topics) {
    if (candidate.form() == Form.BOUND) {
      return 0.97;
    }
    Judge judge = new Judge(candidate, around, subject, topics);
    return judge.measures() || judge.names() ? NONE : judge.confidence();
  }

  /** Whether the words around are about linking a device. */
  static boolean links(Surroundings around) {
    return has(WORDS.in(Words.of(around.before() + " . " + around.after())), Meaning.DEVICE);
  }

  private double confidence() {
    int at = deciding();
    double confidence;
    if (at >= 0) {
      Hit<Meaning> hit = leading.get(at);
      boolean weak = hit.meaning() == Meaning.CODE;
      if (!hit.meaning().isTrigger() || (weak && (isMeeting() || isOffer()))) {
        return NONE;
      }
      confidence = ofTrigger(hit.meaning(), gap(hit), isTaken(hit.end(), nextNumber(at)));
    } else if (isUsed()) {
      confidence = candidate.value().length() > 5 && !isDoubtful() ? 0.65 : 0.55;
    } else {
      confidence = Math.max(ofHeading(), Math.max(ofFollowing(), ofSubject()));
    }
    return confidence + (around.alone() && confidence > NONE ? 0.1 : 0);
  }

  /** The nearest word before that decides; -1 where none does. */
  private int deciding() {
    for (int i = leading.size() - 1; i >= 0; i--) {
      Hit<Meaning> hit = leading.get(i);
      boolean decides =
          switch (hit.meaning()) {
            case CODE, STRONG -> gap(hit) <= FARTHEST;
            case OTHER, CODES -> gap(hit) <= OTHER_REACH;
            case MEETING -> gap(hit) <= NUMBER_REACH;
            case PROMO -> gap(hit) <= NEAR;
            case NUMBER, BOOKING ->
                gap(hit) <= NUMBER_REACH && !isTaken(hit) && !isObject(hit) && !isOfCode(i);
            default -> false;
          };
      if (decides) {
        return i;
      }
    }
    return -1;
  }

  private int gap(Hit<Meaning> hit) {
    return Words.count(before, hit.end(), before.length());
  }

  /** Whether another number stands behind it: the word belongs to that. */
  private boolean isTaken(Hit<Meaning> hit) {
    return isTaken(hit.end(), before.length());
  }

  private boolean isTaken(int from, int to) {
    int run = 0;
    for (int i = from; i < to; i++) {
      char c = before.charAt(i);
      run = c >= '0' && c <= '9' ? run + 1 : 0;
      if (run >= 3) {
        return true;
      }
    }
    return false;
  }

  /** Where a word begins behind a trigger that has a number of its own. */
  private int nextNumber(int trigger) {
    for (int i = trigger + 1; i < leading.size(); i++) {
      if (leading.get(i).meaning() == Meaning.NUMBER
          || leading.get(i).meaning() == Meaning.BOOKING) {
        return leading.get(i).start();
      }
    }
    return before.length();
  }

  /** "To verify your phone number": the number is not the one that follows. */
  private boolean isObject(Hit<Meaning> number) {
    int trigger = -1;
    for (Hit<Meaning> hit : leading) {
      trigger = hit.meaning().isTrigger() && hit.end() <= number.start() ? hit.end() : trigger;
    }
    if (trigger < 0 || (gap(number) == 0 && !isIntroduced())) {
      return false;
    }
    String between = ' ' + before.substring(trigger, number.start()).stripLeading();
    int verb = LinkWords.lastVerb(between);
    return verb >= 0 && Words.count(between, verb, between.length()) <= NEAR + 1;
  }

  /** "Code to collect your parcel: 4410": the colon belongs to the code, not to the parcel. */
  private boolean isOfCode(int number) {
    if (!isIntroduced()) {
      return false;
    }
    boolean purposeful = false;
    for (int i = number - 1; i >= 0; i--) {
      Hit<Meaning> hit = leading.get(i);
      if (hit.meaning() == Meaning.STRONG || (hit.meaning() == Meaning.CODE && purposeful)) {
        return !isTaken(hit)
            && Words.count(before, hit.end(), leading.get(number).start()) <= FARTHEST;
      }
      purposeful |= hit.meaning() == Meaning.PURPOSE;
    }
    return false;
  }

  private boolean isIntroduced() {
    String lead = around.before().stripTrailing();
    return !lead.isEmpty() && ":-".indexOf(lead.charAt(lead.length() - 1)) >= 0;
  }

  private double ofTrigger(Meaning trigger, int gap, boolean taken) {
    boolean near = gap <= NEAR;
    boolean loose = !near || (candidate.isYear() && goesOnInWords());
    if (loose && !around.alone() && (candidate.isYear() || isDoubtful())) {
      return NONE;
    }
    double confidence = trigger == Meaning.STRONG ? 0.85 : 0.72;
    confidence -= near || around.alone() ? 0 : gap <= FAR || isIntroduced() ? 0.05 : 0.25;
    confidence -= !taken ? 0 : around.alone() ? 0.5 : gap <= NEAR + 1 ? 0.15 : 0.3;
    boolean short4 = candidate.value().length() < 5;
    boolean counts = !near && !around.alone() && goesOnInWords();
    return confidence - (counts ? 0.15 : 0) - (counts && short4 ? 0.1 : 0);
  }

  private boolean isDoubtful() {
    return candidate.form() == Form.DOUBTFUL || candidate.isDateOrRound();
  }

  /** Whether a small letter follows at once: numbers that count stand so. */
  private boolean goesOnInWords() {
    String rest = around.after();
    return rest.length() > 1 && rest.charAt(0) == ' ' && Character.isLowerCase(rest.charAt(1));
  }

  /** Whether the sentence says to type it and what for: "Use G-604517 to finish signing in". */
  private boolean isUsed() {
    if (candidate.isYear() || isDoubtful()) {
      return false;
    }
    boolean used = false;
    for (Hit<Meaning> hit : leading) {
      used |= hit.meaning() == Meaning.USE && gap(hit) <= NEAR;
    }
    for (Hit<Meaning> hit : following) {
      used |= hit.meaning() == Meaning.USE && Words.count(after, 0, hit.start()) <= NEAR + 1;
    }
    if (!used || has(following, Meaning.OTHER)) {
      return false;
    }
    return says(Meaning.PURPOSE)
        || says(Meaning.DEVICE)
        || LinkWords.lastVerb(after) >= 0
        || LinkWords.lastVerb(before) >= 0;
  }

  /** "730 218 is your login code": it begins the sentence, and the word comes behind. */
  private double ofFollowing() {
    if (Words.count(before) > FAR
        || isTaken(0, before.length())
        || candidate.isYear()
        || isDoubtful()) {
      return NONE;
    }
    boolean below = around.alone() && following.isEmpty();
    String words = below ? Words.of(around.below()) : after;
    List<Hit<Meaning>> hits = below ? WORDS.in(words) : following;
    if (!below && isLabel()) {
      return NONE;
    }
    for (Hit<Meaning> hit : hits) {
      int gap = Words.count(words, 0, hit.start());
      if (hit.meaning().isTrigger()) {
        boolean strong = hit.meaning() == Meaning.STRONG;
        boolean ends = Words.count(words, hit.end(), words.length()) <= 1;
        boolean fits = gap <= FAR && (gap > 0 || ends || !spaced(words));
        boolean counted = gap == 0 && !strong && spaced(words);
        boolean typed = has(hits, Meaning.USE);
        boolean weak = !strong && (isMeeting() || isOffer() || (below && !typed));
        return !fits || weak || counted ? NONE : strong ? 0.82 : 0.7;
      }
      switch (hit.meaning()) {
        case OTHER, CODES, NUMBER, PROMO, BOOKING -> {
          return NONE;
        }
        default -> {}
      }
    }
    return NONE;
  }

  /** "PR 48213: …": a word directly before, and a colon behind. */
  private boolean isLabel() {
    String lead = around.before().stripTrailing();
    boolean word = !lead.isEmpty() && Character.isLetter(lead.charAt(lead.length() - 1));
    boolean used = !leading.isEmpty() && leading.getLast().meaning() == Meaning.USE;
    return word && !used && around.after().startsWith(":");
  }

  /** Six digits alone under a line such as "Confirm your email address". */
  private double ofHeading() {
    boolean six = candidate.form() == Form.DIGITS && candidate.value().length() == 6;
    boolean asks = around.alone() && six && LinkWords.lastVerb(before) >= 0 && !isMeeting();
    return asks && !isTaken(0, before.length()) && !isDoubtful() ? 0.5 : NONE;
  }

  private static boolean spaced(String words) {
    return words.length() > 1 && words.charAt(1) < 0x0e00;
  }

  private double ofSubject() {
    boolean asked = around.alone() && subject.asks() && !isMeeting();
    return asked && !candidate.isYear() && !isDoubtful() ? 0.65 : NONE;
  }

  /** Whether letters and digits stand where a journey or a stay is spoken of. */
  private boolean names() {
    return isLettered() && (topics.contains(Meaning.BOOKING) || says(Meaning.BOOKING));
  }

  private boolean isMeeting() {
    return topics.contains(Meaning.MEETING);
  }

  private boolean isLettered() {
    return candidate.form() == Form.MIXED || candidate.form() == Form.PREFIXED;
  }

  /** Whether a price is cut: near by, or anywhere for what looks like the name of an offer. */
  private boolean isOffer() {
    return says(Meaning.PROMO) || (isLettered() && topics.contains(Meaning.PROMO));
  }

  private boolean says(Meaning meaning) {
    return has(leading, meaning) || has(following, meaning);
  }

  private static boolean has(List<Hit<Meaning>> hits, Meaning meaning) {
    for (Hit<Meaning> hit : hits) {
      if (hit.meaning() == meaning) {
        return true;
      }
    }
    return false;
  }

  /** Whether what stands next to it makes it a measure, an amount, a date. */
  private boolean measures() {
    for (Hit<Meaning> hit : following) {
      if (hit.start() <= 1 && (hit.meaning() == Meaning.UNIT || hit.meaning() == Meaning.MONEY)) {
        return true;
      }
      if (hit.start() <= 1 && hit.meaning() == Meaning.MONTH && candidate.value().length() == 4) {
        return true;
      }
    }
    if (leading.isEmpty()) {
      return false;
    }
    Hit<Meaning> last = leading.getLast();
    boolean next = gap(last) == 0;
    return next
        && (last.meaning() == Meaning.MONEY
            || (last.meaning() == Meaning.MONTH && candidate.isYear()));
  }
}
