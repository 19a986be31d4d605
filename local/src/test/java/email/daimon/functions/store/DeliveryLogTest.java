package email.daimon.functions.store;

import static email.daimon.functions.store.HookHouse.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.DeliveryLog.Stretch;
import email.daimon.functions.testing.ShortPages;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.WebhookDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeliveryLogTest {
  private static final Instant START = NOW.minus(Duration.ofDays(29));
  private final HookHouse house = new HookHouse();

  @Test
  void inOrderFromEitherEndWhateverThePages() {
    List<String> all =
        IntStream.of(0, 1, 2, 59, 60, 61, 500, 501, 9_000, 20_000, 40_000)
            .mapToObj(minute -> START.plus(Duration.ofMinutes(minute)))
            .map(at -> house.deliver("wh_1", at, DeliveryStatus.DELIVERED).eventId())
            .toList();
    for (int most : List.of(1, 2, 3, 100)) {
      assertThat(read(new Stretch("wh_1", START, NOW, false), most)).isEqualTo(all);
      assertThat(read(new Stretch("wh_1", START, NOW, true), most)).isEqualTo(all.reversed());
    }
    assertThat(read(new Stretch("wh_2", START, NOW, true), 100)).isEmpty();
  }

  @Test
  void sinceIsInAndUntilIsOut() {
    List<String> all =
        IntStream.range(0, 5)
            .mapToObj(hour -> START.plus(Duration.ofHours(hour)))
            .map(at -> house.deliver("wh_1", at, DeliveryStatus.DELIVERED).eventId())
            .toList();
    Stretch middle =
        new Stretch("wh_1", START.plus(Duration.ofHours(1)), START.plus(Duration.ofHours(4)), true);

    assertThat(read(middle, 2)).isEqualTo(all.subList(1, 4).reversed());
  }

  @Test
  void hoursInWhichNothingHappenedCostNothing() {
    house.deliver("wh_1", START, DeliveryStatus.DELIVERED);
    house.deliver("wh_1", NOW.minusSeconds(60), DeliveryStatus.DELIVERED);
    EmulatedServices.shared().usage().reset();

    var page =
        house
            .wiring
            .hooks()
            .deliveries()
            .log()
            .page(new Stretch("wh_1", START, NOW, true), Optional.empty(), 20);

    assertThat(page.deliveries()).hasSize(2);
    assertThat(page.next()).isEmpty();
    assertThat(EmulatedServices.shared().usage().snapshot()).containsEntry("dynamodb.Query", 3.0);
  }

  @Test
  void moreHoursThanOneCallReadsAreReadByTheNext() {
    List<String> all =
        IntStream.range(0, 60)
            .mapToObj(hour -> START.plus(Duration.ofHours(hour)))
            .map(at -> house.deliver("wh_1", at, DeliveryStatus.DELIVERED).eventId())
            .toList();

    assertThat(read(new Stretch("wh_1", START, NOW, true), 100)).isEqualTo(all.reversed());
    assertThat(read(new Stretch("wh_1", START, NOW, false), 100)).isEqualTo(all);
  }

  @Test
  void largeRowsOfWhichFewFitIntoAPageOfTheTableAreAllRead() {
    List<String> all =
        IntStream.range(0, 12)
            .mapToObj(i -> START.plus(Duration.ofMinutes(10L * i)))
            .map(at -> house.deliver("wh_1", at, DeliveryStatus.DELIVERED).eventId())
            .toList();
    DeliveryLog log = house.wiring(new ShortPages(2)::of).hooks().deliveries().log();

    for (int most : List.of(1, 5, 100)) {
      assertThat(read(log, new Stretch("wh_1", START, NOW, false), most)).isEqualTo(all);
      assertThat(read(log, new Stretch("wh_1", START, NOW, true), most)).isEqualTo(all.reversed());
    }
  }

  private List<String> read(Stretch stretch, int most) {
    return read(house.wiring.hooks().deliveries().log(), stretch, most);
  }

  private static List<String> read(DeliveryLog log, Stretch stretch, int most) {
    List<String> read = new ArrayList<>();
    Optional<String> place = Optional.empty();
    do {
      DeliveryLog.Page page = log.page(stretch, place, most);
      assertThat(page.deliveries()).hasSizeLessThanOrEqualTo(most);
      page.deliveries().stream().map(WebhookDelivery::eventId).forEach(read::add);
      place = page.next();
    } while (place.isPresent());
    return read;
  }
}
