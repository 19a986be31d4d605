package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What stands behind an account's tier at the payment provider.
 *
 * @param customerId the provider's name for the account, {@code cus_…}; empty before a first
 *     payment
 * @param status in the provider's words, such as {@code active}; empty where nobody has paid: the
 *     tier then speaks for itself
 */
public record Subscription(Optional<String> customerId, Optional<String> status) {
  /** Nobody has paid anything. */
  public static final Subscription NONE = new Subscription(Optional.empty(), Optional.empty());

  public Subscription {
    requireNonNull(customerId, "customerId is null");
    requireNonNull(status, "status is null");
  }
}
