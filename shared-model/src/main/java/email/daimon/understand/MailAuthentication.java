package email.daimon.understand;

import email.daimon.mime.Mail;
import email.daimon.mime.Warning;
import email.daimon.model.Authentication;
import email.daimon.model.Authentication.Signature;
import email.daimon.model.Verdicts;
import email.daimon.model.Verdicts.Verdict;
import email.daimon.understand.AuthenticationResults.Result;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is known of who sent a mail, with the reason why {@link VerifiedSender} says so. */
public final class MailAuthentication {
  private static final int MOST_SIGNATURES = 10;

  private MailAuthentication() {}

  /**
   * Looks into a mail.
   *
   * @param verdicts of the receiving side
   * @param envelopeFrom bare address of MAIL FROM, empty for {@code <>}
   */
  public static Authentication of(Verdicts verdicts, String envelopeFrom, Mail mail) {
    List<Result> results =
        mail.transit()
            .authenticationResults()
            .map(value -> AuthenticationResults.parse(value).results())
            .orElse(List.of());
    boolean verified = VerifiedSender.of(verdicts, envelopeFrom, mail);
    String from = mail.from().isEmpty() ? "" : mail.from().getFirst().domain();
    String spfDomain = envelopeFrom.substring(envelopeFrom.lastIndexOf('@') + 1);
    Optional<String> byDkim =
        VerifiedSender.dkimDomains(mail).stream()
            .filter(domain -> RegistrableDomain.aligned(domain, from))
            .findFirst();
    Optional<String> bySpf =
        Optional.of(spfDomain.toLowerCase(Locale.ROOT))
            .filter(_ -> verdicts.spf() == Verdict.PASS)
            .filter(domain -> RegistrableDomain.aligned(domain, from));
    Optional<String> aligned =
        byDkim
            .or(() -> bySpf)
            .or(() -> Optional.of(from.toLowerCase(Locale.ROOT)))
            .filter(_ -> verified);
    return new Authentication(
        result(results, "spf", verdicts.spf()),
        signatures(results),
        result(results, "dmarc", verdicts.dmarc()),
        aligned,
        verified ? proof(verdicts, byDkim.isPresent()) : doubt(verdicts, mail));
  }

  /** The same by what the receiving side wrote into the mail alone; empty where that is nothing. */
  public static Optional<Authentication> ofFields(Mail mail) {
    return mail.transit()
        .authenticationResults()
        .map(value -> AuthenticationResults.parse(value).results())
        .map(results ->
            of(
                new Verdicts(
                    Verdict.GRAY,
                    Verdict.GRAY,
                    verdict(results, "spf"),
                    verdict(results, "dkim"),
                    verdict(results, "dmarc"),
                    Optional.empty()),
                mail.transit().returnPath().orElse(""),
                mail));
  }

  private static Verdict verdict(List<Result> results, String method) {
    List<Result> found = results.stream().filter(result -> result.method().equals(method)).toList();
    if (found.stream().anyMatch(Result::passed)) {
      return Verdict.PASS;
    }
    return found.stream().anyMatch(result -> result.outcome().equals("fail"))
        ? Verdict.FAIL
        : Verdict.GRAY;
  }

  private static String result(List<Result> results, String method, Verdict verdict) {
    return results.stream()
        .filter(result -> result.method().equals(method))
        .map(Result::outcome)
        .filter(outcome -> verdict == Verdict.PASS == outcome.equals("pass"))
        .filter(outcome -> outcome.chars().allMatch(Character::isLetter) && !outcome.isEmpty())
        .findFirst()
        .orElseGet(() -> verdict.name().toLowerCase(Locale.ROOT));
  }

  private static List<Signature> signatures(List<Result> results) {
    return results.stream()
        .filter(result -> result.method().equals("dkim"))
        .filter(result -> result.domain().isPresent())
        .limit(MOST_SIGNATURES)
        .map(result -> new Signature(result.domain().orElse(""), result.outcome()))
        .toList();
  }

  private static String proof(Verdicts verdicts, boolean byDkim) {
    if (verdicts.dmarc() == Verdict.PASS) {
      return "DMARC passed for the domain of From.";
    }
    return byDkim
        ? "DMARC says nothing, but a DKIM signature of From's own domain passed."
        : "DMARC says nothing, but SPF passed for From's own domain.";
  }

  private static String doubt(Verdicts verdicts, Mail mail) {
    if (mail.from().isEmpty()) {
      return "There is no From address.";
    }
    if (mail.from().size() > 1 || mail.warnings().contains(Warning.TWO_FROM_FIELDS)) {
      return "There are several From addresses, which cannot be verified.";
    }
    return switch (verdicts.dmarc()) {
      case FAIL -> "DMARC failed: From's domain says that it did not send this.";
      case DISABLED -> "Nothing was checked.";
      case PASS -> "The From address has no domain.";
      case GRAY, PROCESSING_FAILED ->
          "DMARC says nothing, and neither DKIM nor SPF passed for From's own domain.";
    };
  }
}
