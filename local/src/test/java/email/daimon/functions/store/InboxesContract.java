package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.Inboxes.Allowance;
import email.daimon.functions.store.Inboxes.Creation;
import email.daimon.functions.store.Inboxes.NewInbox;
import email.daimon.functions.testing.TestAccounts;
import email.daimon.model.Account;
import email.daimon.model.ApiKey;
import email.daimon.model.Inbox;
import email.daimon.model.Tier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every store of inboxes, and of the keys that come with them, has to do. */
abstract class InboxesContract {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  /** A store with nothing in it. */
  abstract Wiring wiring();

  @Test
  void anInboxComesWithAccountAddressAndKeys() {
    Wiring wiring = wiring();
    Inbox inbox = inbox(wiring, "acc_a", "whole");
    IssuedKey key = key(wiring, inbox);
    assertThat(open(wiring, inbox, List.of(key))).isInstanceOf(Creation.Created.class);
    assertThat(wiring.inboxes().find(inbox.id())).contains(inbox);
    assertThat(wiring.inboxes().findByAddress("Whole+x@daimon.email")).contains(inbox);
    assertThat(wiring.accounts().find("acc_a").orElseThrow().inboxCount()).isEqualTo(1);
    assertThat(wiring.apiKeys().authenticate(key.secret())).contains(key.key());
    assertThat(wiring.apiKeys().authenticate(key.secret() + "x")).isEmpty();
  }

  @Test
  void theSameCreationAgainIsTheSame() {
    Wiring wiring = wiring();
    Inbox inbox = inbox(wiring, "acc_a", "again");
    open(wiring, inbox, List.of());
    assertThat(open(wiring, inbox, List.of())).isInstanceOf(Creation.Created.class);
    assertThat(wiring.accounts().find("acc_a").orElseThrow().inboxCount()).isEqualTo(1);
  }

