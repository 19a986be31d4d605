package email.daimon.functions.store;

import email.daimon.functions.store.TierChange.Outcome;
import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.EventType;
import email.daimon.model.ReceiveRules;
import email.daimon.model.Subscription;
import email.daimon.model.Tier;
import email.daimon.policy.SendTally;
import email.daimon.policy.TierLimits;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Changes tier and status of an account, each in one transaction with its event. Only the
 * attributes concerned are touched: inboxes are counted on the same item meanwhile.
 */
final class AccountChanges {
  private static final String ATTEMPT = "tierAttempt";
  private final Table mail;
  private final Table work;
  private final Transactions transactions;
  private final Jobs jobs;

  AccountChanges(Table mail, Table work, Transactions transactions) {
    this.mail = mail;
    this.work = work;
    this.transactions = transactions;
    this.jobs = new Jobs(work, new DueIndex(work, transactions), transactions);
  }

  Outcome changeTier(TierChange change) {
    return transactions.run(() ->
        Seen.read(mail, change.accountId())
            .map(seen -> attempt(change, seen))
            .orElseGet(() -> new Attempt.Done<>(new Outcome.NoAccount())));
  }

  Optional<Account> setStatus(String accountId, AccountStatus status, Instant now) {
    return transactions.run(() -> {
      Optional<Seen> seen = Seen.read(mail, accountId);
      Optional<Account> account = seen.map(Seen::account);
      if (account.isEmpty() || account.get().status() == status) {
        return new Attempt.Done<>(account);
      }
      UnitOfWork unit = unit(seen.get(), status, Map.of(), now);
      return new Attempt.Write<>(unit, Optional.of(account.get().withStatus(status)));
    });
  }

  Optional<Account> setReceiveRules(String accountId, ReceiveRules rules) {
    return transactions.run(() -> {
      Optional<Account> account = Seen.read(mail, accountId).map(Seen::account);
      if (account.isEmpty() || account.get().receiveRules().equals(rules)) {
        return new Attempt.Done<>(account);
      }
      UnitOfWork unit = new UnitOfWork();
      unit.update(
          mail,
          Item.key(Keys.account(accountId), Keys.META),
          "SET #allow = :allow, #block = :block",
          "attribute_exists(pk)",
          Map.of(":allow", Item.list(rules.allow()), ":block", Item.list(rules.block())),
          Map.of("#allow", AccountCodec.ALLOW, "#block", AccountCodec.BLOCK));
      return new Attempt.Write<>(unit, account.map(before -> before.withReceiveRules(rules)));
    });
  }

  void setTenant(String accountId, String tenant) {
    transactions.run(() -> {
      if (Seen.read(mail, accountId).isEmpty()) {
        return new Attempt.Done<>(tenant);
      }
      UnitOfWork unit = new UnitOfWork();
      unit.update(
          mail,
          Item.key(Keys.account(accountId), Keys.META),
          "SET #tenant = :tenant",
          "attribute_exists(pk)",
          Map.of(":tenant", AttributeValue.fromS(tenant)),
          Map.of("#tenant", AccountCodec.TENANT));
      return new Attempt.Write<>(unit, tenant);
    });
  }

  /** Puts an active account under review where its figures ask for it; empty where not. */
  Optional<SendTally> review(String accountId, Supplier<SendTally> figures, Instant now) {
    return transactions.run(() -> {
      Optional<Seen> seen = Seen.read(mail, accountId);
      SendTally tally = figures.get();
      boolean active =
          seen.filter(one -> one.account().status() == AccountStatus.ACTIVE).isPresent();
      if (!active || !tally.tooMuch()) {
        return new Attempt.Done<>(Optional.empty());
      }
      Map<String, String> detail =
          Map.of(
              "sent", Long.toString(tally.sent()),
              "bounced", Long.toString(tally.bounced()),
              "complaints", Long.toString(tally.complaints()));
      UnitOfWork unit = unit(seen.get(), AccountStatus.UNDER_REVIEW, detail, now);
      return new Attempt.Write<>(unit, Optional.of(tally));
    });
  }

  private UnitOfWork unit(Seen seen, AccountStatus status, Map<String, String> more, Instant now) {
    Account before = seen.account();
    Map<String, String> detail = new HashMap<>(more);
    detail.put("from", before.status().wireName());
    detail.put("to", status.wireName());
    UnitOfWork unit = new UnitOfWork();
    unit.update(
        mail,
        Item.key(Keys.account(before.id()), Keys.META),
        "SET #status = :to",
        "#status = :from",
        Map.of(":to", name(status), ":from", name(before.status())),
        Map.of("#status", "status"));
    new AccountLedger(mail, before, seen.counters, now)
        .append(unit, type(status), detail)
        .commit(unit);
    return unit;
  }

