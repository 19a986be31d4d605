package email.daimon.local.services;

import email.daimon.functions.aws.AwsClients;
import email.daimon.local.stack.Queue;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Table;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.gaul.s3proxy.blobstore.BlobStore;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.waiters.DynamoDbWaiter;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueNameExistsException;

/** Creates what a stack describes, where it is not there already. */
public final class StackCreation {
  private static final Duration POLL = Duration.ofSeconds(1);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final AwsClients clients;
  private final BlobStore objects;

  public StackCreation(AwsClients clients, BlobStore objects) {
    this.clients = Objects.requireNonNull(clients);
    this.objects = Objects.requireNonNull(objects);
  }

  public void create(Stack stack) {
    stack.tables().forEach(table -> create(clients.dynamoDb(), table));
    stack.queues().stream()
        .sorted(Comparator.comparing(queue -> queue.deadLetters().isPresent()))
        .forEach(queue -> create(clients.sqs(), queue));
    stack.buckets().stream()
        .filter(bucket -> !objects.containerExists(bucket))
        .forEach(objects::createContainer);
  }

  public static void create(DynamoDbClient dynamoDb, Table table) {
    try {
      TableDescription made = dynamoDb.createTable(table.create()).tableDescription();
      if (made.tableStatus() != TableStatus.ACTIVE) {
        await(dynamoDb, table);
      }
      table
          .expiry()
          .ifPresent(attribute ->
              dynamoDb.updateTimeToLive(request ->
                  request
                      .tableName(table.name())
                      .timeToLiveSpecification(ttl -> ttl.attributeName(attribute).enabled(true))));
    } catch (ResourceInUseException _) {
      checkSame(dynamoDb.describeTable(r -> r.tableName(table.name())).table(), table);
    }
  }

  private static void await(DynamoDbClient dynamoDb, Table table) {
    try (DynamoDbWaiter waiter = DynamoDbWaiter.builder().client(dynamoDb).build()) {
      var _ =
          waiter.waitUntilTableExists(
              request -> request.tableName(table.name()),
              how -> how.backoffStrategyV2(BackoffStrategy.fixedDelay(POLL)).waitTimeout(PATIENCE));
    }
  }

  private static void create(SqsClient sqs, Queue queue) {
    try {
      var _ =
          sqs.createQueue(r -> r.queueName(queue.name()).attributesWithStrings(queue.attributes()));
    } catch (QueueNameExistsException _) {
      var _ =
          sqs.setQueueAttributes(
              r -> r.queueUrl(queue.url()).attributesWithStrings(queue.attributes()));
    }
  }

  private static void checkSame(TableDescription found, Table wanted) {
    List<String> indexes =
        found.globalSecondaryIndexes().stream().map(index -> index.indexName()).sorted().toList();
    List<String> needed =
        wanted.create().globalSecondaryIndexes().stream()
            .map(index -> index.indexName())
            .sorted()
            .toList();
    if (!indexes.equals(needed)) {
      throw new ServiceException(
          "this data folder is of another version: table %s has the indexes %s, not %s; start with another --data"
              .formatted(wanted.name(), indexes, needed));
    }
  }
}
