package email.daimon.functions.sweep;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.Job;
import email.daimon.functions.store.Job.Type;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RoundsTest {
  @ParameterizedTest
  @CsvSource({
    "2026-11-21T12:08:00Z, 1,    ''",
    "2026-11-21T12:09:00Z, 1,    UNPROCESSED_MAIL",
    "2026-11-21T12:10:00Z, 1,    ''",
    "2026-11-21T12:10:00Z, 180,  UNPROCESSED_MAIL",
    "2026-11-22T03:09:00Z, 1,    UNPROCESSED_MAIL RECOUNT",
    "2026-11-22T03:10:00Z, 1,    ''",
    "2026-11-21T12:10:00Z, 7200, UNPROCESSED_MAIL RECOUNT",
  })
  void eachRoundBeginsOnceAndMissedOnesAreMadeUpForOnce(Instant after, long more, String types) {
    long minute = after.getEpochSecond() / 60;
    List<Job> begun = Rounds.begun(minute, minute + more);
    assertThat(begun)
        .extracting(Job::type)
        .containsExactlyElementsOf(
            types.isEmpty()
                ? List.of()
                : List.of(types.split(" ")).stream().map(Type::valueOf).toList());
    assertThat(begun)
        .allSatisfy(job ->
            assertThat(job.due())
                .isAfter(after)
                .isBeforeOrEqualTo(after.plus(Duration.ofMinutes(more))));
  }
}
