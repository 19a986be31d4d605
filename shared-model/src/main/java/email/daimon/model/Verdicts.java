package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What the receiving side found out, from the notification and never from the mail's own headers.
 * Source: Amazon SES developer guide, "Contents of notifications for Amazon SES email receiving".
 *
 * @param dmarcPolicy {@code none}, {@code quarantine} or {@code reject}; given only when DMARC
 *     failed
 */
public record Verdicts(
    Verdict spam,
    Verdict virus,
    Verdict spf,
    Verdict dkim,
    Verdict dmarc,
    Optional<String> dmarcPolicy) {
  public Verdicts {
    requireNonNull(spam, "spam is null");
    requireNonNull(virus, "virus is null");
    requireNonNull(spf, "spf is null");
    requireNonNull(dkim, "dkim is null");
    requireNonNull(dmarc, "dmarc is null");
    requireNonNull(dmarcPolicy, "dmarcPolicy is null");
  }

  /**
   * One verdict. A check that could not be made ({@code PROCESSING_FAILED}) counts as {@code GRAY}.
   */
  public enum Verdict {
    PASS,
    FAIL,
    GRAY,
    PROCESSING_FAILED,
    DISABLED
  }
}
