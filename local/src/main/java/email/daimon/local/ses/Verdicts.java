package email.daimon.local.ses;

import email.daimon.model.Verdicts.Verdict;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What SES found of a mail. Nothing is looked up on one machine, so what a caller does not state
 * passes.
 *
 * @param dmarcPolicy what the From's domain asks for; told only when DMARC failed
 * @param dkimDomain the domain whose signature was judged; that of the From field if not given
 */
public record Verdicts(
    Verdict spam,
    Verdict virus,
    Verdict spf,
    Verdict dkim,
    Verdict dmarc,
    String dmarcPolicy,
    @Nullable String dkimDomain) {
  public static final Verdicts ALL_PASS =
      new Verdicts(
          Verdict.PASS, Verdict.PASS, Verdict.PASS, Verdict.PASS, Verdict.PASS, "reject", null);

  public Verdicts {
    Objects.requireNonNull(spam);
    Objects.requireNonNull(virus);
    Objects.requireNonNull(spf);
    Objects.requireNonNull(dkim);
    Objects.requireNonNull(dmarc);
    Objects.requireNonNull(dmarcPolicy);
  }
}
