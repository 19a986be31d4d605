package email.daimon.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeedSpreadTest {
  @ParameterizedTest
  @CsvSource({
    "0, 1",
    "50000, 1",
    "5000000, 1",
    "6048000, 1",
    "6048001, 2",
    "50000000, 16",
    "200000000, 64",
    "9000000000, 64"
  })
  void aPowerOfTwoThatTakesThePeak(double eventsADay, int partitions) {
    assertThat(FeedSpread.partitions(eventsADay)).isEqualTo(partitions);
  }
}
