package email.daimon.functions.inbound;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Accounts;
import email.daimon.model.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Accounts as they were at most five seconds ago: every mail asks for one, and they hardly change.
 */
final class RecentAccounts {
  private static final Duration RECENT = Duration.ofSeconds(5);
  private static final int MOST = 10_000;
  private final Accounts accounts;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(Account account, Instant readAt) {}

  RecentAccounts(Accounts accounts, InstantSource clock) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The account. */
  Optional<Account> find(String accountId) {
    Instant now = clock.instant();
    Known recent = known.get(accountId);
    if (recent != null && recent.readAt().plus(RECENT).isAfter(now)) {
      return Optional.of(recent.account());
    }
    if (known.size() >= MOST) {
      known.clear();
    }
    Optional<Account> account = accounts.find(accountId);
    account.ifPresent(found -> known.put(accountId, new Known(found, now)));
    return account;
  }
}
