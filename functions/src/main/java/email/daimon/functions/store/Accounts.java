package email.daimon.functions.store;

import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.ReceiveRules;
import email.daimon.policy.SendTally;
import email.daimon.wire.AccountJson.Sent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The accounts. They are made together with their first inbox, by {@link Inboxes#create}. */
public interface Accounts {
  /** The account as it is now. */
  Optional<Account> find(String accountId);

  /** What it has sent, and how much of it today by UTC. */
  Sent sent(String accountId, Instant now);

  /** The figures that it was put under review for; else those of its last seven days. */
  SendTally judged(String accountId, Instant now);

  /**
   * The accounts in the order of their ids, after {@code afterAccountId}: empty, from the first.
   */
  List<Account> list(String afterAccountId, int most);

  /**
   * Changes the tier, with its event, in one transaction. The same change again changes nothing.
   */
  TierChange.Outcome changeTier(TierChange change);

  /** Whether an upgrade link has done its work. */
  boolean used(TierChange.Link link);

  /**
   * Changes the status, with its event; empty where there is no such account. One that becomes
   * active again is judged from then on only by what it sends later.
   */
  Optional<Account> setStatus(String accountId, AccountStatus status, Instant now);

  /** Changes whom all inboxes listen to; empty where there is no such account. */
  Optional<Account> setReceiveRules(String accountId, ReceiveRules rules);

  /** Remembers the account's tenant at SES; nothing where there is no such account. */
  void setTenant(String accountId, String tenant);
}