  @Test
  void anAddressHasOneOwner() throws ExecutionException, InterruptedException {
    Wiring wiring = wiring();
    List<Future<Creation>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 12; i++) {
        Inbox inbox = inbox(wiring, "acc_" + i, "wanted");
        running.add(threads.submit(() -> open(wiring, inbox, List.of())));
      }
    }
    int made = 0;
    for (Future<Creation> each : running) {
      made += each.get() instanceof Creation.Created ? 1 : 0;
    }
    assertThat(made).isEqualTo(1);
  }

  @Test
  void theCountIsExactUnderCompetition() throws ExecutionException, InterruptedException {
    Wiring wiring = wiring();
    open(wiring, inbox(wiring, "acc_c", "count-0"), List.of());
    List<Future<Creation>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (int i = 1; i <= 12; i++) {
        Inbox inbox = inbox(wiring, "acc_c", "count-" + i);
        running.add(threads.submit(() -> join(wiring, inbox, 10)));
      }
    }
    int made = 1;
    for (Future<Creation> each : running) {
      made += each.get() instanceof Creation.Created ? 1 : 0;
    }
    assertThat(made).isEqualTo(10);
    assertThat(wiring.accounts().find("acc_c").orElseThrow().inboxCount()).isEqualTo(10);
    assertThat(wiring.inboxes().list("acc_c", "", 100).rows()).hasSize(10);
  }

  @Test
  void aDeletionIsAtOnceAndOnce() {
    Wiring wiring = wiring();
    Inbox inbox = inbox(wiring, "acc_d", "deleted");
    IssuedKey key = key(wiring, inbox);
    open(wiring, inbox, List.of(key));
    Inboxes inboxes = wiring.inboxes();
    List<String> also = new ArrayList<>();
    assertThat(inboxes.delete(inbox.id(), NOW, _ -> also.add("asked"))).isPresent();
    assertThat(inboxes.delete(inbox.id(), NOW, _ -> {})).isEmpty();
    assertThat(also).isNotEmpty();
    assertThat(inboxes.find(inbox.id())).isEmpty();
    assertThat(inboxes.findByAddress("deleted@daimon.email")).isEmpty();
    assertThat(inboxes.list("acc_d", "", 10).rows()).isEmpty();
    assertThat(wiring.accounts().find("acc_d").orElseThrow().inboxCount()).isZero();
    assertThat(wiring.apiKeys().revokeAll(inbox.id(), NOW)).isEqualTo(1);
    assertThat(wiring.apiKeys().revokeAll(inbox.id(), NOW)).isZero();
    assertThat(wiring.apiKeys().authenticate(key.secret())).isEmpty();
    assertThat(open(wiring, inbox(wiring, "acc_e", "deleted"), List.of()))
        .isInstanceOf(Creation.Taken.class);
    assertThat(join(wiring, inbox(wiring, "acc_d", "deleted"), 10))
        .isInstanceOf(Creation.Created.class);
  }

  @Test
  void anAllowanceIsExact() {
    Wiring wiring = wiring();
    for (int i = 0; i < 3; i++) {
      assertThat(spend(wiring, "spend-" + i)).isInstanceOf(Creation.Created.class);
    }
    assertThat(spend(wiring, "spend-3")).isEqualTo(new Creation.TooMany(3, NOW));
  }

  @Test
  void aChangeKeepsWhatItDoesNotName() {
    Wiring wiring = wiring();
    Inbox inbox = inbox(wiring, "acc_f", "changed");
    open(wiring, inbox, List.of());
    wiring.inboxes().update(inbox.id(), kept -> named(kept, "One"));
    wiring.inboxes().update(inbox.id(), kept -> named(kept, "Two"));
    Inbox changed = wiring.inboxes().find(inbox.id()).orElseThrow();
    assertThat(changed.displayName()).contains("Two");
    assertThat(changed.username()).isEqualTo("changed");
    assertThat(wiring.inboxes().update("inbox_never", kept -> kept)).isEmpty();
  }

  @Test
  void aRotatedKeyHasOneSuccessor() {
    Wiring wiring = wiring();
    Inbox inbox = inbox(wiring, "acc_g", "rotated");
    IssuedKey old = key(wiring, inbox);
    open(wiring, inbox, List.of(old));
    IssuedKey next = key(wiring, inbox);
    ApiKeys keys = wiring.apiKeys();
    assertThat(keys.rotate(old.key(), next, NOW, _ -> {})).isTrue();
    assertThat(keys.rotate(old.key(), next, NOW, _ -> {})).isTrue();
    assertThat(keys.rotate(old.key(), key(wiring, inbox), NOW, _ -> {})).isFalse();
    assertThat(keys.authenticate(old.secret())).isEmpty();
    assertThat(keys.authenticate(next.secret())).isPresent();
    assertThat(keys.list("acc_g", "", 10)).hasSize(2);
  }

  private static Creation open(Wiring wiring, Inbox inbox, List<IssuedKey> keys) {
    return wiring
        .inboxes()
        .create(
            new NewInbox(
                inbox,
                Optional.of(account(inbox.accountId())),
                keys,
                OptionalInt.of(10),
                Map.of(),
                Optional.empty(),
                _ -> {}));
  }

  private static Creation join(Wiring wiring, Inbox inbox, int most) {
    return wiring
        .inboxes()
        .create(
            new NewInbox(
                inbox,
                Optional.empty(),
                List.of(),
                OptionalInt.of(most),
                Map.of(),
                Optional.empty(),
                _ -> {}));
  }

  private static Creation spend(Wiring wiring, String username) {
    Inbox inbox = inbox(wiring, "acc_" + username, username);
    return wiring
        .inboxes()
        .create(
            new NewInbox(
                inbox,
                Optional.of(account(inbox.accountId())),
                List.of(),
                OptionalInt.of(10),
                Map.of(),
                Optional.of(new Allowance("192.0.2.1", 3, Duration.ofHours(1))),
                _ -> {}));
  }

  private static IssuedKey key(Wiring wiring, Inbox inbox) {
    return IssuedKey.make(
        wiring.ids(),
        inbox.accountId(),
        Tier.FREE,
        ApiKey.Scope.INBOX,
        Optional.of(inbox.id()),
        "key",
        NOW);
  }

  private static Account account(String id) {
    return TestAccounts.account(id, NOW);
  }

  private static Inbox inbox(Wiring wiring, String accountId, String username) {
    return TestAccounts.inbox(wiring.ids().next("inbox", NOW), accountId, username, NOW);
  }

  private static Inbox named(Inbox kept, String name) {
    return new Inbox(
        kept.id(),
        kept.accountId(),
        kept.username(),
        kept.domain(),
        Optional.of(name),
        kept.status(),
        kept.clientId(),
        kept.metadata(),
        kept.dailySendLimit(),
        kept.receiveRules(),
        kept.createdAt(),
        Optional.of(NOW),
        kept.deletedAt());
  }
}
