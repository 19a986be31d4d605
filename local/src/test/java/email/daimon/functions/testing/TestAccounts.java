package email.daimon.functions.testing;

import email.daimon.functions.store.Inboxes.NewInbox;
import email.daimon.functions.store.IssuedKey;
import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.Inbox;
import email.daimon.model.ReceiveRules;
import email.daimon.model.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Accounts and inboxes of which a test says only what it looks at. */
public final class TestAccounts {
  private TestAccounts() {}

  /** One of the free tier. */
  public static Account account(String id, Instant createdAt) {
    return account(id, Tier.FREE, createdAt);
  }

  public static Account account(String id, Tier tier, Instant createdAt) {
    return new Account(id, tier, AccountStatus.ACTIVE, createdAt, 1, Account.ThreadFeed.FIRST);
  }

  public static Inbox inbox(String id, String accountId, String username, Instant createdAt) {
    return new Inbox(
        id,
        accountId,
        username,
        "daimon.email",
        Optional.empty(),
        Inbox.Status.ACTIVE,
        Optional.empty(),
        Map.of(),
        OptionalInt.empty(),
        ReceiveRules.NONE,
        createdAt,
        Optional.empty(),
        Optional.empty());
  }

  /** The creation of an inbox, with its account where that is new. */
  public static NewInbox opening(Inbox inbox, Optional<Account> account, IssuedKey... keys) {
    return new NewInbox(
        inbox, account, List.of(keys), OptionalInt.empty(), Map.of(), Optional.empty(), _ -> {});
  }
}
