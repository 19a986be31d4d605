package email.daimon.local.services;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Refuses calls by chance, as a table that is asked too much at once does. A plain call is repeated
 * by the SDK after a pause, and fails once its eight repetitions are used up; a transaction is
 * cancelled, and the SDK does not repeat it.
 */
final class Throttle {
  private static final int REPETITIONS = 8;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
  private final double share;
  private final RandomGenerator random;

  /**
   * @param share of the calls that are refused, 0 to 1
   */
  Throttle(double share, RandomGenerator random) {
    this.share = share;
    this.random = Objects.requireNonNull(random);
  }

  /** Holds a plain call up while it is refused. */
  void call() {
    for (int refused = 0; hits(); refused++) {
      if (refused == REPETITIONS) {
        throw ProvisionedThroughputExceededException.builder()
            .message("The level of configured provisioned throughput was exceeded")
            .statusCode(400)
            .build();
      }
      LockSupport.parkNanos(random.nextLong(FIRST_PAUSE.toNanos() << refused));
    }
  }

  /** Cancels a transaction of so many items. */
  void transaction(int items) {
    if (hits()) {
      CancellationReason none = CancellationReason.builder().code("None").build();
      CancellationReason first =
          CancellationReason.builder()
              .code("ThrottlingError")
              .message("Throughput exceeds the current capacity of your table")
              .build();
      throw TransactionCanceledException.builder()
          .message("Transaction cancelled, please refer cancellation reasons for specific reasons")
          .cancellationReasons(
              IntStream.range(0, items)
                  .mapToObj(i -> i == 0 ? first : none)
                  .toArray(CancellationReason[]::new))
          .statusCode(400)
          .build();
    }
  }

  private boolean hits() {
    return share > 0 && random.nextDouble() < share;
  }
}
