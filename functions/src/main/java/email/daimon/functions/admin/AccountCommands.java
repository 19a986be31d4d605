package email.daimon.functions.admin;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.Wiring;
import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.ApiKeys;
import email.daimon.functions.store.FeedGrowth;
import email.daimon.functions.store.Inboxes;
import email.daimon.functions.store.IssuedKey;
import email.daimon.functions.store.TierChange;
import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.ApiKey;
import email.daimon.model.Ids;
import email.daimon.model.Inbox;
import email.daimon.model.Tier;
import email.daimon.policy.FeedSpread;
import email.daimon.policy.TierLimits;
import email.daimon.wire.AccountJson;
import email.daimon.wire.Json;
import email.daimon.wire.KeyJson;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;

/** The commands about accounts. */
final class AccountCommands {
  private static final int PAGE = 100;
  private static final String SOON = "The functions know it within five seconds.\n";
  private final Accounts accounts;
  private final Inboxes inboxes;
  private final ApiKeys keys;
  private final Ids ids;
  private final InstantSource clock;
  private final FeedGrowth growth;

  AccountCommands(Wiring wiring) {
    this.accounts = wiring.accounts();
    this.inboxes = wiring.inboxes();
    this.keys = wiring.apiKeys();
    this.ids = wiring.ids();
    this.clock = wiring.clock();
    this.growth = wiring.feedGrowth();
  }

  Report list(String after) {
    List<Account> page = accounts.list(after, PAGE);
    var array = Json.array();
    TextTable table = new TextTable("ACCOUNT", "TIER", "STATUS", "INBOXES", "CREATED");
    for (Account account : page) {
      array.add(
          Json.object()
              .put("id", account.id())
              .put("tier", account.tier().wireName())
              .put("status", account.status().wireName())
              .put("inbox_count", account.inboxCount())
              .put("created_at", Json.time(account.createdAt())));
      table.row(
          account.id(),
          account.tier().wireName(),
          account.status().wireName(),
          Integer.toString(account.inboxCount()),
          Json.time(account.createdAt()));
    }
    ObjectNode result = Json.object();
    result.set("accounts", array);
    boolean more = page.size() == PAGE;
    result.set("next_after", Json.text(more ? Optional.of(page.getLast().id()) : Optional.empty()));
    String rest = more ? "More: account list " + page.getLast().id() + "\n" : "";
    return new Report(result, table.text() + rest);
  }

  Report show(String name) {
    Account account = found(name);
    ObjectNode result = json(account);
    TextTable table = new TextTable("KEY", "SCOPE", "BEGINS", "STATUS", "NAME");
    var array = Json.array();
    for (ApiKey key : allKeys(account.id())) {
      array.add(KeyJson.of(key));
      String status = key.revokedAt().isPresent() ? "revoked" : "active";
      table.row(key.id(), key.scope().wireName(), key.hint(), status, key.name());
    }
    result.set("keys", array);
    return new Report(result, facts(account, result) + "\n" + table.text());
  }

  Report setTier(String name, String tierName) {
    Tier tier =
        Tier.parse(tierName)
            .orElseThrow(() ->
                new AdminException(
                    "no tier %s: there are free, developer, growth, enterprise"
                        .formatted(tierName)));
    Account before = found(name);
    TierChange change =
        TierChange.byOperator(before.id(), tier, UUID.randomUUID().toString(), clock.instant());
    return switch (accounts.changeTier(change)) {
      case TierChange.Outcome.Changed(Account account) ->
          new Report(
              json(account),
              "%s: %s is now %s. Nothing was charged.\n"
                      .formatted(account.id(), before.tier().wireName(), tier.wireName())
                  + SOON);
      case TierChange.Outcome.Unchanged(Account account) ->
          new Report(json(account), "%s has that tier.\n".formatted(account.id()));
      case TierChange.Outcome.LinkUsed(Account account) ->
          throw new IllegalStateException("no link, " + account.id());
      case TierChange.Outcome.NoAccount() -> throw none(name);
    };
  }

  Report spread(String name, String number) {
    int partitions = number.matches("[0-9]{1,2}") ? Integer.parseInt(number) : 0;
    if (partitions < 2 || partitions > FeedSpread.MOST) {
      throw new AdminException("partitions are 2 to %d".formatted(FeedSpread.MOST));
    }
    Account before = found(name);
    Account after = growth.grow(before.id(), partitions).orElseThrow(() -> none(name));
    if (after.feed().equals(before.feed())) {
      throw new AdminException(
          before.feed().moves()
              ? "%s is being spread over %d partitions: once that is done, again"
                  .formatted(before.id(), before.feed().shards())
              : "%s has %d partitions: they only grow"
                  .formatted(before.id(), before.feed().shards()));
    }
    return new Report(
        json(after),
        "%s: threads go to %d partitions from now on, events from tomorrow on.\n"
                .formatted(after.id(), partitions)
            + "Those it has are moved by a job that begins in two minutes.\n");
  }

