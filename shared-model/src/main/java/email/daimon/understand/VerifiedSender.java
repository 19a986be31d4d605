package email.daimon.understand;

import email.daimon.mime.Mail;
import email.daimon.mime.Warning;
import email.daimon.model.Verdicts;
import email.daimon.model.Verdicts.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * Whether the From address of a mail is proven. DMARC says so; where the domain has no DMARC policy
 * (GRAY), a passing DKIM signature or SPF check whose domain is aligned with the From address does.
 * That DKIM or SPF passed for some domain proves nothing. A mail with two From fields, or with two
 * authors in one, has no verified sender.
 */
public final class VerifiedSender {
  private VerifiedSender() {}

  /**
   * Judges a mail.
   *
   * @param verdicts of the receiving side
   * @param envelopeFrom bare address of MAIL FROM, empty for {@code <>}
   * @param mail for its From field, and the Authentication-Results of the receiving side
   */
  public static boolean of(Verdicts verdicts, String envelopeFrom, Mail mail) {
    if (mail.from().size() != 1 || mail.warnings().contains(Warning.TWO_FROM_FIELDS)) {
      return false;
    }
    String domain = mail.from().getFirst().domain();
    String spfDomain = envelopeFrom.substring(envelopeFrom.lastIndexOf('@') + 1);
    return of(
        verdicts.dmarc(),
        dkimDomains(mail),
        verdicts.spf() == Verdict.PASS ? Optional.of(spfDomain) : Optional.empty(),
        domain);
  }

  /**
   * Judges one From domain.
   *
   * @param dkimDomains with a passing signature
   * @param spfDomain for which SPF passed
   */
  static boolean of(
      Verdict dmarc, List<String> dkimDomains, Optional<String> spfDomain, String fromDomain) {
    return switch (dmarc) {
      case PASS -> !fromDomain.isEmpty();
      case GRAY, PROCESSING_FAILED ->
          dkimDomains.stream().anyMatch(domain -> RegistrableDomain.aligned(domain, fromDomain))
              || spfDomain.filter(it -> RegistrableDomain.aligned(it, fromDomain)).isPresent();
      case FAIL, DISABLED -> false;
    };
  }

  /** Domains with a passing DKIM signature, as far as the receiving side says so. */
  public static List<String> dkimDomains(Mail mail) {
    return mail.transit()
        .authenticationResults()
        .map(value -> AuthenticationResults.parse(value).passingDkimDomains())
        .orElse(List.of());
  }
}
