package email.daimon.functions.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.WebhookCall;
import email.daimon.functions.store.WebhookChange;
import email.daimon.functions.testing.TestWebhooks;
import email.daimon.model.AttemptOutcome;
import email.daimon.model.DeliveryAttempt;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.WebhookDelivery;
import email.daimon.model.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliverHandlerTest {
  private final AtomicInteger status = new AtomicInteger(200);
  private final Map<String, Integer> taken = new ConcurrentHashMap<>();
  private final StrangeServer server =
      new StrangeServer((call, out) -> {
        if (status.get() == 200) {
          taken.merge(call.headers().get("webhook-id"), 1, Integer::sum);
        }
        StrangeServer.answer(out, status.get(), "said", "Retry-After: 3600");
      });
  private final WebhookHouse house = new WebhookHouse();
  private final String webhook = house.webhook(server.url());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anEventIsToldAndThatIsWrittenDown() {
    String event = house.tell(webhook);
    Instant begun = house.now();

    house.pass(Duration.ofSeconds(1));

    WebhookDelivery row = row(event);
    assertThat(row.status()).isEqualTo(DeliveryStatus.DELIVERED);
    DeliveryAttempt attempt = row.attempts().getFirst();
    assertThat(attempt.number()).isEqualTo(1);
    assertThat(attempt.at()).isEqualTo(begun);
    assertThat(attempt.outcome()).isEqualTo(AttemptOutcome.OK);
    assertThat(attempt.status()).isEqualTo(200);
    assertThat(attempt.answer()).isEqualTo("said");
    assertThat(house.endpoint(webhook).health().lastDeliveredAt()).contains(begun);
    assertThat(house.waiting()).isZero();
  }

  @Test
  void aDoubledMessageDoesNothingMore() {
    String event = house.tell(webhook);
    house.pass(Duration.ofSeconds(1));
    house.send(webhook, event);
    house.pass(Duration.ofSeconds(1));

    assertThat(server.received()).hasSize(1);
    assertThat(row(event).attempts()).hasSize(1);
    assertThat(house.waiting()).isZero();
  }

  @Test
  void whatFailsIsTriedAgainByTheSchedule() {
    status.set(500);
    String event = house.tell(webhook);
    house.pass(Duration.ofSeconds(1));
    assertThat(row(event).status()).isEqualTo(DeliveryStatus.PENDING);
    assertThat(delay(row(event))).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(6));

    house.pass(Duration.ofMinutes(7));
    house.pass(Duration.ofMinutes(40));
    assertThat(row(event).tried()).isEqualTo(4);
    assertThat(delay(row(event))).isBetween(Duration.ofMinutes(96), Duration.ofMinutes(144));
    assertThat(server.received())
        .extracting(call -> call.headers().get("x-daimon-delivery-attempt"))
        .containsExactly("1", "2", "3", "4");
    assertThat(server.received())
        .extracting(call -> call.headers().get("webhook-id"))
        .containsOnly(event);

    status.set(200);
    house.pass(Duration.ofHours(3));
    assertThat(row(event).status()).isEqualTo(DeliveryStatus.DELIVERED);
    assertThat(row(event).attempts()).hasSize(5);
    assertThat(house.endpoint(webhook).health().failuresInRow()).isZero();
    house.pass(Duration.ofDays(1));
    assertThat(taken).containsOnly(Map.entry(event, 1));
  }

  @Test
  void anEndpointThatWorksForOthersLosesAnEventOnlyAfterTenCalls() {
    String poison = house.tell(webhook);
    StrangeServer picky =
        new StrangeServer((call, out) ->
            StrangeServer.answer(
                out, call.headers().get("webhook-id").equals(poison) ? 500 : 200, ""));
    try (picky) {
      String other = house.webhook(picky.url());
      var _ =
          house.wiring.hooks().deliveries().plan(TestWebhooks.pending(other, poison, house.now()));
      house.send(other, poison);
      for (int hour = 0; hour < 24 * 5; hour++) {
        house.tell(other);
        house.pass(Duration.ofHours(1));
      }
      WebhookDelivery row = house.delivery(new WebhookCall(other, Optional.of(poison)));
      assertThat(row.status()).isEqualTo(DeliveryStatus.FAILED);
      assertThat(row.reason()).contains("exhausted");
      assertThat(row.tried()).isEqualTo(10);
      assertThat(house.endpoint(other).status()).isEqualTo(WebhookStatus.ACTIVE);
    }
  }

  @Test
  void anEndpointThatAsksForPatienceIsGivenSome() {
    status.set(429);
    String event = house.tell(webhook);
    house.pass(Duration.ofSeconds(1));
    assertThat(delay(row(event))).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void whatIsGoneIsDisabledAtOnce() {
    status.set(410);
    String event = house.tell(webhook);
    house.pass(Duration.ofSeconds(1));

    assertThat(house.endpoint(webhook).status()).isEqualTo(WebhookStatus.DISABLED);
    String later = house.tell(webhook);
    house.pass(Duration.ofHours(1));
    for (String each : List.of(event, later)) {
      assertThat(row(each).status()).isEqualTo(DeliveryStatus.FAILED);
      assertThat(row(each).reason()).contains("disabled");
      assertThat(row(each).attempts().getLast().outcome()).isEqualTo(AttemptOutcome.DISABLED);
    }
    assertThat(server.received()).hasSize(1);
  }

  @Test
  void whatIsDeletedIsNotCalled() {
    String event = house.tell(webhook);
    var _ = house.wiring.hooks().webhooks().delete(WebhookHouse.ACCOUNT, webhook);
    house.pass(Duration.ofSeconds(1));

    assertThat(row(event).reason()).contains("deleted");
    assertThat(server.received()).isEmpty();
  }

  @Test
  void aReceiverThatWasDownForTwoDaysIsToldEverythingOnce() {
    int events = 60;
    status.set(503);
    for (int i = 0; i < events; i++) {
      house.tell(webhook);
      house.pass(Duration.ofMinutes(i < 20 ? 1 : 45));
    }
    assertThat(house.endpoint(webhook).status()).isEqualTo(WebhookStatus.UNHEALTHY);
    house.pass(Duration.ofHours(18));
    int inVain = server.received().size();
    assertThat(taken).isEmpty();
    assertThat(inVain).as("calls of a dead endpoint within two days").isLessThan(160);

    status.set(200);
    house.pass(Duration.ofHours(1));

    assertThat(taken).hasSize(events);
    assertThat(taken.values()).containsOnly(1);
    assertThat(house.endpoint(webhook).status()).isEqualTo(WebhookStatus.ACTIVE);
    assertThat(house.rows("WP#")).isZero();
    house.pass(Duration.ofDays(2));
    assertThat(taken.values()).containsOnly(1);
    assertThat(house.failures()).isEmpty();
    assertThat(house.waiting()).isZero();
    System.out.printf(
        "two days down: %d events, %d calls in vain, all delivered once%n", events, inVain);
  }

  @Test
  void fourDaysOfNothingButFailuresDisable() {
    status.set(500);
    for (int i = 0; i < 7; i++) {
      house.tell(webhook);
    }
    house.pass(Duration.ofDays(4).minusHours(1));
    assertThat(house.endpoint(webhook).status()).isEqualTo(WebhookStatus.UNHEALTHY);
    assertThat(house.rows("WP#")).isPositive();

    house.pass(Duration.ofHours(2));
    assertThat(house.endpoint(webhook).status()).isEqualTo(WebhookStatus.DISABLED);
    assertThat(house.rows("WP#")).isZero();
    int calls = server.received().size();
    status.set(200);
    house.pass(Duration.ofDays(3));
    assertThat(server.received()).hasSize(calls);
    assertThat(taken).isEmpty();
  }

  @Test
  void whatWaitsGoesAtOnceWhenItsOwnerSaysThatTheEndpointWorks() {
    long parked = leftAlone();

    house.change(webhook, WebhookChange.of(WebhookStatus.ACTIVE));
    house.look(webhook);
    house.pass(Duration.ofSeconds(10));

    assertThat(taken).hasSize((int) parked);
    assertThat(house.rows("WP#")).isZero();
  }

  @Test
  void itGoesWithTheSweepThoughWhoSaidSoDied() {
    long parked = leftAlone();

    house.change(webhook, WebhookChange.of(WebhookStatus.ACTIVE));
    house.pass(Duration.ofMinutes(2).plusSeconds(10));

    assertThat(taken).hasSize((int) parked);
    assertThat(house.rows("WP#")).isZero();
  }

  @Test
  void fiftyLooksAtAnEndpointThatStaysDownFailNoMessage() {
    leftAlone();
    status.set(500);
    int before = server.received().size();
    while (server.received().size() < before + 50) {
      house.tell(webhook);
      house.pass(Duration.ofMinutes(15));
    }

    assertThat(house.failures()).as("messages that count a receipt").isEmpty();
    assertThat(house.endpoint(webhook).health().openUntil()).isPresent();
    long parked = house.rows("WP#");
    assertThat(parked).isGreaterThan(40);
    status.set(200);
    house.pass(Duration.ofHours(3));
    assertThat(house.rows("WP#")).isZero();
    assertThat(taken).hasSizeGreaterThanOrEqualTo((int) parked);
    assertThat(taken.values()).containsOnly(1);
  }

  /** Makes an endpoint fail until its breaker stays open for long; it works from now on. */
  private long leftAlone() {
    status.set(500);
    for (int i = 0; i < 7; i++) {
      house.tell(webhook);
    }
    Supplier<Instant> openUntil =
        () -> house.endpoint(webhook).health().openUntil().orElse(Instant.MIN);
    while (openUntil.get().isBefore(house.now().plus(Duration.ofMinutes(25)))) {
      house.pass(Duration.ofMinutes(1));
    }
    status.set(200);
    long parked = house.rows("WP#");
    assertThat(parked).isPositive();
    return parked;
  }

  private WebhookDelivery row(String event) {
    return house.delivery(new WebhookCall(webhook, Optional.of(event)));
  }

  private static Duration delay(WebhookDelivery row) {
    return Duration.between(row.attempts().getLast().at(), row.nextAttemptAt().orElseThrow());
  }
}
