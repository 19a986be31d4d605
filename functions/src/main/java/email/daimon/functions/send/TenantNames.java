package email.daimon.functions.send;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Accounts;
import email.daimon.model.Account;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The tenants of accounts at SES. One never changes; that there is none is asked again. */
public final class TenantNames {
  private static final int MOST = 10_000;
  private static final Duration NONE_FOR = Duration.ofMinutes(1);
  private final Accounts accounts;
  private final InstantSource clock;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  private record Known(Optional<String> tenant, Instant until) {}

  public TenantNames(Accounts accounts, InstantSource clock) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The account's tenant; empty where it has none, or had none a minute ago. */
  public Optional<String> of(String accountId) {
    Instant now = clock.instant();
    Known found = known.get(accountId);
    if (found == null || now.isAfter(found.until)) {
      Optional<String> tenant = accounts.find(accountId).flatMap(Account::tenant);
      found = new Known(tenant, tenant.isPresent() ? Instant.MAX : now.plus(NONE_FOR));
      if (known.size() >= MOST) {
        known.clear();
      }
      known.put(accountId, found);
    }
    return found.tenant;
  }
}
