package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * What an account has altogether, {@code A#id / TOTALS}: for accounts with too many inboxes to add
 * up at each call. Function {@code jobs} adds up every night.
 */
public final class AccountTotals {
  /** Up to so many inboxes their counters are added up at each call. */
  public static final int MOST_ADDED_UP = 100;

  private static final String TOTALS = "TOTALS";
  private final Table mail;
  private final Transactions transactions;

  public AccountTotals(Table mail, Transactions transactions) {
    this.mail = requireNonNull(mail, "mail is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  /** The threads of all inboxes when they were last added up; empty before the first time. */
  public OptionalLong threads(String accountId) {
    return mail.get(Keys.account(accountId), TOTALS)
        .map(item -> OptionalLong.of(item.number("threads")))
        .orElseGet(OptionalLong::empty);
  }

  void keep(String accountId, long threads, Instant at) {
    transactions.put(
        mail,
        Item.of(Keys.account(accountId), TOTALS).number("threads", threads).time("countedAt", at));
  }
}
