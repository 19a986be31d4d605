package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * What the receiving side found out about who sent a mail. Source: verdicts of SES, and the
 * Authentication-Results field (RFC 8601) where SES wrote it.
 *
 * @param spf result for the envelope sender, lower case, such as {@code pass}, {@code softfail},
 *     {@code gray}
 * @param dkim one for each signature that was looked at
 * @param dmarc result for From's domain
 * @param alignedDomain the domain that is proven and belongs to From's; empty where the sender is
 *     not verified
 * @param evidence why the sender is verified or is not: one of a few fixed sentences
 */
public record Authentication(
    String spf,
    List<Signature> dkim,
    String dmarc,
    Optional<String> alignedDomain,
    String evidence) {
  public Authentication {
    requireNonNull(spf, "spf is null");
    dkim = List.copyOf(dkim);
    requireNonNull(dmarc, "dmarc is null");
    requireNonNull(alignedDomain, "alignedDomain is null");
    requireNonNull(evidence, "evidence is null");
  }

  /**
   * A DKIM signature (RFC 6376).
   *
   * @param domain that signed; empty where it is not said
   * @param result lower case, {@code pass}, {@code fail}…
   */
  public record Signature(String domain, String result) {
    public Signature {
      requireNonNull(domain, "domain is null");
      requireNonNull(result, "result is null");
    }
  }
}
