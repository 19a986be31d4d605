package email.daimon.understand.codes;

import email.daimon.model.MailCode;
import email.daimon.model.MailCode.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The codes of a mail, best first. */
public final class MailCodes {
  private static final double WANTED = 0.5;
  private static final double SUREST = 0.99;

  private final List<String> fileNames;
  private final Topics subject;
  private final Map<String, MailCode> found = new LinkedHashMap<>();

  private MailCodes(String subject, List<String> fileNames) {
    this.fileNames = List.copyOf(fileNames);
    this.subject = new Topics(subject);
  }

  /**
   * Reads what is new in a mail.
   *
   * @param body without quoted history
   * @param fileNames of its attachments
   */
  public static List<MailCode> of(String subject, String body, List<String> fileNames) {
    MailCodes codes = new MailCodes(subject, fileNames);
    codes.read(CleanText.of(subject), "subject");
    codes.read(CleanText.of(body), "body");
    return codes.best();
  }

  /** Reads a mail that was passed on, with the header block above it. */
  public static List<MailCode> ofForwarded(String subject, String mail, List<String> fileNames) {
    MailCodes codes = new MailCodes(subject, fileNames);
    codes.read(CleanText.of(mail), "forwarded");
    return codes.best();
  }

  private void read(String text, String where) {
    List<Candidate> candidates = text.isEmpty() ? List.of() : Candidates.in(text);
    if (candidates.isEmpty()) {
      return;
    }
    Topics topics = new Topics(text);
    for (Candidate candidate : candidates) {
      Surroundings around = Surroundings.of(text, candidate);
      double confidence = Judge.confidence(candidate, around, subject, topics);
      boolean named = fileNames.stream().anyMatch(name -> name.contains(candidate.value()));
      if (confidence >= WANTED && !named) {
        add(candidate, around, confidence + bonus(candidates), where, text);
      }
    }
  }

  private static double bonus(List<Candidate> candidates) {
    return candidates.size() == 1 ? 0.05 : 0;
  }

  private void add(
      Candidate candidate, Surroundings around, double confidence, String where, String text) {
    Optional<String> hint = ExpiryHint.near(text, candidate);
    double sure = Math.min(SUREST, confidence + (hint.isPresent() ? 0.05 : 0));
    Kind kind = Judge.links(around) ? Kind.LINK_CODE : Kind.OTP;
    double rounded = Math.round(sure * 100) / 100.0;
    MailCode code = new MailCode(candidate.value(), kind, rounded, where, hint);
    found.merge(candidate.value(), code, MailCodes::better);
  }

  private static MailCode better(MailCode one, MailCode other) {
    MailCode kept = other.confidence() > one.confidence() ? other : one;
    Optional<String> hint = kept.expiresHint().or(one::expiresHint).or(other::expiresHint);
    return new MailCode(kept.value(), kept.kind(), kept.confidence(), kept.where(), hint);
  }

  private List<MailCode> best() {
    List<MailCode> all = new ArrayList<>(found.values());
    all.sort(Comparator.comparingDouble(MailCode::confidence).reversed());
    List<MailCode> best = new ArrayList<>();
    for (MailCode code : all.subList(0, Math.min(all.size(), MailCode.MOST))) {
      Kind kind = best.isEmpty() ? code.kind() : Kind.ALTERNATIVE;
      best.add(
          new MailCode(code.value(), kind, code.confidence(), code.where(), code.expiresHint()));
    }
    return List.copyOf(best);
  }
}
