package email.daimon.bench.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldTest {
  private @TempDir Path home;

  @BeforeEach
  void measured() throws Exception {
    Files.createDirectories(home.resolve("docs"));
    Files.writeString(
        home.resolve("docs/start-up.md"),
        """
        | | classes | ms | processor ms | with cache: ms | processor ms | to one table |
        |---|--:|--:|--:|--:|--:|--:|
        | one table | 4419 | 669 | 880 | 260 | 390 | 1.0 |
        | api-mail | 5832 | 1008 | 1230 | 377 | 470 | 1.2 |
        | api-send | 6133 | 1140 | 1350 | 459 | 550 | 1.4 |
        | inbound | 6587 | 1212 | 1540 | 624 | 830 | 2.13 |
        """);
  }

  @Test
  void aTenthMoreIsTooMuch() throws Exception {
    assertThat(Held.slow(home, Map.of("one table", 1.0, "api-mail", 1.31, "inbound", 2.34)))
        .isEmpty();
    assertThat(Held.slow(home, Map.of("api-mail", 1.33)))
        .singleElement()
        .asString()
        .startsWith("api-mail takes 1.33 times")
        .contains("over 1.32", "measured was 1.20");
    assertThat(Held.slow(home, Map.of("inbound", 2.35))).hasSize(1);
    assertThat(Held.problems(home, Map.of("api-mail", 6415))).isEmpty();
    assertThat(Held.problems(home, Map.of("api-mail", 6416))).hasSize(1);
  }

  @Test
  void theApiMayTakeHalfAsMuchAgainAsOneTableAtMost() throws Exception {
    assertThat(Held.slow(home, Map.of("api-send", 1.5))).isEmpty();
    assertThat(Held.slow(home, Map.of("api-send", 1.51))).hasSize(1);
  }

  @Test
  void whatWasNeverMeasuredMayTakeNothing() throws Exception {
    assertThat(Held.slow(home, Map.of("api-new", 1.0))).hasSize(1);
    assertThat(Held.problems(home, Map.of("api-new", 1))).hasSize(1);
  }
}
