package email.daimon.functions.store;

import static email.daimon.functions.store.HookHouse.ACCOUNT;
import static email.daimon.functions.store.HookHouse.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.testing.DyingClients;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.Tier;
import email.daimon.model.Webhook;
import email.daimon.model.WebhookDelivery;
import email.daimon.model.WebhookStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The free tier has no webhooks; those of an account that falls back to it wait for the next. */
class WebhooksOfTierTest {
  private final HookHouse house = new HookHouse();

  @Test
  void onTheFreeTierNoneIsCalled() {
    house.create("wh_1");
    WebhookDelivery open = house.deliver("wh_1", NOW.minusSeconds(5), DeliveryStatus.PENDING);

    house.run(house.wiring, put(Tier.FREE));

    Webhook webhook = webhook("wh_1");
    assertThat(webhook.status()).isEqualTo(WebhookStatus.DISABLED);
    assertThat(webhook.reason()).contains("tier");
    assertThat(house.wiring.hooks().webhooks().routesIn(ACCOUNT, Optional.empty()))
        .extracting(route -> route.hears("message.received"))
        .containsExactly(Optional.empty());
    WebhookDelivery closed =
        house.wiring.hooks().deliveries().find("wh_1", open.eventId()).orElseThrow();
    assertThat(closed.status()).isEqualTo(DeliveryStatus.FAILED);
    assertThat(closed.reason()).contains(WebhookDelivery.DISABLED);
  }

  @Test
  void anUpgradeBringsBackThoseThatTheTierHasPaused() {
    List.of("wh_1", "wh_2", "wh_3").forEach(house::create);
    disable("wh_2");
    house.run(house.wiring, put(Tier.FREE));
    disable("wh_3");

    house.run(house.wiring, put(Tier.GROWTH));

    assertThat(webhook("wh_1").status()).isEqualTo(WebhookStatus.ACTIVE);
    assertThat(webhook("wh_1").reason()).isEmpty();
    assertThat(webhook("wh_2").status())
        .as("its owner did it before")
        .isEqualTo(WebhookStatus.DISABLED);
    assertThat(webhook("wh_3").status())
        .as("its owner did it since")
        .isEqualTo(WebhookStatus.DISABLED);
  }

  @Test
  void betweenPaidTiersNothingIsToBeDone() {
    change(house, Tier.GROWTH);

    assertThat(jobs(house)).isEmpty();
  }

  @Test
  void jobsInTheWrongOrderEndWithTheTierThatIs() {
    house.create("wh_1");
    Job down = put(Tier.FREE);
    Job up = put(Tier.DEVELOPER);

    house.run(house.wiring, up);
    house.run(house.wiring, down);

    assertThat(webhook("wh_1").status()).isEqualTo(WebhookStatus.ACTIVE);
  }

  @Test
  void moreThanAChunkAreAllPaused() {
    IntStream.range(100, 130).forEach(i -> house.create("wh_" + i));

    house.run(house.wiring, put(Tier.FREE));

    assertThat(reasons(house)).hasSize(30).containsOnly(Optional.of("tier"));
  }

  @Test
  void killedAnywhereAllArePaused() {
    int calls = 0;
    for (int last = 0; last == 0 || last <= calls; last += 3) {
      HookHouse other = new HookHouse();
      List.of("wh_1", "wh_2").forEach(other::create);
      Job job = put(other, Tier.FREE);
      DyingClients dying = new DyingClients(last == 0 ? Integer.MAX_VALUE : last);
      try {
        other.run(other.wiring(dying::of), job);
      } catch (DyingClients.Killed _) {
        other.run(other.wiring, job);
      }
      calls = Math.max(calls, dying.calls());

      assertThat(reasons(other))
          .as("killed after call %s", last)
          .containsExactly(Optional.of("tier"), Optional.of("tier"));
    }
    assertThat(calls).isGreaterThan(8);
  }

  private static List<Optional<String>> reasons(HookHouse house) {
    return house.wiring.hooks().webhooks().list(ACCOUNT, Optional.empty(), 50).stream()
        .map(Webhook::reason)
        .toList();
  }

  private Job put(Tier tier) {
    return put(house, tier);
  }

  /** Changes the tier, and gives the job that is due then. */
  private static Job put(HookHouse house, Tier tier) {
    house.now = house.now.plus(Duration.ofMinutes(3));
    change(house, tier);
    return jobs(house).getFirst();
  }

  private static void change(HookHouse house, Tier tier) {
    var _ =
        house
            .wiring
            .accounts()
            .changeTier(TierChange.byOperator(ACCOUNT, tier, tier.wireName(), house.now));
  }

  private static List<Job> jobs(HookHouse house) {
    return house.wiring.dueIndex().dueIn(house.now.getEpochSecond() / 60).stream()
        .filter(entry -> entry.queue().equals(Jobs.QUEUE))
        .map(entry -> Job.parse(entry.body()))
        .filter(job -> job.type() == Job.Type.WEBHOOKS_OF_TIER)
        .toList();
  }

  private void disable(String id) {
    var _ =
        house
            .wiring
            .hooks()
            .webhooks()
            .change(ACCOUNT, id, WebhookChange.of(WebhookStatus.DISABLED), house.now);
  }

  private Webhook webhook(String id) {
    return house.wiring.hooks().webhooks().find(ACCOUNT, id).orElseThrow();
  }
}