  Report suspend(String name) {
    return status(
        name, AccountStatus.SUSPENDED, "The API refuses its keys; mail is still received.\n");
  }

  Report resume(String name) {
    return status(name, AccountStatus.ACTIVE, "");
  }

  private Report status(String name, AccountStatus status, String consequence) {
    Account account =
        accounts.setStatus(found(name).id(), status, clock.instant()).orElseThrow(() -> none(name));
    return new Report(
        json(account),
        "%s is %s.\n".formatted(account.id(), account.status().wireName()) + consequence + SOON);
  }

  /** The seed's rotation: one new account key, and every earlier one is dead. */
  Report rotateKeys(String name) {
    Account account = found(name);
    List<ApiKey> before =
        allKeys(account.id()).stream()
            .filter(key -> key.scope() == ApiKey.Scope.ACCOUNT && key.revokedAt().isEmpty())
            .toList();
    IssuedKey next = make(account, ApiKey.Scope.ACCOUNT, Optional.empty(), "account key");
    keys.issue(List.of(next), _ -> {});
    List<String> revoked = new ArrayList<>();
    for (ApiKey key : before) {
      keys.revoke(account.id(), key.id(), clock.instant());
      revoked.add(key.id());
    }
    return issued(account, next, revoked);
  }

  Report rotateKey(String name, String keyId) {
    Account account = found(name);
    ApiKey old =
        keys.find(account.id(), keyId)
            .filter(key -> key.revokedAt().isEmpty())
            .orElseThrow(
                () -> new AdminException("no live key %s in %s".formatted(keyId, account.id())));
    IssuedKey next = make(account, old.scope(), old.inboxId(), old.name());
    if (!keys.rotate(old, next, clock.instant(), _ -> {})) {
      throw new AdminException("key %s was revoked meanwhile".formatted(keyId));
    }
    return issued(account, next, List.of(old.id()));
  }

  private static Report issued(Account account, IssuedKey key, List<String> revoked) {
    ObjectNode result = Json.object().put("account_id", account.id());
    result.setAll(KeyJson.issued(key.key(), key.secret()));
    result.set("revoked", Json.texts(revoked));
    return new Report(
        result,
        "A new key of %s, shown this once: %s\n".formatted(account.id(), key.secret())
            + "Revoked: %s\n".formatted(revoked.isEmpty() ? "none" : String.join(", ", revoked)));
  }

  private IssuedKey make(
      Account account, ApiKey.Scope scope, Optional<String> inboxId, String name) {
    return IssuedKey.make(ids, account.id(), account.tier(), scope, inboxId, name, clock.instant());
  }

  private Account found(String name) {
    Optional<String> id =
        name.startsWith("acc_")
            ? Optional.of(name)
            : (name.startsWith("inbox_") ? inboxes.find(name) : inboxes.findByAddress(name))
                .map(Inbox::accountId);
    return id.flatMap(accounts::find).orElseThrow(() -> none(name));
  }

  private static AdminException none(String name) {
    return new AdminException("no account %s".formatted(name));
  }

  private List<ApiKey> allKeys(String accountId) {
    List<ApiKey> all = new ArrayList<>();
    List<ApiKey> page;
    do {
      page = keys.list(accountId, all.isEmpty() ? "" : all.getLast().id(), PAGE);
      all.addAll(page);
    } while (page.size() == PAGE);
    return all;
  }

  private ObjectNode json(Account account) {
    Instant now = clock.instant();
    return AccountJson.of(account, accounts.sent(account.id(), now));
  }

  private static String facts(Account account, ObjectNode json) {
    TierLimits limits = TierLimits.of(account.tier());
    return new TextTable("account", account.id())
        .row("tier", account.tier().wireName())
        .row("status", account.status().wireName())
        .row("created", Json.time(account.createdAt()))
        .row("inboxes", account.inboxCount() + " of " + number(limits.inboxes()))
        .row(
            "sends today",
            json.at("/limits/current_sends_today").asText() + " of " + number(limits.sendsPerDay()))
        .row("customer", json.at("/billing/stripe_customer_id").asText("none"))
        .row("subscription", json.at("/billing/subscription_status").asText())
        .text();
  }

  private static String number(OptionalInt limit) {
    return limit.isPresent() ? "%,d".formatted(limit.getAsInt()) : "any number";
  }
}
