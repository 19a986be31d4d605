package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.TierChange.Link;
import email.daimon.functions.store.TierChange.Outcome;
import email.daimon.functions.testing.TestAccounts;
import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.Event;
import email.daimon.model.Inbox;
import email.daimon.model.ReceiveRules;
import email.daimon.model.Subscription;
import email.daimon.model.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What every store of accounts has to do when tiers and statuses change. */
abstract class AccountsContract {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final Subscription PAID =
      new Subscription(Optional.of("cus_1"), Optional.of("active"));

  /** A store with nothing in it. */
  abstract Wiring wiring();

  @Test
  void aTierIsRaisedOnceWithItsEvent() {
    Wiring wiring = open("acc_a");
    TierChange change = paid("acc_a", Tier.DEVELOPER, "attempt-1");
    Outcome changed = wiring.accounts().changeTier(change);
    assertThat(changed).isInstanceOf(Outcome.Changed.class);
    assertThat(wiring.accounts().changeTier(change)).as("the very same").isEqualTo(changed);
    assertThat(wiring.accounts().changeTier(paid("acc_a", Tier.DEVELOPER, "attempt-2")))
        .isInstanceOf(Outcome.Unchanged.class);
    Account account = wiring.accounts().find("acc_a").orElseThrow();
    assertThat(account.tier()).isEqualTo(Tier.DEVELOPER);
    assertThat(account.subscription()).isEqualTo(PAID);
    assertThat(account.inboxCount()).isEqualTo(1);
    assertThat(told(wiring, "acc_a")).containsExactly("account.upgraded free→developer");
    assertThat(wiring.accounts().changeTier(paid("acc_none", Tier.GROWTH, "a")))
        .isEqualTo(new Outcome.NoAccount());
  }

  @Test
  void onlyTheOperatorLowersATier() {
    Wiring wiring = open("acc_a");
    wiring.accounts().changeTier(paid("acc_a", Tier.GROWTH, "a"));
    assertThat(wiring.accounts().changeTier(paid("acc_a", Tier.DEVELOPER, "b")))
        .isInstanceOf(Outcome.Unchanged.class);
    wiring.accounts().changeTier(TierChange.byOperator("acc_a", Tier.FREE, "c", NOW));
    Account account = wiring.accounts().find("acc_a").orElseThrow();
    assertThat(account.tier()).isEqualTo(Tier.FREE);
    assertThat(account.subscription())
        .isEqualTo(new Subscription(Optional.of("cus_1"), Optional.empty()));
    assertThat(told(wiring, "acc_a"))
        .containsExactly("account.upgraded free→growth", "account.downgraded growth→free");
  }

