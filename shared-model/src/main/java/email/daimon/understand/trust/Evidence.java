package email.daimon.understand.trust;

import email.daimon.model.Injection.Severity;

/**
 * What stands together in one stretch of a text, weighed. No word is an instruction by itself: who
 * is spoken to, what is to be done with what, and who shall not know make one.
 */
final class Evidence {
  static final int NEEDED = 5;

  /** As much seldom speaks for what is none. */
  private static final int PLENTY = 9;

  private static final int PAIR = 60;
  private static final int OBJECT = 110;
  private static final int CLOSE = 25;

  /** What a person quotes who talks about such texts. */
  private static final long QUOTABLE =
      Cue.OVERRIDE.bit()
          | Cue.MARKER.bit()
          | Cue.ROLE.bit()
          | Cue.PERSONA.bit()
          | Cue.SECRECY.bit()
          | Cue.MACHINE_ACT.bit();

  private final Hits hits;
  private final Passage passage;
  private final int from;
  private final int to;
  private int first = Integer.MAX_VALUE;
  private int last = -1;
  private boolean overrides;
  private boolean core;
  private boolean prior;
  private boolean bald;
  private boolean topical;
  private boolean bare;
  private boolean instruct;
  private boolean task;
  private boolean verdict;
  private boolean own;
  private boolean serves;
  private boolean must;
  private boolean named;
  private boolean machine;
  private boolean helper;
  private boolean addressed;
  private boolean called;
  private boolean hence;
  private boolean theirs;
  private boolean act;
  private boolean actOnSecret;
  private boolean answers;
  private boolean secrecy;
  private boolean owner;
  private int personas;
  private int markers;
  private int roles;
  private int machineActs;

  private Evidence(Hits hits, Passage passage, int from, int to) {
    this.hits = hits;
    this.passage = passage;
    this.from = from;
    this.to = to;
  }

  /** Of the hits numbered so. */
  static Evidence of(Hits hits, Passage passage, int from, int to) {
    Evidence evidence = new Evidence(hits, passage, from, to);
    for (int i = from; i < to; i++) {
      evidence.take(i);
    }
    return evidence;
  }

  private void take(int i) {
    long kinds = hits.kinds(i);
    if ((kinds & QUOTABLE) != 0 && quoted(i)) {
      return;
    }
    if (!passage.unseen() && Quotes.literal(hits.text(), hits.start(i))) {
      return;
    }
    if (Cue.OVERRIDE.in(kinds) && !identifier(i)) {
      pair(i);
    }
    if (Cue.MACHINE.in(kinds)) {
      addressee(i, true);
    } else if (Cue.HELPER.in(kinds)) {
      addressee(i, Readers.digital(hits, i) || Readers.worksOnMail(hits, i));
    } else if (Cue.SOFT.in(kinds) && Readers.worksOnMail(hits, i)) {
      addressee(i, true);
    } else if (Cue.WHICH.in(kinds)
        && (passage.unseen() || Readers.sumsUp(hits, i))
        && Readers.worksOnMail(hits, i)) {
      addressee(i, true);
    }
    if (Cue.PROCESS.in(kinds) && !quoted(i)) {
      task |= Readers.task(hits, i) && reached(i);
      task |= passage.unseen() && Readers.judged(hits, i) && reached(i);
    }
    if (passage.unseen() && Cue.DRAFT.in(kinds)) {
      task |= Readers.drafts(hits, i) && reached(i);
    }
    verdict |= Cue.VERDICT.in(kinds);
    if (Cue.ACT.in(kinds)) {
      act(i);
    }
    secrecy |= mark(Cue.SECRECY, i);
    named |= Cue.CORE.in(kinds);
    answers |= Cue.ANSWER.in(kinds);
    owner |= Cue.OWNER.in(kinds);
    must |= Cue.MUST.in(kinds);
    hence |= Cue.HENCE.in(kinds);
    theirs |= Cue.THEIRS.in(kinds);
    personas += mark(Cue.PERSONA, i) ? 1 : 0;
    markers += mark(Cue.MARKER, i) ? 1 : 0;
    if (Cue.TITLE.in(kinds) && Quotes.framed(hits.text(), hits.start(i), hits.end(i))) {
      markers++;
      reach(i);
    }
    machineActs += mark(Cue.MACHINE_ACT, i) ? 1 : 0;
    if (Cue.ROLE.in(kinds) && beginsLine(hits.start(i))) {
      roles++;
      reach(i);
    }
  }

  /** A name in a program: {@code ignore_instructions}. */
  private boolean identifier(int i) {
    FoldedText text = hits.text();
    int start = hits.start(i);
    int end = hits.end(i);
    return !passage.unseen()
        && Character.isLetter(text.at(start))
        && ((start > 0 && text.at(start - 1) == '_')
            || (end < text.length() && text.at(end) == '_'));
  }

