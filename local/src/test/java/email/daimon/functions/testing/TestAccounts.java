package email.daimon.functions.testing;

import email.daimon.functions.store.Inboxes.NewInbox;
import email.daimon.functions.store.IssuedKey;
import email.daimon.model.Account;
import email.daimon.model.Inbox;
import email.daimon.model.Tier;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Accounts and inboxes of which a test says only what it looks at. */
public final class TestAccounts {
  private TestAccounts() {}

  /** One of the free tier. */
  public static Account account(String id, Instant createdAt) {
    return account(id, Tier.FREE, createdAt);
  }

  public static Account account(String id, Tier tier, Instant createdAt) {
    return Account.opened(id, tier, createdAt);
  }

  public static Inbox inbox(String id, String accountId, String username, Instant createdAt) {
    return Inbox.plain(id, accountId, username, "daimon.email", Optional.empty(), createdAt);
  }

  /** The creation of an inbox, with its account where that is new. */
  public static NewInbox opening(Inbox inbox, Optional<Account> account, IssuedKey... keys) {
    return NewInbox.unlimited(inbox, account, List.of(keys));
  }
}
