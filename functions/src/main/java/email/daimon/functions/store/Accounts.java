package email.daimon.functions.store;

import email.daimon.model.Account;
import email.daimon.wire.AccountJson.Sent;
import java.time.Instant;
import java.util.Optional;

/** The accounts. They are made together with their first inbox, by {@link Inboxes#create}. */
public interface Accounts {
  /** The account as it is now. */
  Optional<Account> find(String accountId);

  /** What it has sent, and how much of it today by UTC. */
  Sent sent(String accountId, Instant now);
}
