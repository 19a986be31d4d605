package email.daimon.understand.trust;

import email.daimon.model.Injection;
import email.daimon.model.TextSpan;
import email.daimon.understand.words.CodePoints;
import java.util.ArrayList;
import java.util.List;

/** Finds instructions to machines in one text: looks around each word that such a text needs. */
final class InjectionReader {
  private static final int BEFORE = 160;
  private static final int BEHIND = 330;
  private static final int LOOKS = 2_000;
  private static final int LONGEST = 1 << 20;
  private static final long ANCHORS = Cue.anchors();
  private static final long SURE =
      Cue.MARKER.bit()
          | Cue.ROLE.bit()
          | Cue.PERSONA.bit()
          | Cue.MACHINE_ACT.bit()
          | Cue.TITLE.bit();

  private static final long WORKS = Cue.PROCESS.bit() | Cue.SOFT.bit() | Cue.WHICH.bit();
  private static final long RULES =
      Cue.RULES.bit() | Cue.INSTRUCT.bit() | Cue.CORE.bit() | Cue.OWNER.bit();

  private InjectionReader() {}

  static List<Injection> of(Passage passage) {
    if (passage.text().length() < 8) {
      return List.of();
    }
    String text = passage.text();
    text = text.substring(0, Math.min(text.length(), LONGEST));
    FoldedText folded = FoldedText.of(text);
    if (!passage.coded() && !Hits.anchored(text, folded)) {
      return List.of();
    }
    Hits hits = Hits.of(text, folded);
    if (!passage.coded() && !worthALook(hits)) {
      return List.of();
    }
    List<Injection> found = new ArrayList<>();
    CodePoints points = new CodePoints(text);
    int behind = 0;
    int looks = 0;
    for (int i = 0; i < hits.size() && looks < LOOKS && found.size() < Injection.MOST; i++) {
      if (((hits.kinds(i) & ANCHORS) == 0 && !passage.coded()) || hits.start(i) < behind) {
        continue;
      }
      int from = hits.from(Math.max(behind, edge(hits.text(), hits.start(i), -1, BEFORE)));
      int to = hits.from(edge(hits.text(), hits.end(i), 1, BEHIND));
      if (!passage.coded() && !mayInstruct(hits, from, to)) {
        continue;
      }
      looks++;
      Evidence evidence = Evidence.of(hits, passage, from, Math.max(to, i + 1));
      if (evidence.instructs()) {
        found.add(injection(passage, text, hits.text(), evidence, points));
        behind = Math.max(evidence.last(), hits.end(i));
      }
    }
    return found;
  }

  private static boolean worthALook(Hits hits) {
    return hits.has(Cue.MACHINE)
        || hits.has(Cue.MARKER)
        || hits.has(Cue.ROLE)
        || hits.has(Cue.TITLE)
        || hits.has(Cue.PERSONA)
        || hits.has(Cue.MACHINE_ACT)
        || hits.has(Cue.SECRECY)
        || (hits.has(Cue.HELPER) && (hits.has(Cue.ACT) || hits.has(Cue.OVERRIDE)))
        || (hits.has(Cue.PROCESS) && (hits.has(Cue.MAIL) || hits.has(Cue.VERDICT)))
        || hits.has(Cue.DRAFT)
        || ((hits.has(Cue.SOFT) || hits.has(Cue.WHICH)) && hits.has(Cue.MAIL))
        || (hits.has(Cue.OVERRIDE)
            && (hits.has(Cue.RULES)
                || hits.has(Cue.INSTRUCT)
                || hits.has(Cue.CORE)
                || hits.has(Cue.OWNER)));
  }

  /** Whether a stretch holds what no instruction is without. */
  private static boolean mayInstruct(Hits hits, int from, int to) {
    long kinds = 0;
    for (int i = from; i < to; i++) {
      kinds |= hits.kinds(i);
    }
    if ((kinds & SURE) != 0) {
      return true;
    }
    boolean drops = Cue.OVERRIDE.in(kinds) && (kinds & RULES) != 0;
    boolean orders = Cue.ACT.in(kinds) || Cue.ANSWER.in(kinds);
    boolean serves = Cue.MACHINE.in(kinds) || Cue.HELPER.in(kinds) || Cue.SECRECY.in(kinds);
    boolean called = serves && (Cue.IF.in(kinds) || Cue.WHICH.in(kinds) || Cue.OVERRIDE.in(kinds));
    boolean mail = Cue.MAIL.in(kinds);
    boolean works = mail && (kinds & WORKS) != 0 && (orders || Cue.VERDICT.in(kinds));
    works |= Cue.PROCESS.in(kinds) && Cue.VERDICT.in(kinds);
    works |= orders && Cue.DRAFT.in(kinds);
    return works || drops || called || (orders && serves);
  }

  /** So far in a direction, but not into another paragraph. */
  private static int edge(FoldedText text, int start, int step, int most) {
    int at = start;
    int lines = 0;
    for (int i = 0; i < most && at > 0 && at < text.length(); i++) {
      char c = text.at(step > 0 ? at : at - 1);
      lines = c == '\n' ? lines + 1 : c == ' ' ? lines : 0;
      if (lines > 1) {
        return at;
      }
      at += step;
    }
    return at;
  }

  private static Injection injection(
      Passage passage, String text, FoldedText folded, Evidence evidence, CodePoints points) {
    int first = Math.min(evidence.first(), folded.length());
    int from = first;
    while (from > 0 && first - from < BEFORE && !endsSentence(folded.at(from - 1))) {
      from--;
    }
    int last = Math.clamp(evidence.last(), first, folded.length());
    int to = last;
    while (to < folded.length() && to - last < BEHIND && !endsSentence(folded.at(to))) {
      to++;
    }
    int start = folded.source(from);
    int end = Math.max(start, folded.source(Math.min(to + 1, folded.length())));
    TextSpan span = passage.place().orElseGet(() -> points.span(start, end));
    return new Injection(
        evidence.kind(),
        passage.in(),
        span,
        evidence.severity(),
        evidence.rule(),
        CodePoints.excerpt(text.substring(start, end).strip()));
  }

  private static boolean endsSentence(char c) {
    return c == '.' || c == '\n' || c == '!' || c == '?' || c == '。' || c == '।';
  }
}
