package email.daimon.functions.billing;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.TierChange;
import email.daimon.functions.store.UnitOfWork;
import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.Subscription;
import email.daimon.model.Tier;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;

/**
 * Raises an account's tier: takes the payment, then changes tier, subscription and link at once.
 */
public final class Upgrades {
  private final Accounts accounts;
  private final Billing billing;
  private final BiConsumer<UnitOfWork, Account> paid;

  /**
   * @param paid adds what follows from a payment to its transaction, given the account as it will
   *     be
   */
  public Upgrades(Accounts accounts, Billing billing, BiConsumer<UnitOfWork, Account> paid) {
    this.paid = requireNonNull(paid, "paid is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.billing = requireNonNull(billing, "billing is null");
  }

  public Billing billing() {
    return billing;
  }

  /**
   * What is wanted.
   *
   * @param link the upgrade link that this completes; it works once
   * @param also adds what has to be true with it to the transaction, given the account as it will
   *     be
   */
  public record Order(
      String accountId,
      Tier target,
      String paymentMethod,
      Optional<TierChange.Link> link,
      Instant now,
      BiConsumer<UnitOfWork, Account> also) {
    public Order {
      requireNonNull(accountId, "accountId is null");
      requireNonNull(target, "target is null");
      requireNonNull(paymentMethod, "paymentMethod is null");
      requireNonNull(link, "link is null");
      requireNonNull(now, "now is null");
      requireNonNull(also, "also is null");
    }
  }

  /** What came of it. */
  public sealed interface Result {
    /** It is paid, and the account has the tier. */
    record Upgraded(Account account) implements Result {}

    /** The account has this tier or more: nothing was charged. */
    record Already(Account account) implements Result {}

    /** The payment method was refused: nothing was charged or changed. */
    record Declined(String reason) implements Result {}

    /** Nobody takes payments here. */
    record NoProvider(String contact) implements Result {}

    /** The link has done its work before. */
    record LinkUsed(Account account) implements Result {}

    /** A suspended account buys nothing. */
    record Suspended() implements Result {}

    /** The account is gone. */
    record NoAccount() implements Result {}
  }

  /** Carries an order out; the same order again is paid and done once. */
  public Result upgrade(Order order) {
    // A remembered account may be behind, and a tier must not be paid twice.
    Optional<Account> account = accounts.find(order.accountId);
    if (account.isEmpty()) {
      return new Result.NoAccount();
    }
    if (account.get().status() == AccountStatus.SUSPENDED) {
      return new Result.Suspended();
    }
    if (order.link.filter(accounts::used).isPresent()) {
      return new Result.LinkUsed(account.get());
    }
    if (account.get().tier().compareTo(order.target) >= 0) {
      return new Result.Already(account.get());
    }
    return switch (billing.subscribe(account.get(), order.target, order.paymentMethod)) {
      case Billing.Outcome.Paid(var subscription) -> change(order, subscription);
      case Billing.Outcome.Declined(String reason) -> new Result.Declined(reason);
      case Billing.Outcome.NoProvider(String contact) -> new Result.NoProvider(contact);
    };
  }

  private Result change(Order order, Subscription subscription) {
    TierChange change =
        new TierChange(
            order.accountId,
            order.target,
            false,
            Optional.of(subscription),
            order.link,
            UUID.randomUUID().toString(),
            order.now,
            paid.andThen(order.also));
    return switch (accounts.changeTier(change)) {
      case TierChange.Outcome.Changed(Account account) -> new Result.Upgraded(account);
      case TierChange.Outcome.Unchanged(Account account) -> new Result.Already(account);
      case TierChange.Outcome.LinkUsed(Account account) -> new Result.LinkUsed(account);
      case TierChange.Outcome.NoAccount() -> new Result.NoAccount();
    };
  }
}
