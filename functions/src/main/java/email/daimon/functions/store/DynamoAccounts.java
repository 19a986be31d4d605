package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Account;
import java.util.Optional;

/** Accounts in the table {@code mail}. */
public final class DynamoAccounts implements Accounts {
  private final Table mail;

  public DynamoAccounts(Table mail) {
    this.mail = requireNonNull(mail, "mail is null");
  }

  @Override
  public Optional<Account> find(String accountId) {
    return mail.get(Keys.account(accountId), Keys.META).map(AccountCodec::account);
  }
}
