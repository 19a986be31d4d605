package email.daimon.functions.store;

import email.daimon.model.Account;
import java.util.Optional;

/** The accounts. They are made together with their first inbox, by {@link Inboxes#create}. */
public interface Accounts {
  /** The account as it is now. */
  Optional<Account> find(String accountId);
}
