package email.daimon.policy;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.Inflow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Rule 3.5: how many mails a day are too many. */
final class InboundRateTest {
  private static final long EVENING = Instant.parse("2026-03-16T23:59:59.999Z").toEpochMilli();

  @Test
  void aDayEndsAtMidnightUtc() {
    Inflow evening = Inflow.NONE.with(EVENING - 1).with(EVENING).announced();

    assertThat(evening).isEqualTo(new Inflow(evening.day(), 2, true));
    assertThat(evening.date()).isEqualTo(LocalDate.parse("2026-03-16"));
    assertThat(evening.with(EVENING + 1)).isEqualTo(new Inflow(evening.day() + 1, 1, false));
  }

  @Test
  void theRateItselfIsNotTooMuch() {
    InboundRate two = new InboundRate(OptionalInt.of(2));

    assertThat(two.exceededBy(new Inflow(1, 2, false))).isFalse();
    assertThat(two.exceededBy(new Inflow(1, 3, false))).isTrue();
    assertThat(new InboundRate(OptionalInt.empty()).exceededBy(new Inflow(1, 1_000_000, false)))
        .isFalse();
  }
}
