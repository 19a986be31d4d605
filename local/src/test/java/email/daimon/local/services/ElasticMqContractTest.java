package email.daimon.local.services;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import software.amazon.awssdk.services.sqs.SqsClient;

/** Over ElasticMQ, as the functions ask it and as the platform does. */
final class ElasticMqContractTest {
  private static MovableClock clock;
  private static Services services;
  private static Services onTheWall;

  @BeforeAll
  static void start() {
    clock = new MovableClock(InstantSource.system(), Duration.ZERO);
    services = Services.start(Optional.empty(), clock);
    onTheWall = Services.start(Optional.empty(), InstantSource.system());
  }

  @AfterAll
  static void stop() {
    services.close();
    onTheWall.close();
  }

  /** Over HTTP a delay is counted from the machine's clock: here it is never moved. */
  @Nested
  final class OverHttp extends QueueContract {
    @Override
    SqsClient sqs() {
      return onTheWall.clients().sqs();
    }

    @Override
    void pass(int seconds) {
      // Real time passes; who waits for a message waits long enough.
    }
  }

  @Nested
  final class InProcess extends QueueContract {
    @Override
    SqsClient sqs() {
      return services.platform().sqs();
    }

    @Override
    void pass(int seconds) {
      clock.advance(Duration.ofSeconds(seconds));
    }
  }
}
