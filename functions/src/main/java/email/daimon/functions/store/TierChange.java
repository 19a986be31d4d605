package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Account;
import email.daimon.model.Subscription;
import email.daimon.model.Tier;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A tier that an account is to have.
 *
 * @param mayLower whether the account may also come down; where not, one that has the tier or more
 *     stays as it is
 * @param subscription what was paid for it; empty leaves what is there
 * @param link the upgrade link that this completes
 * @param attempt a random name of this very change
 * @param also adds what has to be true with it to the transaction, given the account as it will be
 */
public record TierChange(
    String accountId,
    Tier to,
    boolean mayLower,
    Optional<Subscription> subscription,
    Optional<Link> link,
    String attempt,
    Instant now,
    BiConsumer<UnitOfWork, Account> also) {
  public TierChange {
    requireNonNull(accountId, "accountId is null");
    requireNonNull(to, "to is null");
    requireNonNull(subscription, "subscription is null");
    requireNonNull(link, "link is null");
    requireNonNull(attempt, "attempt is null");
    requireNonNull(now, "now is null");
    requireNonNull(also, "also is null");
  }

  /** By the operator: up or down, without a payment. */
  public static TierChange byOperator(String accountId, Tier to, String attempt, Instant now) {
    return new TierChange(
        accountId, to, true, Optional.empty(), Optional.empty(), attempt, now, (_, _) -> {});
  }

  /**
   * An upgrade link, which works once.
   *
   * @param sha256 of its token
   * @param expiresAt when it is no longer good anyway
   */
  public record Link(String sha256, Instant expiresAt) {
    public Link {
      requireNonNull(sha256, "sha256 is null");
      requireNonNull(expiresAt, "expiresAt is null");
    }
  }

  /** What came of a change. */
  public sealed interface Outcome {
    /** The account has the tier from now on. */
    record Changed(Account account) implements Outcome {}

    /** The account had it, or more, before. */
    record Unchanged(Account account) implements Outcome {}

    /** The link has done its work before. */
    record LinkUsed(Account account) implements Outcome {}

    /** There is no such account. */
    record NoAccount() implements Outcome {}
  }
}