  boolean used(TierChange.Link link) {
    return work.get(Keys.usedLink(link.sha256()), Keys.META).isPresent();
  }

  /** The account's items, read strongly in one call. */
  private record Seen(Item meta, Optional<Item> counters) {
    static Optional<Seen> read(Table mail, String accountId) {
      String pk = Keys.account(accountId);
      Map<String, Item> found =
          mail.getAll(List.of(Item.key(pk, Keys.META), Item.key(pk, Keys.SEQ))).stream()
              .collect(Collectors.toMap(item -> item.text("sk"), item -> item));
      return Optional.ofNullable(found.get(Keys.META))
          .map(meta -> new Seen(meta, Optional.ofNullable(found.get(Keys.SEQ))));
    }

    Account account() {
      return AccountCodec.account(meta);
    }
  }

  private Attempt<Outcome> attempt(TierChange change, Seen seen) {
    Account before = seen.account();
    if (seen.meta.text(ATTEMPT).equals(change.attempt())) {
      return new Attempt.Done<>(new Outcome.Changed(before));
    }
    if (change.link().filter(this::used).isPresent()) {
      return new Attempt.Done<>(new Outcome.LinkUsed(before));
    }
    UnitOfWork unit = new UnitOfWork();
    int step = change.to().compareTo(before.tier());
    if (step == 0 || (step < 0 && !change.mayLower())) {
      change.also().accept(unit, before);
      Outcome same = new Outcome.Unchanged(before);
      return unit.size() == 0 ? new Attempt.Done<>(same) : new Attempt.Write<>(unit, same);
    }
    Subscription subscription = change.subscription().orElseGet(() -> kept(change.to(), before));
    Account after = before.onTier(change.to(), subscription);
    update(unit, change, before, after);
    new AccountLedger(mail, before, seen.counters, change.now())
        .append(
            unit,
            step > 0 ? EventType.ACCOUNT_UPGRADED : EventType.ACCOUNT_DOWNGRADED,
            Map.of("from", before.tier().wireName(), "to", change.to().wireName()))
        .commit(unit);
    change.link().ifPresent(link -> unit.putNew(work, use(link, change)));
    if (webhooks(before) != webhooks(after)) {
      jobs.leave(unit, Job.webhooksOfTier(after.id(), change.attempt()), change.now());
    }
    change.also().accept(unit, after);
    return new Attempt.Write<>(unit, new Outcome.Changed(after));
  }

  private static boolean webhooks(Account account) {
    return TierLimits.of(account.tier()).webhooks();
  }

  // On the free tier nothing is paid, whatever was before.
  private static Subscription kept(Tier to, Account before) {
    return to == Tier.FREE
        ? new Subscription(before.subscription().customerId(), Optional.empty())
        : before.subscription();
  }

  private void update(UnitOfWork unit, TierChange change, Account before, Account after) {
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":from", name(before.tier()));
    values.put(":to", name(after.tier()));
    values.put(":attempt", AttributeValue.fromS(change.attempt()));
    StringBuilder set = new StringBuilder("SET tier = :to, " + ATTEMPT + " = :attempt");
    StringBuilder remove = new StringBuilder();
    Map<String, Optional<String>> texts =
        Map.of(
            AccountCodec.CUSTOMER_ID, after.subscription().customerId(),
            AccountCodec.SUBSCRIPTION_STATUS, after.subscription().status());
    texts.forEach((attribute, text) -> {
      if (text.isPresent()) {
        set.append(", ").append(attribute).append(" = :").append(attribute);
        values.put(":" + attribute, AttributeValue.fromS(text.get()));
      } else {
        remove.append(remove.isEmpty() ? " REMOVE " : ", ").append(attribute);
      }
    });
    unit.update(
        mail,
        Item.key(Keys.account(before.id()), Keys.META),
        set.append(remove).toString(),
        "tier = :from",
        values,
        Map.of());
  }

  private static Item use(TierChange.Link link, TierChange change) {
    return Item.of(Keys.usedLink(link.sha256()), Keys.META)
        .text("accountId", change.accountId())
        .text("attempt", change.attempt())
        .number(Keys.EXPIRES_AT, link.expiresAt().getEpochSecond());
  }

  private static EventType type(AccountStatus status) {
    return switch (status) {
      case ACTIVE -> EventType.ACCOUNT_RESUMED;
      case UNDER_REVIEW -> EventType.ACCOUNT_UNDER_REVIEW;
      case SUSPENDED -> EventType.ACCOUNT_SUSPENDED;
    };
  }

  private static AttributeValue name(Enum<?> value) {
    return AttributeValue.fromS(value.name());
  }
}
