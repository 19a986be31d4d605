package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.ReceiveRules;
import email.daimon.policy.SendTally;
import email.daimon.wire.AccountJson.Sent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Accounts in the table {@code mail}. */
public final class DynamoAccounts implements Accounts {
  private final Table mail;
  private final Table work;
  private final AccountChanges changes;
  private final Reputation reputation;

  public DynamoAccounts(Table mail, Table work, Transactions transactions) {
    this.mail = requireNonNull(mail, "mail is null");
    this.work = requireNonNull(work, "work is null");
    this.changes = new AccountChanges(mail, work, requireNonNull(transactions, "transactions"));
    this.reputation = new Reputation(mail, work, transactions);
  }

  @Override
  public Optional<Account> find(String accountId) {
    return mail.get(Keys.account(accountId), Keys.META).map(AccountCodec::account);
  }

  @Override
  public Sent sent(String accountId, Instant now) {
    return new Sent(SendQuota.used(work, accountId, now), reputation.total(accountId));
  }

  @Override
  public SendTally judged(String accountId, Instant now) {
    return reputation.judged(accountId, now);
  }

  @Override
  public List<Account> list(String afterAccountId, int most) {
    List<String> ids = new ArrayList<>();
    for (int shard = 0; shard < Keys.ACCOUNT_LISTS; shard++) {
      ids.addAll(listed(Keys.accountList(shard), afterAccountId, most));
    }
    List<String> first = ids.stream().sorted().limit(most).toList();
    Map<String, Account> found =
        mail
            .getAll(first.stream().map(id -> Item.key(Keys.account(id), Keys.META)).toList())
            .stream()
            .map(AccountCodec::account)
            .collect(Collectors.toMap(Account::id, account -> account));
    return first.stream().map(found::get).flatMap(Stream::ofNullable).toList();
  }

  private List<String> listed(String partition, String afterAccountId, int most) {
    return mail
        .query(query ->
            query
                .keyConditionExpression("pk = :pk AND sk > :after")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(partition),
                        ":after",
                            AttributeValue.fromS(afterAccountId.isEmpty() ? " " : afterAccountId)))
                .consistentRead(true)
                .limit(most))
        .items()
        .stream()
        .map(item -> Item.read(item).text("sk"))
        .toList();
  }

  @Override
  public TierChange.Outcome changeTier(TierChange change) {
    return changes.changeTier(change);
  }

  @Override
  public boolean used(TierChange.Link link) {
    return changes.used(link);
  }

  @Override
  public Optional<Account> setStatus(String accountId, AccountStatus status, Instant now) {
    boolean resumes =
        status == AccountStatus.ACTIVE
            && find(accountId).filter(account -> account.status() != status).isPresent();
    if (resumes) {
      // First: an account that is active again must not be judged by what it was paused for.
      reputation.restart(accountId, now);
    }
    return changes.setStatus(accountId, status, now);
  }

  @Override
  public Optional<Account> setReceiveRules(String accountId, ReceiveRules rules) {
    return changes.setReceiveRules(accountId, rules);
  }

  @Override
  public void setTenant(String accountId, String tenant) {
    changes.setTenant(accountId, tenant);
  }
}
