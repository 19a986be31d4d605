package email.daimon.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebhookScheduleTest {
  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  @ParameterizedTest
  @CsvSource({
    "1, PT5S",
    "2, PT5M",
    "3, PT30M",
    "4, PT2H",
    "5, PT5H",
    "6, PT10H",
    "7, PT14H",
    "8, PT20H",
    "9, PT24H"
  })
  void eachFailureWaitsLonger(int tried, Duration delay) {
    assertThat(WebhookSchedule.delay(tried, false, Optional.empty(), 0.5)).contains(delay);
  }

  @Test
  void theTenthCallIsTheLast() {
    assertThat(WebhookSchedule.CALLS).isEqualTo(10);
    assertThat(WebhookSchedule.delay(10, true, Optional.of(Duration.ofHours(1)), 0.5)).isEmpty();
  }

  @Test
  void jitterIsTwentyPercentBothWays() {
    assertThat(WebhookSchedule.delay(2, false, Optional.empty(), 0))
        .contains(Duration.ofMinutes(4));
    assertThat(WebhookSchedule.delay(2, false, Optional.empty(), 1))
        .contains(Duration.ofMinutes(6));
  }

  @ParameterizedTest
  @CsvSource({
    // tried, overloaded, wish, delay
    "1, true, , PT60S",
    "1, true, PT10S, PT60S",
    "1, true, PT90S, PT90S",
    "1, true, PT1H, PT120S",
    "1, false, PT8S, PT8S",
    "1, false, PT1H, PT10S",
    "2, true, PT1S, PT5M",
    "2, true, PT7M, PT7M",
    "2, true, PT24H, PT10M"
  })
  void whatTheEndpointAsksForIsGrantedWithinBounds(
      int tried, boolean overloaded, Duration wish, Duration delay) {
    assertThat(WebhookSchedule.delay(tried, overloaded, Optional.ofNullable(wish), 0.5))
        .contains(delay);
  }

  @Test
  void retryAfterIsSecondsOrADate() {
    assertThat(WebhookSchedule.wish("120", NOW)).contains(Duration.ofMinutes(2));
    assertThat(WebhookSchedule.wish(" Sat, 21 Nov 2026 12:05:00 GMT ", NOW))
        .contains(Duration.ofMinutes(5));
    assertThat(WebhookSchedule.wish("Sat, 21 Nov 2026 11:05:00 GMT", NOW)).contains(Duration.ZERO);
    assertThat(WebhookSchedule.wish("soon", NOW)).isEmpty();
    assertThat(WebhookSchedule.wish("-1", NOW)).isEmpty();
    assertThat(WebhookSchedule.wish("99999999999999999999", NOW)).isEmpty();
  }
}
