package email.daimon.functions.store;

import static email.daimon.functions.store.HookHouse.ACCOUNT;
import static email.daimon.functions.store.HookHouse.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.Replay.Which;
import email.daimon.functions.testing.DyingClients;
import email.daimon.functions.testing.ShortPages;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.Event;
import email.daimon.model.EventType;
import email.daimon.model.WebhookDelivery;
import email.daimon.model.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplayJobTest {
  private static final Instant START = NOW.minus(Duration.ofDays(2));
  private static final Map<Which, List<Integer>> MEANT =
      Map.of(
          Which.ALL, List.of(0, 1, 2, 3, 4),
          Which.UNDELIVERED, List.of(1, 2, 4),
          Which.FAILED, List.of(1, 4),
          Which.DELIVERED, List.of(0, 3));

  /** Delivered, failed, never told, delivered, failed; then events of other kinds and times. */
  private static List<Event> happen(HookHouse house) {
    house.create("wh_1");
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      Event event = house.happen(EventType.MESSAGE_RECEIVED, START.plus(Duration.ofHours(9L * i)));
      events.add(event);
      if (i != 2) {
        plan(house, event, i % 3 == 0 ? DeliveryStatus.DELIVERED : DeliveryStatus.FAILED);
      }
    }
    house.happen(EventType.MESSAGE_SENT, START.plus(Duration.ofHours(1)));
    plan(
        house,
        house.happen(EventType.MESSAGE_RECEIVED, START.minusSeconds(1)),
        DeliveryStatus.FAILED);
    return events;
  }

  private static void plan(HookHouse house, Event event, DeliveryStatus status) {
    WebhookDelivery planned = WebhookDelivery.planned("wh_1", event, event.type(), event.at());
    house
        .wiring
        .hooks()
        .deliveries()
        .plan(
            new WebhookDelivery(
                planned.webhookId(),
                planned.eventId(),
                planned.eventType(),
                planned.inboxId(),
                planned.messageId(),
                status,
                0,
                1,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                planned.createdAt(),
                1));
  }

  private static Replay replay(Which which) {
    return new Replay(
        "wh_1", ACCOUNT, Optional.empty(), Set.of("message.received"), which, START, NOW, NOW);
  }

  @Test
  void whatIsMeantIsToldAgainUnderItsIdAndNothingElse() {
    MEANT.forEach((which, meant) -> {
      HookHouse house = new HookHouse();
      List<Event> events = happen(house);

      house.run(house.wiring, replay(which).job("job_1"));

      assertThat(house.calls.stream().map(call -> call.eventId().orElseThrow()))
          .as(which.text())
          .containsExactlyElementsOf(meant.stream().map(i -> events.get(i).id()).toList());
      for (int i = 0; i < events.size(); i++) {
        Optional<WebhookDelivery> row =
            house.wiring.hooks().deliveries().find("wh_1", events.get(i).id());
        boolean open = row.filter(Deliveries::open).isPresent();
        assertThat(open).as(which + " " + i).isEqualTo(meant.contains(i));
      }
    });
  }

  @Test
  void theBodyOfWhatWasNeverToldIsMade() {
    HookHouse house = new HookHouse();
    List<Event> events = happen(house);

    house.run(house.wiring, replay(Which.UNDELIVERED).job("job_1"));

    assertThat(house.wiring.hooks().eventBodies().find(events.get(2).id())).isPresent();
  }

  @Test
  void aDisabledWebhookIsToldNothing() {
    HookHouse house = new HookHouse();
    happen(house);
    house.stands("wh_1", WebhookStatus.DISABLED);

    house.run(house.wiring, replay(Which.ALL).job("job_1"));

    assertThat(house.calls).isEmpty();
  }

  @Test
  void manyGoInPartsOfTwentyFiveASecond() {
    HookHouse house = new HookHouse();
    house.create("wh_1");
    IntStream.range(0, 60)
        .forEach(i -> house.happen(EventType.MESSAGE_RECEIVED, START.plusSeconds(i)));
    house.wiring.jobQueue().enqueue(List.of(replay(Which.ALL).job("job_1")));

    house.step(house.wiring);
    assertThat(house.calls).hasSize(25);
    assertThat(house.queue.sent()).singleElement().matches(again -> again.delaySeconds() == 1);
    house.runOn(house.wiring);
    assertThat(house.calls).hasSize(60).doesNotHaveDuplicates();
  }

  @Test
  void noneIsLeftOutWhereFewFitIntoAPageOfTheTable() {
    HookHouse house = new HookHouse();
    house.create("wh_1");
    IntStream.range(0, 30)
        .forEach(i -> house.happen(EventType.MESSAGE_RECEIVED, START.plusSeconds(i)));

    house.run(house.wiring(new ShortPages(4)::of), replay(Which.ALL).job("job_1"));

    assertThat(house.calls).hasSize(30).doesNotHaveDuplicates();
  }

  @Test
  void killedAnywhereEachIsToldInOneRoundMore() {
    int calls = 0;
    for (int last = 0; last <= calls; last++) {
      HookHouse house = new HookHouse();
      List<Event> events = happen(house);
      Job job = replay(Which.ALL).job("job_1");
      DyingClients dying = new DyingClients(last == 0 ? Integer.MAX_VALUE : last);
      try {
        house.run(house.wiring(dying::of), job);
      } catch (DyingClients.Killed _) {
        house.run(house.wiring, job);
      }
      calls = Math.max(calls, dying.calls());

      Map<String, Integer> rounds = new TreeMap<>();
      events.forEach(event ->
          house
              .wiring
              .hooks()
              .deliveries()
              .find("wh_1", event.id())
              .ifPresent(row -> rounds.put(event.id(), row.round())));
      assertThat(rounds.values()).as("killed after call %s", last).containsExactly(1, 1, 0, 1, 1);
      assertThat(house.calls.stream().map(call -> call.eventId().orElseThrow()))
          .containsAll(events.stream().map(Event::id).toList());
    }
    assertThat(calls).isGreaterThan(8);
  }
}
