package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.SealedBytes;
import java.util.Map;
import java.util.Optional;

/** The data key of each account, encrypted: {@code A#id / DATAKEY}, made once and never changed. */
public final class AccountDataKeys {
  private static final String SK = "DATAKEY";
  private final Table mail;
  private final Transactions transactions;

  public AccountDataKeys(Table mail, Transactions transactions) {
    this.mail = requireNonNull(mail, "mail is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  public Optional<SealedBytes> find(String accountId) {
    return mail.get(Keys.account(accountId), SK).map(AccountDataKeys::key);
  }

  /**
   * Keeps a key, where the account has none yet.
   *
   * @return the one that is kept
   */
  public SealedBytes keep(String accountId, SealedBytes key) {
    Item item = Item.of(Keys.account(accountId), SK).bytes("key", key.bytes());
    return transactions
        .putIf(mail, item, "attribute_not_exists(pk)", Map.of())
        .map(AccountDataKeys::key)
        .orElse(key);
  }

  private static SealedBytes key(Item item) {
    return new SealedBytes(item.bytes("key"));
  }
}
