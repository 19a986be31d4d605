package email.daimon.functions.store;

import static email.daimon.functions.store.StoreTestHouse.INBOX;
import static email.daimon.functions.store.TestMail.named;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.Stored.Outcome;
import email.daimon.model.Event;
import email.daimon.model.Inflow;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rule 3.5: mails above an inbox's rate, while conflicts and lost answers come at random. */
final class FloodTest {
  private static final int RATE = 5;
  private final RandomFaults faults = new RandomFaults();
  private final StoreTestHouse house =
      new StoreTestHouse(Map.of("INBOUND_RATE", Integer.toString(RATE)));

  @BeforeEach
  void begin() {
    faults.begin();
  }

  @AfterEach
  void end() {
    faults.end();
  }

  @Test
  void aBatchThatCrossesTheRateIsQuietFromThereOn() {
    house.storeTogether(mails("a", 3));
    house.storeTogether(mails("b", 4));
    house.storeTogether(mails("c", 1));

    assertThat(shown())
        .containsExactly(
            "message.received",
            "message.received",
            "message.received",
            "message.received",
            "message.received",
            "message.received quiet",
            "inbox.flooded",
            "message.received quiet",
            "message.received quiet");
    assertThat(house.events())
        .extracting(Event::sequence)
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(flood().detail()).isEqualTo(Map.of("day", "2046-03-16", "rate", "5"));
    assertThat(flood().inboxId()).contains(INBOX);
    assertThat(house.mailbox.counters(INBOX).messages()).isEqualTo(8);
  }

  @Test
  void whatComesTwiceCountsOnce() {
    for (int i = 0; i < 3; i++) {
      house.storeTogether(mails("a", 3));
    }
    Stored duplicate = house.mailbox.store(named("a0").to(INBOX, "ses-other"), () -> {});
    mails("b", 2).forEach(house::store);

    assertThat(duplicate.outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(quiet()).isZero();
    assertThat(house.mailbox.counters(INBOX).inflow().mails()).isEqualTo(RATE);
    house.store(named("c"));
    assertThat(quiet()).isEqualTo(1);
  }

  @Test
  void mailThatIsKeptOutIsNoNewsAndDoesNotCount() {
    mails("a", 10).forEach(mail -> house.store(mail.labelled("blocked", "virus")));
    mails("b", RATE).forEach(mail -> house.store(mail.labelled("spam")));

    assertThat(shown()).hasSize(RATE).containsOnly("message.flagged");
    assertThat(house.messages()).hasSize(10 + RATE);
    assertThat(house.mailbox.counters(INBOX).messages()).isZero();
    house.store(named("c").labelled("virus"));
    assertThat(shown()).endsWith("message.quarantined quiet", "inbox.flooded");
  }

  @Test
  void aNewDayBeginsAtMidnightUtc() {
    mails("a", RATE + 2).forEach(house::store);
    house.pass(Duration.ofHours(13).plusMinutes(19));
    house.store(named("evening"));
    house.pass(Duration.ofMinutes(1));
    mails("b", RATE).forEach(house::store);

    assertThat(quiet()).isEqualTo(3);
    assertThat(house.mailbox.counters(INBOX).inflow()).isEqualTo(inflow("2046-03-17", RATE, false));
    mails("c", 2).forEach(house::store);
    assertThat(house.events())
        .filteredOn(event -> event.type().equals("inbox.flooded"))
        .extracting(event -> event.detail().get("day"))
        .containsExactly("2046-03-16", "2046-03-17");
  }

  @Test
  void batchesThatRaceAgreeOnWhichMailIsTheFirstTooMany() throws Exception {
    // Each has its own mailbox, as in different processes: only the counters' condition is shared.
    List<Callable<Integer>> racers = new ArrayList<>();
    for (int racer = 0; racer < 4; racer++) {
      List<TestMail> mails = mails("r" + racer + "-", 4);
      Mailbox mailbox = house.wiring.mailbox();
      racers.add(() -> {
        List<Arrival> arrivals = mails.stream().map(mail -> mail.to(INBOX)).toList();
        Map<String, Stored> together = mailbox.storeTogether(arrivals, fresh -> fresh);
        arrivals.stream()
            .filter(arrival -> !together.containsKey(arrival.message().id()))
            .forEach(arrival -> storeStubbornly(mailbox, arrival));
        return arrivals.size();
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Integer> racer : threads.invokeAll(racers)) {
        racer.get();
      }
    }

    assertThat(house.messages()).hasSize(16);
    assertThat(shown().subList(0, RATE)).containsOnly("message.received");
    assertThat(shown().get(RATE)).isEqualTo("message.received quiet");
    assertThat(quiet()).isEqualTo(16 - RATE);
    assertThat(shown()).filteredOn("inbox.flooded"::equals).hasSize(1);
    assertThat(house.mailbox.counters(INBOX).inflow()).isEqualTo(inflow("2046-03-16", 16, true));
  }

  // A deferred mail comes again by its queue.
  private static void storeStubbornly(Mailbox mailbox, Arrival arrival) {
    for (int i = 0; ; i++) {
      try {
        mailbox.store(arrival, () -> {});
        return;
      } catch (DeferredException e) {
        if (i == 10) {
          throw e;
        }
      }
    }
  }

  @Test
  void withoutARateNothingIsQuiet() {
    StoreTestHouse calm = new StoreTestHouse();
    calm.storeTogether(mails("a", RATE + 5));

    assertThat(calm.events()).hasSize(RATE + 5).noneMatch(Event::quiet);
  }

  private static Inflow inflow(String day, long mails, boolean flooded) {
    return new Inflow(LocalDate.parse(day).toEpochDay(), mails, flooded);
  }

  private static List<TestMail> mails(String name, int count) {
    return IntStream.range(0, count).mapToObj(i -> named(name + i)).toList();
  }

  private Event flood() {
    return house.events().stream()
        .filter(event -> event.type().equals("inbox.flooded"))
        .findFirst()
        .orElseThrow();
  }

  private long quiet() {
    return house.events().stream().filter(Event::quiet).count();
  }

  private List<String> shown() {
    return house.events().stream()
        .map(event -> event.type() + (event.quiet() ? " quiet" : ""))
        .toList();
  }
}
