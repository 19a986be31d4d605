package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.local.services.Usage;
import email.daimon.local.testing.EmulatedServices;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** So many requests a key and time, each counted by one write; nothing at all where that is off. */
final class RequestRateTest {
  private static final int BURST = 10;
  private static final Duration WINDOW = Duration.ofSeconds(5);

  @Test
  void aKeyThatAsksTooOftenIsToldHowLongToWait() {
    TestApi api = new TestApi(Map.of("REQUEST_RATE", "2", "REQUEST_BURST", "10"));
    Opened own = api.open("hasty");
    Opened other = api.open("patient");
    toStartOfWindow(api);
    for (int i = 0; i < BURST; i++) {
      assertThat(account(api, own).status()).isEqualTo(200);
    }
    Answer refused = account(api, own);
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.error()).isEqualTo("RATE_LIMIT_EXCEEDED");
    assertThat(refused.json().path("code").asText()).isEqualTo("REQUEST_RATE");
    assertThat(Integer.parseInt(refused.headers().get("Retry-After"))).isBetween(1, 5);
    assertThat(account(api, other).status()).as("another key").isEqualTo(200);
    assertThat(api.call(get("/v1/account").key("dm_free_nobody")).status()).isEqualTo(401);
    api.clock.advance(WINDOW);
    assertThat(account(api, own).status()).isEqualTo(200);
  }

  @Test
  void itCostsOneWriteAndNoneWhereItIsOff() {
    assertThat(writes(new TestApi())).isZero();
    assertThat(writes(new TestApi(Map.of("REQUEST_RATE", "20")))).isEqualTo(1);
  }

  private static double writes(TestApi api) {
    Opened own = api.open("counted");
    account(api, own);
    Usage usage = EmulatedServices.shared().usage();
    usage.reset();
    account(api, own);
    return usage.snapshot().getOrDefault("dynamodb.UpdateItem", 0.0);
  }

  // The clock runs on: begin where a whole window lies ahead.
  private static void toStartOfWindow(TestApi api) {
    Instant now = api.clock.instant();
    long into = now.toEpochMilli() % WINDOW.toMillis();
    api.clock.advance(Duration.ofMillis(WINDOW.toMillis() - into));
  }

  private static Answer account(TestApi api, Opened own) {
    return api.call(get("/v1/account").key(own.accountKey()));
  }
}
