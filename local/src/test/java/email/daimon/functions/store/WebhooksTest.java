package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.Webhooks.Changed;
import email.daimon.functions.store.Webhooks.Creation;
import email.daimon.functions.store.Webhooks.NewSecret;
import email.daimon.functions.store.Webhooks.NewWebhook;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.Endpoint;
import email.daimon.model.Inbox;
import email.daimon.model.ReceiveRules;
import email.daimon.model.SealedBytes;
import email.daimon.model.Tier;
import email.daimon.model.Webhook;
import email.daimon.model.WebhookHealth;
import email.daimon.model.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class WebhooksTest {
  /** Of today: what is long over is taken out of the tables. */
  private static final Instant NOW =
      Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(10));

  private static final String ACCOUNT = "acc_1";
  private static final String URL = "https://hooks.example.com/a";
  private final Wiring wiring = EmulatedServices.shared().wiring(() -> NOW, new Random(1));
  private final Webhooks webhooks = wiring.hooks().webhooks();
  private final Endpoints endpoints = wiring.hooks().endpoints();

  WebhooksTest() {
    Account account =
        new Account(
            ACCOUNT, Tier.DEVELOPER, AccountStatus.ACTIVE, NOW, 1, Account.ThreadFeed.FIRST);
    UnitOfWork unit = new UnitOfWork();
    unit.put(wiring.mail(), AccountCodec.item(account));
    for (String inbox : List.of("inbox_1", "inbox_2")) {
      unit.put(wiring.mail(), InboxCodec.item(inbox(inbox), 1));
    }
    commit(unit);
  }

  @Test
  void onePlannerQueryForTheInboxAndOneForTheAccount() {
    create("wh_1", Optional.of("inbox_1"));
    create("wh_2", Optional.of("inbox_2"));
    create("wh_3", Optional.empty());
    EmulatedServices.shared().usage().reset();

    assertThat(routes("inbox_1")).containsExactlyInAnyOrder("wh_1", "wh_3");
    assertThat(webhooks.routes(ACCOUNT, Optional.empty()))
        .extracting(WebhookRoute::webhookId)
        .containsExactly("wh_3");
    assertThat(EmulatedServices.shared().usage().snapshot())
        .containsEntry("dynamodb.Query", 3.0)
        .doesNotContainKey("dynamodb.GetItem");
  }

  @Test
  void theEndpointIsThereFromTheSameMomentOn() {
    create("wh_1", Optional.of("inbox_1"));

    Endpoint endpoint = endpoints.find("wh_1").orElseThrow();
    assertThat(endpoint.url()).isEqualTo(URL);
    assertThat(endpoint.inboxId()).contains("inbox_1");
    assertThat(endpoint.secrets())
        .containsExactly(new Endpoint.Secret(bytes("secret"), Optional.empty()));
    assertThat(webhooks.find("acc_2", "wh_1")).isEmpty();
  }

  @Test
  void aClientIdMakesOneForEver() {
    Creation first = webhooks.create(wanted("wh_1", Optional.empty(), Optional.of("c")));
    Creation again = webhooks.create(wanted("wh_2", Optional.empty(), Optional.of("c")));
    assertThat(first).isInstanceOf(Creation.Created.class);
    assertThat(again)
        .isInstanceOfSatisfying(
            Creation.Known.class, known -> assertThat(known.webhook().id()).isEqualTo("wh_1"));

    assertThat(webhooks.delete(ACCOUNT, "wh_1")).isTrue();
    assertThat(webhooks.create(wanted("wh_3", Optional.empty(), Optional.of("c"))))
        .isInstanceOf(Creation.Retired.class);
  }

  @Test
  void noneForAnInboxThatIsAnothersOrGone() {
    assertThat(webhooks.create(wanted("wh_1", Optional.of("inbox_9"), Optional.empty())))
        .isInstanceOf(Creation.NoInbox.class);
  }

  @Test
  void tenOfAnInboxAreAllThatAreTaken() {
    IntStream.range(0, 10).forEach(i -> create("wh_" + i, Optional.of("inbox_1")));

    assertThat(webhooks.create(wanted("wh_x", Optional.of("inbox_1"), Optional.empty())))
        .isEqualTo(new Creation.Full(10));
    create("wh_y", Optional.empty());
    assertThat(webhooks.change(ACCOUNT, "wh_y", moved(Optional.of("inbox_1")), NOW))
        .isEqualTo(new Changed.Full(10));
  }

  @Test
  void aMoveTakesTheRouteAlong() {
    create("wh_1", Optional.of("inbox_1"));

    change("wh_1", moved(Optional.of("inbox_2")));
    assertThat(routes("inbox_1")).isEmpty();
    assertThat(routes("inbox_2")).containsExactly("wh_1");
    change("wh_1", moved(Optional.empty()));
    assertThat(routes("inbox_1")).containsExactly("wh_1");
    assertThat(endpoints.find("wh_1").orElseThrow().inboxId()).isEmpty();
  }

  @Test
  void aChangeOfTheUrlLeavesTheHealthAlone() {
    create("wh_1", Optional.empty());
    fails("wh_1", WebhookStatus.UNHEALTHY);

    change(
        "wh_1",
        new WebhookChange(
            Optional.of("https://hooks.example.com/b"),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));

    Endpoint endpoint = endpoints.find("wh_1").orElseThrow();
    assertThat(endpoint.url()).isEqualTo("https://hooks.example.com/b");
    assertThat(endpoint.status()).isEqualTo(WebhookStatus.UNHEALTHY);
    assertThat(endpoint.health().failuresInRow()).isEqualTo(7);
    assertThat(webhooks.find(ACCOUNT, "wh_1").orElseThrow().status())
        .isEqualTo(WebhookStatus.UNHEALTHY);
  }

  @Test
  void activeBeginsAnew() {
    create("wh_1", Optional.empty());
    fails("wh_1", WebhookStatus.UNHEALTHY);

    change("wh_1", status(WebhookStatus.ACTIVE));

    Endpoint endpoint = endpoints.find("wh_1").orElseThrow();
    assertThat(endpoint.status()).isEqualTo(WebhookStatus.ACTIVE);
    assertThat(endpoint.health()).isEqualTo(WebhookHealth.UNTRIED);
  }

  @Test
  void aDisabledOneHearsOfNothing() {
    create("wh_1", Optional.empty());

    Changed done = webhooks.change(ACCOUNT, "wh_1", status(WebhookStatus.DISABLED), NOW);

    assertThat(webhooks.routes(ACCOUNT, Optional.empty()))
        .extracting(route -> route.hears("message.received"))
        .containsExactly(Optional.empty());
    assertThat(endpoints.find("wh_1").orElseThrow().status()).isEqualTo(WebhookStatus.DISABLED);
    assertThat(done)
        .isInstanceOfSatisfying(
            Changed.Done.class,
            changed ->
                assertThat(changed.job().orElseThrow().type())
                    .isEqualTo(Job.Type.CLOSE_DELIVERIES));
  }

  @Test
  void theOldSecretSignsForADayAndThreeAtMostDo() {
    create("wh_1", Optional.empty());
    for (String secret : List.of("two", "three", "four")) {
      assertThat(webhooks.rotate(ACCOUNT, "wh_1", secret(secret), NOW)).isTrue();
    }

    Optional<Instant> tomorrow = Optional.of(NOW.plus(Duration.ofHours(24)));
    assertThat(endpoints.find("wh_1").orElseThrow().secrets())
        .containsExactly(
            new Endpoint.Secret(bytes("four"), Optional.empty()),
            new Endpoint.Secret(bytes("three"), tomorrow),
            new Endpoint.Secret(bytes("two"), tomorrow));
    assertThat(webhooks.find(ACCOUNT, "wh_1").orElseThrow().previousSecretUntil())
        .isEqualTo(tomorrow);
  }

  @Test
  void changesAtOnceAreAllThere() {
    create("wh_1", Optional.empty());
    List<CompletableFuture<Changed>> changes =
        Stream.of(
                status(WebhookStatus.DISABLED),
                moved(Optional.of("inbox_2")),
                events(Set.of("message.bounced")))
            .map(change ->
                CompletableFuture.supplyAsync(() -> webhooks.change(ACCOUNT, "wh_1", change, NOW)))
            .toList();
    changes.forEach(CompletableFuture::join);

    Webhook webhook = webhooks.find(ACCOUNT, "wh_1").orElseThrow();
    assertThat(webhook.status()).isEqualTo(WebhookStatus.DISABLED);
    assertThat(webhook.inboxId()).contains("inbox_2");
    assertThat(webhook.events()).containsExactly("message.bounced");
    assertThat(webhooks.routes(ACCOUNT, Optional.of("inbox_2")))
        .containsExactly(
            new WebhookRoute("wh_1", Optional.of("inbox_2"), Set.of("message.bounced"), true));
  }

  @Test
  void nothingIsLeftOfADeletedOne() {
    create("wh_1", Optional.of("inbox_1"));

    assertThat(webhooks.delete(ACCOUNT, "wh_1")).isTrue();
    assertThat(webhooks.delete(ACCOUNT, "wh_1")).isFalse();
    assertThat(webhooks.find(ACCOUNT, "wh_1")).isEmpty();
    assertThat(routes("inbox_1")).isEmpty();
    assertThat(endpoints.find("wh_1")).isEmpty();
    assertThat(webhooks.change(ACCOUNT, "wh_1", status(WebhookStatus.ACTIVE), NOW))
        .isInstanceOf(Changed.NoWebhook.class);
  }

  @Test
  void aListIsTheNewestFirstAndPaged() {
    IntStream.range(0, 5).forEach(i -> create("wh_" + i, Optional.empty()));

    assertThat(webhooks.list(ACCOUNT, Optional.empty(), 2))
        .extracting(Webhook::id)
        .containsExactly("wh_4", "wh_3");
    assertThat(webhooks.list(ACCOUNT, Optional.of("wh_3"), 10))
        .extracting(Webhook::id)
        .containsExactly("wh_2", "wh_1", "wh_0");
  }

  @Test
  void thoseOfADeletedInboxArePaused() {
    create("wh_1", Optional.of("inbox_1"));
    create("wh_2", Optional.empty());
    Item deleted = InboxCodec.item(inbox("inbox_1"), 2).time("deletedAt", NOW);
    commit(
        new UnitOfWork().put(wiring.mail(), deleted.text("status", Inbox.Status.DELETED.name())));

    assertThat(webhooks.pauseOf(ACCOUNT, "inbox_1", NOW)).hasSize(1);
    assertThat(webhooks.pauseOf(ACCOUNT, "inbox_1", NOW)).isEmpty();
    assertThat(webhooks.find(ACCOUNT, "wh_1").orElseThrow().reason())
        .contains(Webhooks.INBOX_DELETED);
    assertThat(webhooks.find(ACCOUNT, "wh_2").orElseThrow().status())
        .isEqualTo(WebhookStatus.ACTIVE);
    assertThat(webhooks.change(ACCOUNT, "wh_1", status(WebhookStatus.ACTIVE), NOW))
        .isInstanceOf(Changed.NoInbox.class);
    change("wh_1", moved(Optional.empty()));
    change("wh_1", status(WebhookStatus.ACTIVE));
    assertThat(routes("inbox_2")).containsExactlyInAnyOrder("wh_1", "wh_2");
  }

  private List<String> routes(String inboxId) {
    return webhooks.routes(ACCOUNT, Optional.of(inboxId)).stream()
        .map(WebhookRoute::webhookId)
        .toList();
  }

  private void create(String id, Optional<String> inboxId) {
    assertThat(webhooks.create(wanted(id, inboxId, Optional.empty())))
        .isInstanceOf(Creation.Created.class);
  }

  private void change(String id, WebhookChange change) {
    assertThat(webhooks.change(ACCOUNT, id, change, NOW)).isInstanceOf(Changed.Done.class);
  }

  /** As the function that calls webhooks leaves an endpoint. */
  private void fails(String id, WebhookStatus status) {
    Endpoint before = endpoints.find(id).orElseThrow();
    boolean fails = status != WebhookStatus.ACTIVE;
    WebhookHealth health =
        fails
            ? new WebhookHealth(
                7, Optional.of(NOW), Optional.empty(), Optional.empty(), Optional.of(NOW), 2)
            : WebhookHealth.UNTRIED;
    Endpoint after =
        new Endpoint(
            id,
            ACCOUNT,
            before.inboxId(),
            before.url(),
            status,
            health,
            before.dataKey(),
            before.secrets());
    commit(new UnitOfWork().put(wiring.work(), EndpointCodec.item(after)));
  }

  private void commit(UnitOfWork unit) {
    wiring.transactions().run(() -> new Transactions.Attempt.Write<>(unit, unit));
  }

  private static WebhookChange status(WebhookStatus status) {
    return new WebhookChange(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(status),
        Optional.empty());
  }

  private static WebhookChange moved(Optional<String> inboxId) {
    return new WebhookChange(
        Optional.empty(),
        Optional.empty(),
        Optional.of(inboxId),
        Optional.empty(),
        Optional.empty());
  }

  private static WebhookChange events(Set<String> events) {
    return new WebhookChange(
        Optional.empty(),
        Optional.of(events),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  private static NewWebhook wanted(String id, Optional<String> inboxId, Optional<String> clientId) {
    return new NewWebhook(
        id,
        ACCOUNT,
        inboxId,
        URL,
        Set.of("message.received"),
        bytes("key"),
        bytes("secret"),
        clientId,
        Map.of("url", "hash"),
        NOW,
        _ -> {});
  }

  private static NewSecret secret(String text) {
    return new NewSecret(bytes("key"), bytes(text), _ -> {});
  }

  private static SealedBytes bytes(String text) {
    return new SealedBytes(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private static Inbox inbox(String id) {
    return new Inbox(
        id,
        ACCOUNT,
        "agent",
        "daimon.email",
        Optional.empty(),
        Inbox.Status.ACTIVE,
        Optional.empty(),
        Map.of(),
        OptionalInt.empty(),
        new ReceiveRules(List.of(), List.of()),
        NOW,
        Optional.empty(),
        Optional.empty());
  }
}
