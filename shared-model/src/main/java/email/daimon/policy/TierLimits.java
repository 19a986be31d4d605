package email.daimon.policy;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Tier;
import java.util.OptionalInt;

/**
 * What each tier allows, in the numbers of the product's documents. Empty is unlimited.
 *
 * @param inboxes live inboxes at a time
 * @param sendsPerDay recipients a day, from 00:00 UTC
 */
public record TierLimits(
    Tier tier,
    OptionalInt inboxes,
    OptionalInt sendsPerDay,
    boolean webhooks,
    boolean customDomains,
    boolean smtp) {
  public TierLimits {
    requireNonNull(tier, "tier is null");
    requireNonNull(inboxes, "inboxes is null");
    requireNonNull(sendsPerDay, "sendsPerDay is null");
  }

  /** The limits of a tier. */
  public static TierLimits of(Tier tier) {
    return switch (tier) {
      case FREE -> new TierLimits(tier, OptionalInt.of(10), OptionalInt.of(0), false, false, false);
      case DEVELOPER -> paid(tier, OptionalInt.of(1_000));
      case GROWTH -> paid(tier, OptionalInt.of(10_000));
      case ENTERPRISE -> paid(tier, OptionalInt.empty());
    };
  }

  private static TierLimits paid(Tier tier, OptionalInt sendsPerDay) {
    return new TierLimits(tier, OptionalInt.empty(), sendsPerDay, true, true, true);
  }
}
