package email.daimon.functions.store;

import static email.daimon.functions.store.HookHouse.ACCOUNT;
import static email.daimon.functions.store.HookHouse.NOW;
import static email.daimon.functions.store.HookHouse.events;
import static email.daimon.functions.store.HookHouse.moved;
import static email.daimon.functions.store.HookHouse.url;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.Webhooks.Changed;
import email.daimon.functions.store.Webhooks.NewSecret;
import email.daimon.functions.testing.TestWebhooks;
import email.daimon.model.Endpoint;
import email.daimon.model.Webhook;
import email.daimon.model.WebhookHealth;
import email.daimon.model.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What owners change about webhooks, and what follows from it. */
class WebhookChangesTest {
  private final HookHouse house = new HookHouse();
  private final Webhooks webhooks = house.wiring.hooks().webhooks();
  private final Endpoints endpoints = house.wiring.hooks().endpoints();

  {
    house.inbox("inbox_1");
    house.inbox("inbox_2");
  }

  @Test
  void aMoveTakesTheRouteAlong() {
    house.create("wh_1", Optional.of("inbox_1"));

    change("wh_1", moved(Optional.of("inbox_2")));
    assertThat(routes(Optional.of("inbox_1"))).isEmpty();
    assertThat(routes(Optional.of("inbox_2"))).containsExactly("wh_1");
    change("wh_1", moved(Optional.empty()));
    assertThat(routes(Optional.of("inbox_2"))).isEmpty();
    assertThat(routes(Optional.empty())).containsExactly("wh_1");
    assertThat(endpoints.find("wh_1").orElseThrow().inboxId()).isEmpty();
  }

  @Test
  void aChangeOfTheUrlLeavesTheHealthAlone() {
    house.create("wh_1", Optional.empty());
    house.stands("wh_1", WebhookStatus.UNHEALTHY);

    change("wh_1", url("https://hooks.example.com/b"));

    Endpoint endpoint = endpoints.find("wh_1").orElseThrow();
    assertThat(endpoint.url()).isEqualTo("https://hooks.example.com/b");
    assertThat(endpoint.status()).isEqualTo(WebhookStatus.UNHEALTHY);
    assertThat(endpoint.health().failuresInRow()).isEqualTo(7);
    assertThat(webhooks.find(ACCOUNT, "wh_1").orElseThrow().status())
        .isEqualTo(WebhookStatus.UNHEALTHY);
  }

  @Test
  void activeBeginsAnew() {
    house.create("wh_1", Optional.empty());
    house.stands("wh_1", WebhookStatus.UNHEALTHY);

    change("wh_1", WebhookChange.of(WebhookStatus.ACTIVE));

    Endpoint endpoint = endpoints.find("wh_1").orElseThrow();
    assertThat(endpoint.status()).isEqualTo(WebhookStatus.ACTIVE);
    assertThat(endpoint.health()).isEqualTo(WebhookHealth.UNTRIED);
  }

  @Test
  void aDisabledOneHearsOfNothing() {
    house.create("wh_1", Optional.empty());

    Changed done = webhooks.change(ACCOUNT, "wh_1", WebhookChange.of(WebhookStatus.DISABLED), NOW);

    assertThat(webhooks.routesIn(ACCOUNT, Optional.empty()))
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
    house.create("wh_1", Optional.empty());
    for (String secret : List.of("two", "three", "four")) {
      assertThat(webhooks.rotate(ACCOUNT, "wh_1", secret(secret), NOW)).isTrue();
    }

    Optional<Instant> tomorrow = Optional.of(NOW.plus(Duration.ofHours(24)));
    assertThat(endpoints.find("wh_1").orElseThrow().secrets())
        .containsExactly(
            new Endpoint.Secret(TestWebhooks.bytes("four"), Optional.empty()),
            new Endpoint.Secret(TestWebhooks.bytes("three"), tomorrow),
            new Endpoint.Secret(TestWebhooks.bytes("two"), tomorrow));
    assertThat(webhooks.find(ACCOUNT, "wh_1").orElseThrow().previousSecretUntil())
        .isEqualTo(tomorrow);
  }

  @Test
  void changesAtOnceAreAllThere() {
    house.create("wh_1", Optional.empty());
    List<CompletableFuture<Changed>> changes =
        Stream.of(
                WebhookChange.of(WebhookStatus.DISABLED),
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
    assertThat(webhooks.routesIn(ACCOUNT, Optional.of("inbox_2")))
        .containsExactly(
            new WebhookRoute("wh_1", Optional.of("inbox_2"), Set.of("message.bounced"), true));
  }

  @Test
  void thoseOfADeletedInboxArePaused() {
    house.create("wh_1", Optional.of("inbox_1"));
    house.create("wh_2", Optional.empty());
    house.deleteInbox("inbox_1");

    assertThat(webhooks.pauseOf(ACCOUNT, "inbox_1", NOW)).hasSize(1);
    assertThat(webhooks.pauseOf(ACCOUNT, "inbox_1", NOW)).isEmpty();
    assertThat(webhooks.find(ACCOUNT, "wh_1").orElseThrow().reason())
        .contains(Webhooks.INBOX_DELETED);
    assertThat(webhooks.find(ACCOUNT, "wh_2").orElseThrow().status())
        .isEqualTo(WebhookStatus.ACTIVE);
    assertThat(webhooks.change(ACCOUNT, "wh_1", WebhookChange.of(WebhookStatus.ACTIVE), NOW))
        .isInstanceOf(Changed.NoInbox.class);
    change("wh_1", moved(Optional.empty()));
    change("wh_1", WebhookChange.of(WebhookStatus.ACTIVE));
    assertThat(routes(Optional.empty())).containsExactlyInAnyOrder("wh_1", "wh_2");
    assertThat(routes(Optional.of("inbox_2"))).isEmpty();
  }

  private List<String> routes(Optional<String> inboxId) {
    return webhooks.routesIn(ACCOUNT, inboxId).stream().map(WebhookRoute::webhookId).toList();
  }

  private void change(String id, WebhookChange change) {
    assertThat(webhooks.change(ACCOUNT, id, change, NOW)).isInstanceOf(Changed.Done.class);
  }

  private static NewSecret secret(String text) {
    return new NewSecret(TestWebhooks.bytes("key"), TestWebhooks.bytes(text), _ -> {});
  }
}