  @Test
  void aLinkWorksOnce() throws ExecutionException, InterruptedException {
    Wiring wiring = open("acc_a");
    Link link = new Link("hash", NOW.plusSeconds(60));
    List<Future<Outcome>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        TierChange change = by(link, Tier.DEVELOPER, "attempt-" + i);
        running.add(threads.submit(() -> wiring.accounts().changeTier(change)));
      }
    }
    int changed = 0;
    for (Future<Outcome> each : running) {
      changed += each.get() instanceof Outcome.Changed ? 1 : 0;
    }
    assertThat(changed).isEqualTo(1);
    assertThat(wiring.accounts().used(link)).isTrue();
    wiring.accounts().changeTier(TierChange.byOperator("acc_a", Tier.FREE, "down", NOW));
    assertThat(wiring.accounts().changeTier(by(link, Tier.GROWTH, "later")))
        .isInstanceOf(Outcome.LinkUsed.class);
    assertThat(wiring.accounts().find("acc_a").orElseThrow().tier()).isEqualTo(Tier.FREE);
  }

  @Test
  void inboxesAreCountedWhileTiersChange() throws ExecutionException, InterruptedException {
    Wiring wiring = open("acc_a");
    List<Future<?>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 5; i++) {
        String name = "counted-" + i;
        Tier tier = i % 2 == 0 ? Tier.GROWTH : Tier.DEVELOPER;
        TierChange change = TierChange.byOperator("acc_a", tier, "attempt-" + i, NOW);
        running.add(threads.submit(() -> create(wiring, "acc_a", name, Optional.empty())));
        running.add(threads.submit(() -> wiring.accounts().changeTier(change)));
      }
    }
    for (Future<?> each : running) {
      each.get();
    }
    assertThat(wiring.accounts().find("acc_a").orElseThrow().inboxCount()).isEqualTo(6);
    String before = "free";
    for (String event : told(wiring, "acc_a")) {
      assertThat(event).as("events in the order of what happened").contains(" " + before + "→");
      before = event.substring(event.indexOf('→') + 1);
    }
    assertThat(before).isEqualTo(wiring.accounts().find("acc_a").orElseThrow().tier().wireName());
  }

  @Test
  void aStatusIsChangedOnceWithItsEvent() {
    Wiring wiring = open("acc_a");
    for (AccountStatus status :
        List.of(
            AccountStatus.SUSPENDED,
            AccountStatus.SUSPENDED,
            AccountStatus.ACTIVE,
            AccountStatus.UNDER_REVIEW)) {
      assertThat(wiring.accounts().setStatus("acc_a", status, NOW).orElseThrow().status())
          .isEqualTo(status);
    }
    assertThat(told(wiring, "acc_a"))
        .containsExactly(
            "account.suspended active→suspended",
            "account.resumed suspended→active",
            "account.under_review active→under_review");
    assertThat(wiring.accounts().setStatus("acc_none", AccountStatus.ACTIVE, NOW)).isEmpty();
  }

  @Test
  void receiveRulesAreKeptWithoutTouchingWhatElseIsThere() {
    Wiring wiring = open("acc_a");
    ReceiveRules rules = new ReceiveRules(List.of("example.org"), List.of("a@b.example"));
    wiring.accounts().changeTier(paid("acc_a", Tier.GROWTH, "a"));
    Account before = wiring.accounts().find("acc_a").orElseThrow();

    Optional<Account> set = wiring.accounts().setReceiveRules("acc_a", rules);

    assertThat(set).contains(before.withReceiveRules(rules));
    assertThat(wiring.accounts().find("acc_a")).isEqualTo(set);
    assertThat(wiring.accounts().setReceiveRules("acc_a", ReceiveRules.NONE)).contains(before);
    assertThat(wiring.accounts().find("acc_a")).contains(before);
    assertThat(wiring.accounts().setReceiveRules("acc_none", rules)).isEmpty();
  }

  @Test
  void accountsAreListedInTheOrderOfTheirIds() {
    Wiring wiring = wiring();
    for (int i = 10; i < 25; i++) {
      create(wiring, "acc_" + i, "listed-" + i, Optional.of(account("acc_" + i)));
    }
    List<String> ids = new ArrayList<>();
    String after = "";
    List<Account> page;
    do {
      page = wiring.accounts().list(after, 4);
      page.forEach(account -> ids.add(account.id()));
      after = page.isEmpty() ? after : page.getLast().id();
    } while (!page.isEmpty());
    assertThat(ids).hasSize(15).isSorted().doesNotHaveDuplicates();
  }

  private Wiring open(String accountId) {
    Wiring wiring = wiring();
    create(wiring, accountId, "first", Optional.of(account(accountId)));
    return wiring;
  }

  private static TierChange paid(String accountId, Tier to, String attempt) {
    return new TierChange(
        accountId, to, false, Optional.of(PAID), Optional.empty(), attempt, NOW, (_, _) -> {});
  }

  private static TierChange by(Link link, Tier to, String attempt) {
    return new TierChange(
        "acc_a", to, false, Optional.of(PAID), Optional.of(link), attempt, NOW, (_, _) -> {});
  }

  private static Account account(String id) {
    return TestAccounts.account(id, NOW);
  }

  private static List<String> told(Wiring wiring, String accountId) {
    return wiring
        .mail()
        .query(query ->
            query
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(
                    Map.of(":pk", AttributeValue.fromS(Keys.events(accountId, NOW, 0)))))
        .items()
        .stream()
        .map(item -> EventCodec.event(Item.read(item)))
        .sorted(Comparator.comparing(Event::id))
        .map(event ->
            event.type() + " " + event.detail().get("from") + "→" + event.detail().get("to"))
        .toList();
  }

  private static Inboxes.Creation create(
      Wiring wiring, String accountId, String username, Optional<Account> account) {
    Inbox inbox = TestAccounts.inbox("inbox_" + username, accountId, username, NOW);
    return wiring.inboxes().create(TestAccounts.opening(inbox, account));
  }
}
