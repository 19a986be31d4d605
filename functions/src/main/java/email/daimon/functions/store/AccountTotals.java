package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What an account has altogether, {@code A#id / TOTALS}: for accounts with too many inboxes to add
 * up at each call. Function {@code jobs} adds up every night.
 */
public final class AccountTotals {
  /** Up to so many inboxes their counters are added up at each call. */
  public static final int MOST_ADDED_UP = 100;

  private static final String TOTALS = "TOTALS";
  private static final String EVENTS = "events";
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

  /**
   * Keeps what was added up.
   *
   * @param events that ever happened in the inboxes there are
   * @return how many events a day there were since the time before; empty at the first
   */
  OptionalDouble keep(String accountId, long threads, long events, Instant at) {
    Optional<Item> before = mail.get(Keys.account(accountId), TOTALS).filter(it -> it.has(EVENTS));
    transactions.put(
        mail,
        Item.of(Keys.account(accountId), TOTALS)
            .number("threads", threads)
            .number(EVENTS, events)
            .time("countedAt", at));
    return before
        .map(item -> {
          double days = Math.max(1, Duration.between(item.time("countedAt"), at).toHours() / 24.0);
          return OptionalDouble.of(Math.max(0, events - item.number(EVENTS)) / days);
        })
        .orElseGet(OptionalDouble::empty);
  }
}
