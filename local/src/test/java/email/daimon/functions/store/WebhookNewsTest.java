package email.daimon.functions.store;

import static email.daimon.functions.store.HookHouse.ACCOUNT;
import static email.daimon.functions.store.HookHouse.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.Endpoint;
import email.daimon.model.Webhook;
import email.daimon.model.WebhookStatus;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WebhookNewsTest {
  private final HookHouse house = new HookHouse();
  private final Webhooks webhooks = house.wiring.hooks().webhooks();

  WebhookNewsTest() {
    house.create("wh_1");
  }

  @Test
  void itsOwnerIsToldOnceThatItFailsAndThatItIsDisabled() {
    Endpoint endpoint = house.stands("wh_1", WebhookStatus.UNHEALTHY);
    Job unhealthy = Job.parse(Job.webhookUnhealthy(endpoint, NOW, 5).json());

    assertThat(webhooks.tell(unhealthy, NOW)).isTrue();
    assertThat(webhooks.tell(unhealthy, NOW)).isFalse();
    assertThat(webhooks.failing(ACCOUNT, 9)).extracting(Webhook::id).containsExactly("wh_1");

    house.stands("wh_1", WebhookStatus.DISABLED);
    Job disabled = Job.webhookDisabled(endpoint, NOW, "failing");
    assertThat(webhooks.tell(disabled, NOW)).isTrue();
    assertThat(webhooks.tell(disabled, NOW)).isFalse();

    assertThat(house.told()).containsExactly("webhook.unhealthy", "webhook.disabled");
    Webhook webhook = webhooks.find(ACCOUNT, "wh_1").orElseThrow();
    assertThat(webhook.status()).isEqualTo(WebhookStatus.DISABLED);
    assertThat(webhook.reason()).contains("failing");
    assertThat(webhooks.routesIn(ACCOUNT, Optional.empty()).getFirst().disabled()).isTrue();
  }

  @Test
  void whatItsOwnerHasChangedMeanwhileStays() {
    Endpoint endpoint = house.stands("wh_1", WebhookStatus.DISABLED);
    Job disabled = Job.webhookDisabled(endpoint, NOW, "gone");
    house.stands("wh_1", WebhookStatus.ACTIVE);

    assertThat(webhooks.tell(disabled, NOW)).isFalse();
    assertThat(webhooks.routesIn(ACCOUNT, Optional.empty()).getFirst().disabled()).isFalse();
    assertThat(house.told()).isEmpty();
  }

  @Test
  void oneThatRecoveredIsNotAmongTheFailing() {
    Endpoint endpoint = house.stands("wh_1", WebhookStatus.UNHEALTHY);
    webhooks.tell(Job.webhookUnhealthy(endpoint, NOW, 5), NOW);
    house.stands("wh_1", WebhookStatus.ACTIVE);

    assertThat(webhooks.tell(Job.webhookRecovered(endpoint, NOW), NOW)).isTrue();
    assertThat(webhooks.failing(ACCOUNT, 9)).isEmpty();
  }
}
