package email.daimon.functions.store;

import static email.daimon.functions.store.HookHouse.ACCOUNT;
import static email.daimon.functions.store.HookHouse.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.testing.DyingClients;
import email.daimon.model.AttemptOutcome;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.Endpoint;
import email.daimon.model.WebhookDelivery;
import email.daimon.model.WebhookStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WebhookJobsTest {
  @Test
  void whatADisabledWebhookWasToHearIsGivenUp() {
    HookHouse house = new HookHouse();
    List<WebhookDelivery> open = open(house, 60);
    WebhookDelivery told = house.deliver("wh_1", NOW.minusSeconds(5), DeliveryStatus.DELIVERED);
    Endpoint endpoint = house.stands("wh_1", WebhookStatus.DISABLED);

    house.run(house.wiring, Job.webhookDisabled(endpoint, NOW, "gone"));

    assertThat(open).allSatisfy(delivery -> assertGivenUp(house, delivery));
    assertThat(house.wiring.hooks().deliveries().find("wh_1", told.eventId())).contains(told);
    assertThat(house.told()).containsExactly("webhook.disabled");
    assertThat(house.wiring.hooks().webhooks().find(ACCOUNT, "wh_1").orElseThrow().reason())
        .contains("gone");
  }

  @Test
  void whatIsActiveAgainKeepsWhatItWasToHear() {
    HookHouse house = new HookHouse();
    List<WebhookDelivery> open = open(house, 3);
    Endpoint endpoint = house.stands("wh_1", WebhookStatus.ACTIVE);

    house.run(house.wiring, Job.webhookDisabled(endpoint, NOW, "gone"));

    assertThat(open)
        .allSatisfy(delivery ->
            assertThat(house.wiring.hooks().deliveries().find("wh_1", delivery.eventId()))
                .contains(delivery));
    assertThat(house.told()).isEmpty();
  }

  @Test
  void killedAnywhereItTellsOnceAndLeavesNothingOpen() {
    int calls = 0;
    for (int last = 1; last == 1 || last <= calls; last++) {
      HookHouse house = new HookHouse();
      List<WebhookDelivery> open = open(house, 3);
      Job job = Job.webhookDisabled(house.stands("wh_1", WebhookStatus.DISABLED), NOW, "failing");
      DyingClients dying = new DyingClients(last == 1 ? Integer.MAX_VALUE : last - 1);
      try {
        house.run(house.wiring(dying::of), job);
      } catch (DyingClients.Killed _) {
        house.run(house.wiring, job);
      }
      calls = Math.max(calls, dying.calls());

      assertThat(open).allSatisfy(delivery -> assertGivenUp(house, delivery));
      assertThat(house.told()).as("killed after call %s", last - 1).hasSize(1);
    }
    assertThat(calls).isGreaterThan(8);
  }

  private static List<WebhookDelivery> open(HookHouse house, int count) {
    house.create("wh_1");
    return IntStream.range(0, count)
        .mapToObj(i ->
            house.deliver(
                "wh_1",
                NOW.minus(Duration.ofMinutes(10L + i)),
                i % 2 == 0 ? DeliveryStatus.PENDING : DeliveryStatus.PARKED))
        .toList();
  }

  private static void assertGivenUp(HookHouse house, WebhookDelivery delivery) {
    Optional<WebhookDelivery> now =
        house.wiring.hooks().deliveries().find("wh_1", delivery.eventId());
    assertThat(now.map(WebhookDelivery::status)).contains(DeliveryStatus.FAILED);
    assertThat(now.flatMap(WebhookDelivery::reason)).contains("disabled");
    assertThat(now.orElseThrow().attempts())
        .singleElement()
        .satisfies(attempt -> {
          assertThat(attempt.outcome()).isEqualTo(AttemptOutcome.DISABLED);
          assertThat(attempt.number()).isZero();
        });
  }
}
