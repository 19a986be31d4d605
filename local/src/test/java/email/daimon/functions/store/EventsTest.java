package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.local.services.Usage;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Event;
import email.daimon.model.EventShards;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules 7.2: whoever goes on from place to place gets each event once. */
final class EventsTest {
  private static final int INBOXES = 12;
  private final EventsHouse house = new EventsHouse();

  /** An event, and when it becomes visible. */
  private record Written(Event event, Instant visible) {}

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void nothingIsSkippedOrRepeatedHoweverLateAndSkewedItsWritersAre(long seed) {
    readsWhatIsWritten(new Random(seed), 100);
  }

  @Tag("slow")
  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void norInLongerRuns(long seed) {
    readsWhatIsWritten(new Random(seed), 400);
  }

  private void readsWhatIsWritten(Random random, int count) {
    house.shards =
        EventShards.ONE
            .from(LocalDate.parse("2046-03-16"), 2)
            .from(LocalDate.parse("2046-03-17"), 3);
    List<Written> written = written(random, count);
    Reader everything = new Reader(house.all(1 + random.nextInt(30)));
    List<Reader> ofInboxes =
        IntStream.range(0, 3).mapToObj(i -> new Reader(house.of("inbox_" + i, 3))).toList();
    int next = 0;
    while (next < written.size()) {
      house.clock.advance(Duration.ofMillis(random.nextInt(600)));
      Instant now = house.clock.instant();
      List<Event> visible = new ArrayList<>();
      while (next < written.size() && !written.get(next).visible.isAfter(now)) {
        visible.add(written.get(next++).event);
      }
      house.commit(visible.toArray(Event[]::new));
      if (random.nextInt(3) > 0) {
        everything.read();
        ofInboxes.get(random.nextInt(3)).read();
      }
    }
    everything.readAll();
    ofInboxes.forEach(Reader::readAll);

    everything.holds(written.stream().map(Written::event).toList());
    for (int i = 0; i < 3; i++) {
      String inboxId = "inbox_" + i;
      ofInboxes
          .get(i)
          .holds(
              written.stream()
                  .map(Written::event)
                  .filter(event -> event.inboxId().equals(Optional.of(inboxId)))
                  .toList());
    }
  }

  /** Goes on from where it stands. */
  private final class Reader {
    private final Events.Request request;
    private EventPlace place = EventPlace.OLDEST;
    private final List<Event> got = new ArrayList<>();

    private Reader(Events.Request request) {
      this.request = request;
    }

    private boolean read() {
      EventPage page = house.events.page(request, place);
      assertThat(page.events().size()).isLessThanOrEqualTo(request.limit());
      got.addAll(page.events());
      place = EventPlace.parse(page.next().text()).orElseThrow();
      return page.more();
    }

    private void readAll() {
      while (read()) {}
    }

    private void holds(List<Event> expected) {
      assertThat(got).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
      Map<String, Event> last = new HashMap<>();
      for (Event event : got) {
        Event before = last.put(event.inboxId().orElseThrow(), event);
        assertThat(before == null || before.sequence() + 1 == event.sequence()).isTrue();
      }
    }
  }

  /** In an inbox one after the other; each visible 0 to 8 s after its writer's clock said so. */
  private List<Written> written(Random random, int count) {
    List<Written> all = new ArrayList<>();
    Map<String, Instant> free = new HashMap<>();
    Map<String, Long> times = new HashMap<>();
    for (int i = 0; i < count; i++) {
      String inboxId = "inbox_" + random.nextInt(INBOXES);
      Instant minted =
          free.getOrDefault(inboxId, house.clock.instant()).plusMillis(random.nextInt(4_000));
      long time =
          Math.max(
              minted.toEpochMilli() + random.nextInt(2_001) - 1_000,
              times.getOrDefault(inboxId, 0L) + 1);
      Instant visible = minted.plusMillis(random.nextInt(8_001));
      free.put(inboxId, visible.plusMillis(1));
      times.put(inboxId, time);
      all.add(new Written(house.event(inboxId, Instant.ofEpochMilli(time)), visible));
    }
    all.sort(Comparator.comparing(Written::visible));
    return all;
  }

  @Test
  void itBeginsAtTheOldestThatIsKeptAndWalksTheDays() {
    Instant now = house.clock.instant();
    house.createdAt = now.minus(Duration.ofDays(40));
    Event gone = house.event("inbox_a", now.minus(Duration.ofDays(31)));
    List<Event> kept =
        List.of(
            house.event("inbox_a", now.minus(Duration.ofDays(29))),
            house.event("inbox_b", now.minus(Duration.ofDays(15))),
            house.event("inbox_a", now));
    house.commit(gone);
    kept.forEach(house::commit);

    EventPage first = house.events.page(house.all(2), EventPlace.OLDEST);
    EventPage second = house.events.page(house.all(2), first.next());

    assertThat(first.events()).containsExactlyElementsOf(kept.subList(0, 2));
    assertThat(first.more()).isTrue();
    assertThat(second.events()).containsExactly(kept.get(2));
    assertThat(second.more()).isFalse();
    assertThat(house.events.page(house.of("inbox_b", 20), EventPlace.OLDEST).events())
        .containsExactly(kept.get(1));
  }

