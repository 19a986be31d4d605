package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Account;
import email.daimon.wire.AccountJson.Sent;
import java.time.Instant;
import java.util.Optional;

/** Accounts in the table {@code mail}. */
public final class DynamoAccounts implements Accounts {
  private static final String SENT = "SENT";
  private final Table mail;
  private final Table work;

  public DynamoAccounts(Table mail, Table work) {
    this.mail = requireNonNull(mail, "mail is null");
    this.work = requireNonNull(work, "work is null");
  }

  @Override
  public Optional<Account> find(String accountId) {
    return mail.get(Keys.account(accountId), Keys.META).map(AccountCodec::account);
  }

  @Override
  public Sent sent(String accountId, Instant now) {
    Optional<Item> account = mail.get(Keys.account(accountId), Keys.META);
    return new Sent(
        work.get(Keys.sends(accountId, now), SENT).map(item -> item.number("n")).orElse(0L),
        account.map(item -> item.number("totalSent")).orElse(0L),
        account.map(item -> item.number("totalBounced")).orElse(0L),
        account.map(item -> item.number("totalComplaints")).orElse(0L));
  }
}
