package email.daimon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimesTest {
  @ParameterizedTest
  @CsvSource({
    "2026-03-16T10:30:00Z, 2026-03-16T10:30:00Z, false",
    "2026-03-16t10:30:00z, 2026-03-16T10:30:00Z, false",
    "2026-03-16T10:30:00.123456, 2026-03-16T10:30:00.123456Z, true",
    "2026-03-16T10:30:00, 2026-03-16T10:30:00Z, true",
    "2026-03-16T10:30, 2026-03-16T10:30:00Z, true",
    "2026-03-16 10:30:00, 2026-03-16T10:30:00Z, true",
    "2026-03-16T10:30:00+02:00, 2026-03-16T08:30:00Z, false",
    "2026-03-16T10:30:00 02:00, 2026-03-16T08:30:00Z, false",
    "2026-03-16T10:30:00-0200, 2026-03-16T12:30:00Z, false"
  })
  void timesAsCallersWriteThem(String written, Instant time, boolean assumedUtc) {
    assertThat(Times.parse(written)).contains(new Times.Given(time, assumedUtc));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "now", "2026-03-16", "2026-13-16T10:30:00Z", "2026-03-16T25:00:00Z"})
  void whatIsNoTime(String written) {
    assertThat(Times.parse(written)).isEmpty();
  }

  @Test
  void aMistakenNameFindsItsNearest() {
    List<String> names = List.of("username", "display_name", "client_id");
    assertThat(Nearest.of("usernme", names)).contains("username");
    assertThat(Nearest.of("displayName", names)).contains("display_name");
    assertThat(Nearest.of("zzzzzz", names)).isEmpty();
  }
}
