package email.daimon.functions.store;

import static email.daimon.functions.store.HookHouse.ACCOUNT;
import static email.daimon.functions.store.HookHouse.NOW;
import static email.daimon.functions.store.HookHouse.moved;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.Webhooks.Changed;
import email.daimon.functions.store.Webhooks.Creation;
import email.daimon.functions.store.Webhooks.NewWebhook;
import email.daimon.functions.testing.TestWebhooks;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Endpoint;
import email.daimon.model.Webhook;
import email.daimon.model.WebhookStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Webhooks as they come, are found, and go. */
class WebhooksTest {
  private final HookHouse house = new HookHouse();
  private final Webhooks webhooks = house.wiring.hooks().webhooks();
  private final Endpoints endpoints = house.wiring.hooks().endpoints();

  {
    house.inbox("inbox_1");
    house.inbox("inbox_2");
  }

  @Test
  void onePlannerQueryForTheInboxAndOneForTheAccount() {
    house.create("wh_1", Optional.of("inbox_1"));
    house.create("wh_2", Optional.of("inbox_2"));
    house.create("wh_3", Optional.empty());
    EmulatedServices.shared().usage().reset();

    assertThat(routes("inbox_1")).containsExactly("wh_1");
    assertThat(webhooks.routesIn(ACCOUNT, Optional.empty()))
        .extracting(WebhookRoute::webhookId)
        .containsExactly("wh_3");
    assertThat(EmulatedServices.shared().usage().snapshot())
        .containsEntry("dynamodb.Query", 2.0)
        .doesNotContainKey("dynamodb.GetItem");
  }

  @Test
  void theEndpointIsThereFromTheSameMomentOn() {
    house.create("wh_1", Optional.of("inbox_1"));

    Endpoint endpoint = endpoints.find("wh_1").orElseThrow();
    assertThat(endpoint.url()).isEqualTo(HookHouse.URL);
    assertThat(endpoint.inboxId()).contains("inbox_1");
    assertThat(endpoint.secrets())
        .containsExactly(new Endpoint.Secret(TestWebhooks.bytes("secret"), Optional.empty()));
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
    IntStream.range(0, 10).forEach(i -> house.create("wh_" + i, Optional.of("inbox_1")));

    assertThat(webhooks.create(wanted("wh_x", Optional.of("inbox_1"), Optional.empty())))
        .isEqualTo(new Creation.Full(10));
    house.create("wh_y", Optional.empty());
    assertThat(webhooks.change(ACCOUNT, "wh_y", moved(Optional.of("inbox_1")), NOW))
        .isEqualTo(new Changed.Full(10));
  }

  @Test
  void nothingIsLeftOfADeletedOne() {
    house.create("wh_1", Optional.of("inbox_1"));

    assertThat(webhooks.delete(ACCOUNT, "wh_1")).isTrue();
    assertThat(webhooks.delete(ACCOUNT, "wh_1")).isFalse();
    assertThat(webhooks.find(ACCOUNT, "wh_1")).isEmpty();
    assertThat(routes("inbox_1")).isEmpty();
    assertThat(endpoints.find("wh_1")).isEmpty();
    assertThat(webhooks.change(ACCOUNT, "wh_1", WebhookChange.of(WebhookStatus.ACTIVE), NOW))
        .isInstanceOf(Changed.NoWebhook.class);
  }

  @Test
  void aListIsTheNewestFirstAndPaged() {
    IntStream.range(0, 5).forEach(i -> house.create("wh_" + i, Optional.empty()));

    assertThat(webhooks.list(ACCOUNT, Optional.empty(), 2))
        .extracting(Webhook::id)
        .containsExactly("wh_4", "wh_3");
    assertThat(webhooks.list(ACCOUNT, Optional.of("wh_3"), 10))
        .extracting(Webhook::id)
        .containsExactly("wh_2", "wh_1", "wh_0");
  }

  private List<String> routes(String inboxId) {
    return webhooks.routesIn(ACCOUNT, Optional.of(inboxId)).stream()
        .map(WebhookRoute::webhookId)
        .toList();
  }

  private static NewWebhook wanted(String id, Optional<String> inboxId, Optional<String> clientId) {
    return new NewWebhook(
        id,
        ACCOUNT,
        inboxId,
        HookHouse.URL,
        Set.of("message.received"),
        TestWebhooks.NO_SECRET.dataKey(),
        TestWebhooks.NO_SECRET.sealed(),
        clientId,
        Map.of("url", "hash"),
        NOW,
        _ -> {});
  }
}
