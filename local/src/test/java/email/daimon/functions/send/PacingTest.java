package email.daimon.functions.send;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.Wiring;
import email.daimon.functions.queue.Parallel;
import email.daimon.local.testing.EmulatedServices;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Rule 8.4: all workers together stay below SES's rate. */
final class PacingTest {
  private static final Instant START = Instant.parse("2026-11-21T10:15:30.250Z");
  private static final int RATE = 14;
  private final AtomicReference<Instant> now = new AtomicReference<>(START);
  private final Wiring wiring = EmulatedServices.shared().wiring(now::get, new Random(1));

  @Test
  void eightWorkersNeverTakeMoreThanTheRateInASecond() {
    for (int second = 0; second < 5; second++) {
      AtomicInteger taken = new AtomicInteger();
      Pacing pacing = pacing(OptionalInt.of(RATE));
      Parallel.run(
          Collections.nCopies(
              8,
              () -> {
                for (int i = 0; i < 5; i++) {
                  if (pacing.take(1).isEmpty()) {
                    taken.incrementAndGet();
                  }
                }
              }));
      assertThat(taken).hasValue(RATE);
      now.updateAndGet(instant -> instant.plusSeconds(1));
    }
  }

  @Test
  void whoGetsNoTokenWaitsForTheNextSecond() {
    Pacing pacing = pacing(OptionalInt.of(1));

    assertThat(pacing.take(1)).isEmpty();
    assertThat(pacing.take(1)).hasValue(Duration.ofMillis(750));
    now.updateAndGet(instant -> instant.plusMillis(750));
    assertThat(pacing.take(1)).isEmpty();
  }

  @Test
  void eachRecipientCounts() {
    Pacing pacing = pacing(OptionalInt.of(10));

    assertThat(pacing.take(6)).isEmpty();
    assertThat(pacing.take(6)).isPresent();
    assertThat(pacing.take(4)).isEmpty();
    now.updateAndGet(instant -> instant.plusSeconds(1));
    assertThat(pacing.take(50)).as("takes the whole second").isEmpty();
    assertThat(pacing.take(1)).isPresent();
  }

  @Test
  void withoutARateNothingIsHeldUpOrAsked() {
    double before = writes();
    Pacing pacing = pacing(OptionalInt.empty());

    assertThat(pacing.take(1_000)).isEqualTo(Optional.empty());
    assertThat(writes()).isEqualTo(before);
  }

  private Pacing pacing(OptionalInt rate) {
    return new Pacing(wiring.work(), wiring.transactions(), rate, now::get);
  }

  private static double writes() {
    return EmulatedServices.shared().usage().snapshot().getOrDefault("dynamodb.UpdateItem", 0.0);
  }
}
