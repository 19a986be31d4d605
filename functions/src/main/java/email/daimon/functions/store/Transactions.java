package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/**
 * Commits units of work. DynamoDB cancels a transaction that meets another one on an item, the SDK
 * does not retry that, and an emulator never shows it: so every transaction is an attempt that
 * reads afresh, and is made again, with full jitter, until it is through or {@link #PATIENCE} is
 * over.
 */
public final class Transactions {
  /** How long attempts go on before the change is deferred. */
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final long FIRST_PAUSE = 10;
  private static final long LONGEST_PAUSE = 320;
  private static final Set<String> AGAIN_REASONS =
      Set.of(
          "None",
          "ConditionalCheckFailed",
          "TransactionConflict",
          "ThrottlingError",
          "ProvisionedThroughputExceeded");
  private static final Set<String> AGAIN_CODES =
      Set.of(
          "TransactionInProgressException",
          "TransactionConflictException",
          "ConditionalCheckFailedException",
          "ProvisionedThroughputExceededException",
          "ThrottlingException",
          "RequestLimitExceeded",
          "InternalServerError");
  private final DynamoDbClient dynamoDb;
  private final RandomGenerator random;

  public Transactions(DynamoDbClient dynamoDb, RandomGenerator random) {
    this.dynamoDb = requireNonNull(dynamoDb, "dynamoDb is null");
    this.random = requireNonNull(random, "random is null");
  }

  /**
   * What an attempt came to after its reads: nothing to write, or a unit of work and what its
   * commit means.
   */
  public sealed interface Attempt<T> {
    /** Nothing needs to be written. */
    record Done<T>(T result) implements Attempt<T> {}

    /** The result holds once the work is committed. */
    record Write<T>(UnitOfWork work, T result) implements Attempt<T> {}
  }

  /**
   * Runs attempts until one is done or committed. {@code attempt} reads strongly and decides; where
   * a condition fails, a conflict happens or an answer is lost it is called again and must see what
   * others, or it itself, have written.
   *
   * @throws DeferredException when {@link #PATIENCE} is over; whether the last attempt took effect
   *     may be unknown, so the same change must be safe to be asked for again
   */
  public <T> T run(Supplier<Attempt<T>> attempt) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long pause = FIRST_PAUSE;
    while (true) {
      try {
        switch (attempt.get()) {
          case Attempt.Done<T>(T result) -> {
            return result;
          }
          case Attempt.Write<T>(UnitOfWork work, T result) -> {
            commit(work);
            return result;
          }
        }
      } catch (DynamoDbException | SdkClientException e) {
        if (!worthAnotherAttempt(e)) {
          throw e;
        }
        long wait = random.nextLong(pause + 1);
        if (System.nanoTime() + Duration.ofMillis(wait).toNanos() > end) {
          throw new DeferredException("no commit within " + PATIENCE, e);
        }
        sleep(wait);
        pause = Math.min(LONGEST_PAUSE, pause * 2);
      }
    }
  }

  // The token makes the SDK's own retry of a lost answer harmless for ten minutes.
  private void commit(UnitOfWork work) {
    String token = UUID.randomUUID().toString();
    dynamoDb.transactWriteItems(
        write -> write.transactItems(work.actions()).clientRequestToken(token));
  }

  private static boolean worthAnotherAttempt(RuntimeException e) {
    return switch (e) {
      case TransactionCanceledException cancelled ->
          cancelled.cancellationReasons().stream()
              .map(CancellationReason::code)
              .allMatch(AGAIN_REASONS::contains);
      case DynamoDbException service ->
          service.statusCode() >= 500
              || AGAIN_CODES.contains(service.awsErrorDetails().errorCode());
      default -> e instanceof SdkClientException;
    };
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeferredException("interrupted while waiting for another attempt", e);
    }
  }
}
