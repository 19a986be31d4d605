package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.functions.testing.RecordingSqs;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Rule 8.5: each minute is read twice, and an outage is caught up with. */
final class SweepHandlerTest {
  private final StoreTestHouse house = new StoreTestHouse();
  private final RecordingSqs queue = house.queue;

  @Test
  void dueEntryGoesToItsQueueInItsMinuteAndOnceMoreAfterIt() {
    put("one", Duration.ofSeconds(90));

    house.sweep();
    assertThat(queue.sent()).isEmpty();
    house.pass(Duration.ofMinutes(1));
    house.sweep();
    assertThat(queue.sent()).hasSize(1);
    assertThat(queue.sent().getFirst().delaySeconds()).isEqualTo(30);
    house.pass(Duration.ofMinutes(1));
    house.sweep();
    assertThat(queue.sent()).hasSize(1);
    house.pass(Duration.ofMinutes(1));
    house.sweep();
    house.pass(Duration.ofMinutes(1));
    house.sweep();

    assertThat(bodies()).containsExactly("one", "one");
  }

  @Test
  void entryThatIsTakenOutIsNotSentAgain() {
    Instant due = put("one", Duration.ofSeconds(10));
    house.sweep();
    house
        .wiring
        .transactions()
        .run(() -> {
          UnitOfWork work = new UnitOfWork();
          house.wiring.dueIndex().remove(work, due, "one");
          return new Attempt.Write<>(work, "");
        });
    house.pass(Duration.ofMinutes(5));
    house.sweep();

    assertThat(bodies()).containsExactly("one");
  }

  @Test
  void entryThatIsPutLateIsFoundByTheSecondReading() {
    house.sweep();
    put("late", Duration.ofSeconds(5));
    house.pass(Duration.ofMinutes(2));
    house.sweep();

    assertThat(bodies()).containsExactly("late");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 600})
  void nothingIsLostInAnOutage(int lookAheadSeconds) {
    StoreTestHouse house = new StoreTestHouse(lookAheadSeconds);
    Random random = new Random(7);
    List<String> all = new ArrayList<>();
    house.sweep();
    for (int i = 0; i < 100; i++) {
      String id = "s" + i;
      Duration in = Duration.ofSeconds(lookAheadSeconds + 120 + random.nextInt(3600));
      put(house, id, in);
      all.add(id);
    }
    for (int minute = 0; minute < 80; minute++) {
      house.pass(Duration.ofMinutes(1));
      if (minute < 20 || minute > 57) {
        house.sweep();
      }
    }

    assertThat(
            new TreeSet<>(
                house.queue.sent().stream()
                    .map(SendMessageRequest::messageBody)
                    // Not the hourly round, which begins here too.
                    .filter(body -> !body.startsWith("{"))
                    .toList()))
        .isEqualTo(new TreeSet<>(all));
  }

  @Test
  void theFirstSweepGoesBackToWhatIsOldest() {
    put("old", Duration.ofHours(-7));
    put("parked", Duration.between(house.now(), Sends.PARKED));
    house.sweep();
    assertThat(bodies()).contains("old");
    assertThat(house.wiring.dueIndex().mark().orElseThrow().handled())
        .isEqualTo(house.now().getEpochSecond() / 60 - 2);
  }

  @Test
  void manyOfOneMinuteAreAllSent() {
    IntStream.range(0, 200).forEach(i -> put("x" + i, Duration.ofSeconds(30)));
    house.sweep();

    assertThat(queue.sent()).hasSize(200);
  }

  private Instant put(String id, Duration in) {
    return put(house, id, in);
  }

  private static Instant put(StoreTestHouse house, String id, Duration in) {
    Instant due = house.now().plus(in);
    house
        .wiring
        .transactions()
        .run(() -> {
          UnitOfWork work = new UnitOfWork();
          house.wiring.dueIndex().put(work, new DueEntry(due, id, Jobs.QUEUE, id));
          return new Attempt.Write<>(work, "");
        });
    return due;
  }

  private List<String> bodies() {
    return queue.sent().stream().map(SendMessageRequest::messageBody).toList();
  }
}