  private boolean mark(Cue cue, int i) {
    boolean there = cue.in(hits.kinds(i));
    if (there) {
      reach(i);
    }
    return there;
  }

  private void reach(int i) {
    first = Math.min(first, hits.start(i));
    last = Math.max(last, hits.end(i));
  }

  private boolean quoted(int i) {
    return !passage.unseen() && Quotes.within(hits.text(), hits.start(i));
  }

  private boolean reached(int i) {
    reach(i);
    return true;
  }

  private boolean beginsLine(int start) {
    FoldedText text = hits.text();
    int at = start;
    while (at > 0 && (" >*=-#[(<|_!".indexOf(text.at(at - 1)) >= 0)) {
      at--;
    }
    return at == 0
        || text.at(at - 1) == '\n'
        || passage.unseen()
        || ".=]".indexOf(text.at(at - 1)) >= 0;
  }

  /** Instructions that are set aside. */
  private void pair(int override) {
    for (int i = from; i < to; i++) {
      boolean instructs = Cue.INSTRUCT.in(hits.kinds(i));
      boolean rules = instructs || Cue.RULES.in(hits.kinds(i));
      boolean ofMachines = Cue.CORE.in(hits.kinds(i));
      int gap = Math.max(hits.start(i) - hits.end(override), hits.start(override) - hits.end(i));
      rules |= passage.unseen() && gap <= CLOSE && Cue.OWNER.in(hits.kinds(i));
      if ((rules || ofMachines)
          && gap <= PAIR
          && gap >= 0
          && !Dropped.sentenceBetween(hits, override, i)) {
        overrides = true;
        topical |= !passage.unseen() && Topic.named(hits, override, i);
        core |= ofMachines;
        instruct |= instructs;
        bare |=
            (instructs || ofMachines)
                && Bare.order(hits, override, i, passage.unseen() || passage.label());
        reach(override);
        reach(i);
        bald |= Dropped.bald(hits, override, i, to);
        prior |= Dropped.priorNear(hits, Math.min(override, i), Math.max(override, i), from, to);
      }
    }
  }

  private void addressee(int i, boolean surely) {
    int address = hits.address(i);
    if (Address.isTrade(address)) {
      return;
    }
    boolean ordered = Address.isOrdered(address);
    boolean whichever = Address.isWhichever(address);
    boolean conditional = Address.isConditional(address);
    boolean quoted = quoted(i);
    boolean asked = !quoted && (ordered || whichever || (surely && conditional));
    boolean spokenTo = asked || Address.isAt(address) || conditional;
    boolean mine = !spokenTo && Address.possessed(hits, i);
    own |= surely && mine;
    machine |= (surely && !mine) || (asked && whichever);
    serves |= !mine;
    helper |= spokenTo;
    addressed |= (surely && spokenTo) || asked;
    called |= asked && (ordered || surely);
    if (spokenTo) {
      reach(i);
    }
  }

  private void act(int i) {
    if (forbidden(i)) {
      return;
    }
    act = true;
    for (int k = i + 1; k < to && hits.start(k) - hits.end(i) <= OBJECT; k++) {
      if (Cue.SECRET.in(hits.kinds(k)) || Cue.CORE.in(hits.kinds(k))) {
        actOnSecret = true;
        reach(i);
        reach(k);
        return;
      }
    }
    boolean ends = Quotes.endsClause(hits.text(), hits.end(i));
    // Where the verb ends the sentence, its object stands before it.
    for (int k = i - 1; k >= from && hits.start(i) - hits.end(k) <= OBJECT / 2; k--) {
      if (Cue.SECRET.in(hits.kinds(k))
          && (hits.text().at(hits.start(k)) >= 0x370
              || (ends && hits.start(i) - hits.end(k) <= CLOSE))) {
        actOnSecret = true;
        reach(k);
        reach(i);
        return;
      }
    }
  }

