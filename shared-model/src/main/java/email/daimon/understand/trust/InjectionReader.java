package email.daimon.understand.trust;

import email.daimon.model.Injection;
import email.daimon.model.Injection.Severity;
import email.daimon.model.TextSpan;
import email.daimon.understand.words.CodePoints;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds instructions to machines in one text. Rules look around each word that such a text needs; a
 * judge that learnt from many texts says what they overlook, and where they err.
 */
final class InjectionReader {
  private static final int BEFORE = 160;
  private static final int BEHIND = 330;
  private static final int LOOKS = 2_000;
  private static final int LONGEST = 1 << 20;
  private static final int SHORTEST = 8;

  /** By how much the judge is surer than need be where harm is great. */
  private static final double HIGH = 1.5;

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

  /** What the rules find and the judge does not deny, and what the judge is sure of. */
  static List<Injection> of(Passage passage) {
    if (passage.text().length() < SHORTEST) {
      return List.of();
    }
    Reading reading = new Reading(passage);
    Judge judge = Judge.of(reading.folded, reading.hits, passage);
    List<Found> found = new ArrayList<>();
    for (Found one : reading.rules()) {
      if (!judge.denies(one.from(), one.to(), one.weight())) {
        found.add(one);
      }
    }
    for (Judge.Stretch stretch : judge.sure()) {
      if (found.size() < Injection.MOST && found.stream().noneMatch(it -> it.meets(stretch))) {
        found.add(reading.judged(stretch));
      }
    }
    found.sort(Comparator.comparingInt(Found::from));
    CodePoints points = new CodePoints(reading.text);
    return found.stream().map(one -> reading.injection(one, points)).toList();
  }

  /** How much weighs what the rules alone find; 0 where that is nothing. */
  static int ruled(Passage passage) {
    return passage.text().length() < SHORTEST
        ? 0
        : new Reading(passage).rules().stream().mapToInt(Found::weight).max().orElse(0);
  }

  /** One that was found, in units of the folded text. */
  private record Found(int from, int to, String kind, Severity severity, String rule, int weight) {
    boolean meets(Judge.Stretch stretch) {
      return from < stretch.to() && stretch.from() <= to;
    }
  }

  /** A passage on its way. */
  private static final class Reading {
    private final Passage passage;
    private final String text;
    private final FoldedText folded;
    private final Hits hits;

    Reading(Passage passage) {
      this.passage = passage;
      this.text = passage.text().substring(0, Math.min(passage.text().length(), LONGEST));
      this.folded = FoldedText.of(text);
      this.hits = Hits.of(text, folded);
    }

    List<Found> rules() {
      List<Found> found = new ArrayList<>();
      if (!passage.coded() && !worthALook(hits)) {
        return found;
      }
      int behind = 0;
      int looks = 0;
      for (int i = 0; i < hits.size() && looks < LOOKS && found.size() < Injection.MOST; i++) {
        if (((hits.kinds(i) & ANCHORS) == 0 && !passage.coded()) || hits.start(i) < behind) {
          continue;
        }
        int from = hits.from(Math.max(behind, edge(folded, hits.start(i), -1, BEFORE)));
        int to = hits.from(edge(folded, hits.end(i), 1, BEHIND));
        if (!passage.coded() && !mayInstruct(hits, from, to)) {
          continue;
        }
        looks++;
        Evidence evidence = Evidence.of(hits, passage, from, Math.max(to, i + 1));
        if (evidence.instructs()) {
          found.add(ruled(evidence));
          behind = Math.max(evidence.last(), hits.end(i));
        }
      }
      return found;
    }

    private Found ruled(Evidence evidence) {
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
      return new Found(
          from,
          Math.min(to + 1, folded.length()),
          evidence.kind(),
          evidence.severity(),
          evidence.rule(),
          evidence.plain() ? JudgedText.PLAIN : evidence.weight());
    }

    /** What the cues say of it, beside that it is one. */
    Found judged(Judge.Stretch stretch) {
      int from = stretch.from();
      while (from < stretch.to() && folded.at(from) <= ' ') {
        from++;
      }
      int to = stretch.to();
      while (to > from && folded.at(to - 1) <= ' ') {
        to--;
      }
      Evidence evidence = Evidence.of(hits, passage, hits.from(from), hits.from(to));
      Severity severity = evidence.severity();
      if (stretch.surplus() > HIGH) {
        severity = Severity.HIGH;
      } else if (severity == Severity.LOW) {
        severity = Severity.MEDIUM;
      }
      return new Found(from, to, evidence.kind(), severity, "judge", 0);
    }

    Injection injection(Found one, CodePoints points) {
      int start = folded.source(one.from());
      int end = Math.max(start, folded.source(one.to()));
      TextSpan span = passage.place().orElseGet(() -> points.span(start, end));
      return new Injection(
          one.kind(),
          passage.in(),
          span,
          one.severity(),
          one.rule(),
          CodePoints.excerpt(text.substring(start, end).strip()));
    }
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

  private static boolean endsSentence(char c) {
    return c == '.' || c == '\n' || c == '!' || c == '?' || c == '。' || c == '।';
  }
}
