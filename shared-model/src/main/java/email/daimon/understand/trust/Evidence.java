package email.daimon.understand.trust;

import email.daimon.model.Injection.Severity;

/**
 * What stands together in one stretch of a text, weighed. No word is an instruction by itself: who
 * is spoken to, what is to be done with what, and who shall not know make one.
 */
final class Evidence {
  private static final int NEEDED = 5;
  private static final int PAIR = 60;
  private static final int OBJECT = 110;
  private static final int CLOSE = 25;
  private static final int ABOUT = 700;
  private static final int OWN = 25;

  /** What a person quotes who talks about such texts. */
  private static final int QUOTABLE =
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
  private boolean serves;
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
    int kinds = hits.kinds(i);
    if ((kinds & QUOTABLE) != 0 && !passage.unseen() && Quotes.within(hits.text(), hits.start(i))) {
      return;
    }
    if (!passage.unseen() && Quotes.literal(hits.text(), hits.start(i))) {
      return;
    }
    if (Cue.OVERRIDE.in(kinds)) {
      pair(i);
    }
    if (Cue.MACHINE.in(kinds) || Cue.HELPER.in(kinds)) {
      addressee(i, Cue.MACHINE.in(kinds));
    }
    if (Cue.ACT.in(kinds)) {
      act(i);
    }
    secrecy |= mark(Cue.SECRECY, i);
    named |= Cue.CORE.in(kinds);
    answers |= Cue.ANSWER.in(kinds);
    owner |= Cue.OWNER.in(kinds);
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
      boolean rules = Cue.RULES.in(hits.kinds(i));
      boolean ofMachines = Cue.CORE.in(hits.kinds(i));
      int gap = Math.max(hits.start(i) - hits.end(override), hits.start(override) - hits.end(i));
      if ((rules || ofMachines) && gap <= PAIR && gap >= 0 && !sentenceBetween(override, i)) {
        overrides = true;
        core |= ofMachines;
        reach(override);
        reach(i);
        bald |= bald(override, i);
        prior |= priorNear(Math.min(override, i), Math.max(override, i));
      }
    }
  }

  /** All that was said before is set aside, bluntly: the sentence begins with it. */
  private boolean bald(int override, int rules) {
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

  private boolean sentenceBetween(int one, int other) {
    int start = Math.min(hits.end(one), hits.end(other));
    int end = Math.max(hits.start(one), hits.start(other));
    for (int i = start; i < end; i++) {
      char c = hits.text().at(i);
      if (c == '.' || c == '。' || c == '!' || c == '?' || c == '।') {
        return true;
      }
    }
    return false;
  }

  private boolean priorNear(int one, int other) {
    for (int i = Math.max(from, one - 2); i < Math.min(to, other + 6); i++) {
      if (Cue.PRIOR.in(hits.kinds(i))
          && hits.start(i) >= hits.start(one) - 25
          && hits.end(i) <= hits.end(other) + 25) {
        return true;
      }
    }
    return false;
  }

  private void addressee(int i, boolean surely) {
    if (Address.ofTrade(hits, i)) {
      return;
    }
    boolean ordered = Address.ordered(hits, i);
    boolean whichever = Address.whichever(hits, i);
    boolean conditional = Address.conditional(hits, i);
    boolean quoted = !passage.unseen() && Quotes.within(hits.text(), hits.start(i));
    boolean asked = !quoted && (ordered || whichever || (surely && conditional));
    boolean spokenTo = asked || Address.at(hits, i) || conditional;
    machine |= surely || (asked && whichever);
    serves = true;
    helper |= spokenTo;
    addressed |= (surely && spokenTo) || asked;
    called |= asked && (ordered || surely);
    if (spokenTo) {
      reach(i);
    }
  }

  private void act(int i) {
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

  /** Whether it is enough. */
  boolean instructs() {
    boolean speaksToMachine =
        (overrides && (bearsOnMachines() || passage.unseen()))
            || addressed
            || markers > 0
            || (roles > 0 && (act || answers || secrecy || machineActs > 0))
            || personas > 0
            || passage.coded();
    boolean asks = machineActs > 0 || (machine && actOnSecret && (secrecy || owner));
    asks |= passage.unseen() && (machine || serves || secrecy) && actOnSecret;
    boolean served = helper && act && (secrecy || passage.unseen() || (owner && actOnSecret));
    return (speaksToMachine || asks || served) && weight() >= NEEDED;
  }

  private boolean bearsOnMachines() {
    return core
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

  private int weight() {
    int weight = (overrides ? 3 : 0) + (overrides && core ? 1 : 0) + (overrides && prior ? 1 : 0);
    weight += bald && act && !actOnSecret ? 1 : 0;
    weight += named && passage.unseen() ? 1 : 0;
    weight += machine ? 2 : helper ? 1 : 0;
    weight += addressed ? 2 : helper ? 1 : 0;
    weight += called ? 1 : 0;
    weight += hence && (overrides || addressed || personas > 0) ? 2 : 0;
    weight += actOnSecret ? 2 : act && (addressed || markers > 0) ? 1 : 0;
    weight += overrides && answers && !actOnSecret ? 1 : 0;
    weight += secrecy ? 2 : 0;
    weight += owner ? 1 : 0;
    weight += markers > 1 ? 5 : markers > 0 ? 3 : 0;
    weight += roles > 1 ? 3 : roles > 0 ? 2 : 0;
    weight += personas > 2 ? 5 : personas * 2;
    weight += machineActs > 1 ? act ? 5 : 4 : machineActs > 0 ? 2 : 0;
    weight += act && sendsToAddress() ? 1 : 0;
    if (weight >= 3) {
      weight += passage.unseen() ? 2 : passage.label() ? 1 : 0;
    }
    weight += passage.coded() && act ? 3 : 0;
    return weight
        - (passage.unseen() ? 0 : talk())
        - (!machine && !passage.unseen() && ofTheirOwn() ? 3 : 0)
        - (!addressed && !passage.unseen() && theirs ? 3 : 0);
  }

  /** People set aside what they themselves said, and say so where they name it. */
  private boolean ofTheirOwn() {
    for (int i = hits.from(Math.max(0, first - OWN)); i < to; i++) {
      if (Cue.HUMAN.in(hits.kinds(i)) && hits.start(i) <= last + OWN) {
        return true;
      }
    }
    return false;
  }

  private boolean sendsToAddress() {
    int end = Math.min(hits.text().length(), Math.max(last, 0) + 120);
    for (int i = Math.max(0, Math.min(first, end)); i < end; i++) {
      if (hits.text().at(i) == '@') {
        return true;
      }
    }
    return false;
  }

  /** How much the text around talks about such texts. */
  private int talk() {
    int count = 0;
    int anchor = first == Integer.MAX_VALUE ? hits.start(from) : first;
    for (int i = hits.from(Math.max(0, anchor - ABOUT));
        i < hits.size() && hits.start(i) < anchor + ABOUT;
        i++) {
      count += Cue.TALK.in(hits.kinds(i)) ? 1 : 0;
    }
    return count > 2 ? 5 : count > 1 ? 4 : count * 2;
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