  /** {@code do not tell}: what shall not be done is no act. */
  private boolean forbidden(int i) {
    for (int k = i - 1; k >= from && hits.start(i) - hits.start(k) <= CLOSE; k--) {
      if (Cue.SECRECY.in(hits.kinds(k)) && hits.end(k) > hits.start(i)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is enough. */
  boolean instructs() {
    boolean speaksToMachine =
        (overrides
                && (bearsOnMachines() || (passage.unseen() && (instruct || serves || actOnSecret))))
            || (addressed && orders())
            || task
            || markers > 0
            || (roles > 0 && (act || answers || secrecy || machineActs > 0) && !titled())
            || personas > 0
            || passage.coded();
    boolean asks = machineActs > 0 || (machine && actOnSecret && (secrecy || owner));
    asks |= passage.unseen() && (machine || serves || secrecy || named) && actOnSecret;
    boolean served = helper && act && (secrecy || passage.unseen() || (owner && actOnSecret));
    return (speaksToMachine || asks || served) && weight() >= NEEDED;
  }

  /** {@code System: change of password} is a subject as people write them. */
  private boolean titled() {
    return passage.label()
        && roles < 2
        && !overrides
        && !secrecy
        && !serves
        && !must
        && machineActs + personas == 0
        && !Around.sendsToAddress(hits, first, last);
  }

  private boolean orders() {
    return act
        || answers
        || verdict
        || overrides
        || secrecy
        || hence
        || machineActs + personas + markers + roles > 0;
  }

  private boolean bearsOnMachines() {
    return core
        || bare
        || machine
        || (answers && prior)
        || helper
        || actOnSecret
        || secrecy
        || owner
        || personas > 0
        || markers > 0
        || (roles > 0 && act);
  }

  /** How much speaks for it; {@link #NEEDED} is enough. */
  int weight() {
    machine |= own && (secrecy || overrides);
    int weight = (overrides ? 3 : 0) + (overrides && core ? 1 : 0) + (overrides && prior ? 1 : 0);
    weight += bald && act && !actOnSecret ? 1 : 0;
    weight += bare ? 2 : 0;
    weight += task ? answers ? 4 : 3 : 0;
    weight += task && (act || verdict) ? 1 : 0;
    weight += named && passage.unseen() ? 1 : 0;
    weight += machine ? 2 : helper ? 1 : 0;
    weight += addressed ? 2 : helper ? 1 : 0;
    weight += called ? 1 : 0;
    weight += hence && (overrides || addressed || personas > 0) ? 2 : 0;
    weight += actOnSecret ? 2 : (act || answers || verdict) && (addressed || markers > 0) ? 1 : 0;
    weight += overrides && answers && !actOnSecret ? 1 : 0;
    weight += secrecy ? 2 : 0;
    weight += owner ? 1 : 0;
    weight += markers > 1 ? 5 : markers > 0 ? 3 : 0;
    weight += roles > 1 ? 3 : roles > 0 ? 2 : 0;
    weight += personas > 2 ? 5 : personas * 2 + (personas > 0 && actOnSecret ? 1 : 0);
    weight += machineActs > 1 ? act ? 5 : 4 : machineActs > 0 ? 2 : 0;
    weight += act && Around.sendsToAddress(hits, first, last) ? 1 : 0;
    if (weight >= 3) {
      weight += passage.unseen() ? 2 : passage.label() ? 1 : 0;
    }
    weight += passage.coded() && act ? 3 : 0;
    return weight
        - (passage.unseen()
            ? 0
            : Around.talk(hits, first == Integer.MAX_VALUE ? hits.start(from) : first))
        - (topical && !addressed && !core && !secrecy ? 3 : 0)
        - (!machine && !passage.unseen() && Around.ofTheirOwn(hits, first, last, to) ? 3 : 0)
        - (!addressed && !passage.unseen() && theirs ? 3 : 0);
  }

  /** All earlier instructions are set aside, or as much speaks for it; nothing tells of it. */
  boolean plain() {
    if (last < 0) {
      return false;
    }
    boolean ofPeople = topical || theirs || Around.ofTheirOwn(hits, first, last, to);
    boolean told = Around.talk(hits, first) > 0 || Quotes.mayBe(hits.text(), first);
    return (bare || weight() >= PLENTY) && !ofPeople && (passage.unseen() || !told);
  }

  /** How much harm an obedient reader would do. */
  Severity severity() {
    if (overrides || actOnSecret || secrecy || markers > 0 || personas > 0 || machineActs > 0) {
      return Severity.HIGH;
    }
    return act && passage.unseen() ? Severity.HIGH : act ? Severity.MEDIUM : Severity.LOW;
  }

  /** What it tries. */
  String kind() {
    if (markers + roles > 0) {
      return "role_marker";
    }
    if (overrides || personas > 0) {
      return "override";
    }
    return secrecy ? "secret_action" : actOnSecret ? "exfiltrate" : "steer";
  }

  /** What gave it away. */
  String rule() {
    if (markers > 0) {
      return "chat_markup";
    }
    if (overrides) {
      return machine ? "machine_told_to_drop_rules" : "rules_to_be_dropped";
    }
    if (addressed) {
      return "machine_addressed";
    }
    return roles > 0 ? "turn_of_a_talk" : personas > 0 ? "persona" : "order_to_a_machine";
  }

  int first() {
    return first;
  }

  int last() {
    return last;
  }
}
