package email.daimon.functions.store;

import email.daimon.model.Account;
import email.daimon.model.Event;
import email.daimon.model.EventType;
import email.daimon.model.Ids;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One commit's events of an account that belong to no inbox: their times and numbers come from the
 * account's own counters, {@code A#id / SEQ}. The commit holds only if these are still as read.
 */
final class AccountLedger {
  private final Table mail;
  private final Account account;
  private final Instant now;
  private final long version;
  private long time;
  private long sequence;

  /**
   * @param counters the item as read; none where nothing has happened to the account
   */
  AccountLedger(Table mail, Account account, Optional<Item> counters, Instant now) {
    this.mail = mail;
    this.account = account;
    this.now = now;
    this.version = counters.map(item -> item.number("version")).orElse(0L);
    this.time = counters.map(item -> item.number("time")).orElse(0L);
    this.sequence = counters.map(item -> item.number("sequence")).orElse(0L);
  }

  /** Puts an event row into the work, later than every other of this account. */
  AccountLedger append(UnitOfWork work, EventType type, Map<String, String> detail) {
    sequence++;
    time = Math.max(now.toEpochMilli(), time + 1);
    Instant at = Instant.ofEpochMilli(time);
    Event event =
        new Event(
            Ids.deterministicAt("evt", at, account.id(), Long.toString(sequence)),
            account.id(),
            type.wireName(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            sequence,
            at,
            detail);
    work.put(mail, EventCodec.item(event, account.eventShards()));
    return this;
  }

  /** Puts the counters into the work, on the condition that they are as read. */
  void commit(UnitOfWork work) {
    work.putVersion(
        mail,
        Item.of(Keys.account(account.id()), Keys.SEQ)
            .number("version", version + 1)
            .number("time", time)
            .number("sequence", sequence),
        version);
  }
}