  @Test
  void readingCostsAQueryForEachDayThatTheAccountHasSeenAndOneForNews() {
    house.createdAt = house.clock.instant().minus(Duration.ofDays(2));
    Usage usage = EmulatedServices.shared().usage();
    house.commit(house.event("inbox_a", house.clock.instant().minusSeconds(60)));

    usage.reset();
    EventPage page = house.events.page(house.all(20), EventPlace.OLDEST);
    assertThat(usage.snapshot().get("dynamodb.Query")).isLessThanOrEqualTo(5);

    house.clock.advance(Duration.ofHours(3));
    page = house.events.page(house.all(20), page.next());
    usage.reset();
    page = house.events.page(house.all(20), page.next());
    assertThat(usage.snapshot()).containsEntry("dynamodb.Query", 1.0);
    assertThat(page.readUnits()).isLessThanOrEqualTo(1);

    EventPage ofInbox = house.events.page(house.of("inbox_a", 20), EventPlace.OLDEST);
    usage.reset();
    assertThat(house.events.page(house.of("inbox_a", 20), ofInbox.next()).events()).isEmpty();
    assertThat(usage.snapshot()).doesNotContainKey("dynamodb.Query");
  }

  @Test
  void ofMoreThanAPlaceCanRememberTheLaterComeOnceTheyAreSettled() {
    int count = EventPlace.MOST + 50;
    Event[] all =
        IntStream.range(0, count)
            .mapToObj(i -> house.event("inbox_" + i, house.clock.instant().plusMillis(i)))
            .toArray(Event[]::new);
    house.commit(all);
    Reader reader = new Reader(house.all(100));

    reader.readAll();
    assertThat(reader.got).hasSize(EventPlace.MOST);
    assertThat(reader.place.text().length()).isLessThan(2_500);
    assertThat(reader.read()).isFalse();

    house.clock.advance(Duration.ofSeconds(11));
    reader.readAll();
    assertThat(reader.got).containsExactly(all);
  }

  @Test
  void nowIsBehindAllThatIsThereButNotBehindWhatComesLate() {
    Instant now = house.clock.instant();
    Event late = house.event("inbox_late", now.minusSeconds(5));
    house.commit(house.event("inbox_a", now.minusSeconds(3)), house.event("inbox_b", now));
    EventPlace place = house.events.now(house.all(20));
    EventPlace ofInbox = house.events.now(house.of("inbox_a", 20));
    assertThat(house.events.page(house.all(20), place).events()).isEmpty();

    Event fresh = house.event("inbox_a", now.plusMillis(1));
    house.commit(late);
    house.commit(fresh);

    assertThat(house.events.page(house.all(20), place).events()).containsExactly(late, fresh);
    assertThat(house.events.page(house.of("inbox_a", 20), ofInbox).events()).containsExactly(fresh);
  }

  @Test
  void oneCallReadsTwoMegabytesAtMostAndGoesOnFromThere() {
    int count = 3_000;
    Instant begin = house.clock.instant().minusSeconds(4);
    house.createdAt = begin.minusSeconds(60);
    Map<String, String> bulky = Map.of("reason", "x".repeat(800));
    Event[] all =
        IntStream.range(0, count)
            .mapToObj(i -> house.event("inbox_" + i % 7, begin.plusMillis(i), bulky))
            .toArray(Event[]::new);
    house.commit(all);
    Event wanted = all[count - 1];

    for (EventPlace place :
        List.of(
            EventPlace.OLDEST, new EventPlace(begin.minusSeconds(7).toEpochMilli(), Set.of()))) {
      EventPage tooMuch = house.events.page(house.all(20), place);
      assertThat(tooMuch.events()).as("too many to be sure of their order").isEmpty();
      assertThat(tooMuch.more()).isFalse();
    }
    house.clock.advance(Duration.ofSeconds(60));

    EventPlace place = EventPlace.OLDEST;
    List<Event> got = new ArrayList<>();
    Set<EventPlace> places = new HashSet<>();
    EventPage page;
    do {
      page = house.events.page(house.all(20, wanted::equals), place);
      assertThat(page.readUnits()).isLessThan(700);
      got.addAll(page.events());
      place = page.next();
    } while (page.more() && places.add(place));

    assertThat(got).containsExactly(wanted);
    assertThat(places).isNotEmpty();
  }
}
