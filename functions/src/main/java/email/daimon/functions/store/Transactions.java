package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;
import static software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure.ALL_OLD;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;

/**
 * Commits units of work. DynamoDB cancels a transaction that meets another one on an item, the SDK
 * does not retry that, and an emulator never shows it: so every transaction is an attempt that
 * reads afresh, and is made again, with full jitter, until it is through or {@link #PATIENCE} is
 * over.
 */
public final class Transactions {
  /** How long attempts go on before the change is deferred. */
  public static final Duration PATIENCE = Duration.ofSeconds(2);

  private static final String CONDITION = "ConditionalCheckFailed";
  private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
  private static final long FIRST_PAUSE = 10;
  private static final long LONGEST_PAUSE = 320;
  private static final Set<String> AGAIN_REASONS =
      Set.of(
          "None",
          CONDITION,
          "TransactionConflict",
          "ThrottlingError",
          "ProvisionedThroughputExceeded");
  private static final Set<String> AGAIN_CODES =
      Set.of(
          "TransactionInProgressException",
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
    return again(
        () ->
            switch (attempt.get()) {
              case Attempt.Done<T>(T result) -> result;
              case Attempt.Write<T>(UnitOfWork work, T result) -> {
                if (work.stale()) {
                  throw new DeferredException("begun too long ago to be committed");
                }
                commit(work.actions());
                yield result;
              }
            },
        true);
  }

  /**
   * Commits a unit once: asked again with the same token within ten minutes, after a lost answer
   * for instance, it takes effect no second time.
   *
   * @param token of at most 36 characters; the same for the same unit
   * @return the first action whose condition did not hold, in the unit's order; empty where it is
   *     committed
   */
  public OptionalInt commitOnce(UnitOfWork work, String token) {
    List<TransactWriteItem> actions = work.actions();
    try {
      again(
          () ->
              dynamoDb.transactWriteItems(
                  write -> write.transactItems(actions).clientRequestToken(token)),
          false);
      return OptionalInt.empty();
    } catch (TransactionCanceledException e) {
      List<String> reasons =
          e.cancellationReasons().stream().map(CancellationReason::code).toList();
      return OptionalInt.of(reasons.indexOf(CONDITION));
    }
  }

  /**
   * Tries once to commit units of work as one transaction of at most {@link UnitOfWork#MOST}
   * actions; no two of them touch the same item.
   *
   * @return whether that is known to have worked; if not, each is to be decided on again
   */
  boolean together(List<UnitOfWork> units) {
    if (units.stream().anyMatch(UnitOfWork::stale)) {
      return false;
    }
    try {
      commit(units.stream().flatMap(unit -> unit.actions().stream()).toList());
      return true;
    } catch (SdkException e) {
      LOG.debug("{} units of work did not go together", units.size(), e);
      return false;
    }
  }

  /** Puts one item by itself, whatever is there. */
  public void put(Table table, Item item) {
    again(
        () -> dynamoDb.putItem(put -> put.tableName(table.name()).item(item.attributes())), false);
  }

  /**
   * Puts one item by itself where a condition holds: half the price of a transaction. A plain write
   * meets transactions too, so conflicts are tried again.
   *
   * @return the item in the way, where the condition did not hold. After a lost answer that may be
   *     what this very call has put
   */
  public Optional<Item> putIf(
      Table table, Item item, String condition, Map<String, AttributeValue> values) {
    try {
      return again(
          () -> {
            dynamoDb.putItem(put -> {
              put.tableName(table.name())
                  .item(item.attributes())
                  .conditionExpression(condition)
                  .returnValuesOnConditionCheckFailure(ALL_OLD);
              if (!values.isEmpty()) {
                put.expressionAttributeValues(values);
              }
            });
            return Optional.empty();
          },
          false);
    } catch (ConditionalCheckFailedException e) {
      return Optional.of(Item.read(e.item()));
    }
  }

  /**
   * Changes attributes of one item by itself where a condition holds.
   *
   * @param names of {@code #…} in the two expressions; may be empty
   * @return the item as it is then; empty where the condition did not hold. After a lost answer the
   *     change may have been made twice
   */
  public Optional<Item> updateIf(
      Table table,
      Map<String, AttributeValue> key,
      String change,
      String condition,
      Map<String, AttributeValue> values,
      Map<String, String> names) {
    try {
      return again(
          () ->
              Optional.of(
                  Item.read(
                      dynamoDb
                          .updateItem(update -> {
                            update
                                .tableName(table.name())
                                .key(key)
                                .updateExpression(change)
                                .conditionExpression(condition)
                                .expressionAttributeValues(values)
                                .returnValues(ReturnValue.ALL_NEW);
                            if (!names.isEmpty()) {
                              update.expressionAttributeNames(names);
                            }
                          })
                          .attributes())),
          false);
    } catch (ConditionalCheckFailedException _) {
      return Optional.empty();
    }
  }

  /** Deletes one item by itself where a condition holds; else does nothing. */
  public void deleteIf(
      Table table,
      Map<String, AttributeValue> key,
      String condition,
      Map<String, AttributeValue> values) {
    try {
      again(
          () ->
              dynamoDb.deleteItem(delete ->
                  delete
                      .tableName(table.name())
                      .key(key)
                      .conditionExpression(condition)
                      .expressionAttributeValues(values)),
          false);
    } catch (ConditionalCheckFailedException _) {
      // not ours any more: nothing to delete
    }
  }

  private <T> T again(Supplier<T> call, boolean conditionsToo) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    long pause = FIRST_PAUSE;
    while (true) {
      try {
        return call.get();
      } catch (DynamoDbException | SdkClientException e) {
        boolean answered = failsOnCondition(e) && !conditionsToo;
        if (answered || !worthAnotherAttempt(e)) {
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

  // A transaction that may be tried as a whole reads again what its conditions are about.
  private static boolean failsOnCondition(RuntimeException e) {
    return switch (e) {
      case ConditionalCheckFailedException _ -> true;
      case TransactionCanceledException cancelled ->
          cancelled.cancellationReasons().stream()
              .map(CancellationReason::code)
              .anyMatch(CONDITION::equals);
      default -> false;
    };
  }

  // The token makes the SDK's own retry of a lost answer harmless for ten minutes.
  private void commit(List<TransactWriteItem> actions) {
    String token = UUID.randomUUID().toString();
    dynamoDb.transactWriteItems(write -> write.transactItems(actions).clientRequestToken(token));
  }

  private static boolean worthAnotherAttempt(RuntimeException e) {
    return switch (e) {
      case TransactionCanceledException cancelled ->
          cancelled.cancellationReasons().stream()
              .map(CancellationReason::code)
              .allMatch(AGAIN_REASONS::contains);
      case TransactionConflictException _ -> true;
      case ConditionalCheckFailedException _ -> true;
      case DynamoDbException service ->
          service.statusCode() >= 500
              || (service.awsErrorDetails() != null
                  && AGAIN_CODES.contains(service.awsErrorDetails().errorCode()));
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
