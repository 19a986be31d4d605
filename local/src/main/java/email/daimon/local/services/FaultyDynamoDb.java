package email.daimon.local.services;

import email.daimon.local.services.Fault.Step;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchWriteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.CreateTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemResponse;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTableResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeTimeToLiveResponse;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateTimeToLiveResponse;

/**
 * A DynamoDB client with faults in its writes, and with calls and, where asked for, units counted.
 * An operation that is not here is not to be used.
 */
final class FaultyDynamoDb implements DynamoDbClient {
  private final DynamoDbClient client;
  private final Faults faults;
  private final Usage usage;
  private final Units units;
  private final Throttle throttle;
  private final Puts puts;

  /**
   * @param puts told of what was put
   */
  FaultyDynamoDb(DynamoDbClient client, Faults faults, Usage usage, Throttle throttle, Puts puts) {
    this.client = Objects.requireNonNull(client);
    this.faults = Objects.requireNonNull(faults);
    this.usage = Objects.requireNonNull(usage);
    this.units = new Units(client);
    this.throttle = Objects.requireNonNull(throttle);
    this.puts = Objects.requireNonNull(puts);
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    throttle.call();
    GetItemResponse response =
        client.getItem(
            request.toBuilder()
                .returnConsumedCapacity(asked(request.returnConsumedCapacity()))
                .build());
    count("GetItem", "read-units", response.consumedCapacity());
    return response;
  }

  @Override
  public BatchGetItemResponse batchGetItem(BatchGetItemRequest request) {
    throttle.call();
    BatchGetItemResponse response =
        client.batchGetItem(
            request.toBuilder()
                .returnConsumedCapacity(asked(request.returnConsumedCapacity()))
                .build());
    count("BatchGetItem", "read-units", response.consumedCapacity());
    if (usage.countsUnits()) {
      usage.add("dynamodb.read-units", missing(request, response));
    }
    return response;
  }

  @Override
  public QueryResponse query(QueryRequest request) {
    throttle.call();
    QueryResponse response =
        client.query(
            request.toBuilder()
                .returnConsumedCapacity(asked(request.returnConsumedCapacity()))
                .build());
    count("Query", "read-units", response.consumedCapacity());
    return response;
  }

  @Override
  public ScanResponse scan(ScanRequest request) {
    throttle.call();
    ScanResponse response =
        client.scan(
            request.toBuilder()
                .returnConsumedCapacity(asked(request.returnConsumedCapacity()))
                .build());
    count("Scan", "read-units", response.consumedCapacity());
    return response;
  }

  @Override
  public TransactGetItemsResponse transactGetItems(TransactGetItemsRequest request) {
    throttle.call();
    TransactGetItemsResponse response =
        client.transactGetItems(
            request.toBuilder()
                .returnConsumedCapacity(asked(request.returnConsumedCapacity()))
                .build());
    count("TransactGetItems", "read-units", response.consumedCapacity());
    return response;
  }

  @Override
  public PutItemResponse putItem(PutItemRequest request) {
    throttle.call();
    PutItemRequest counted =
        request.toBuilder().returnConsumedCapacity(asked(request.returnConsumedCapacity())).build();
    PutItemResponse response = write(() -> client.putItem(counted), FaultyDynamoDb::conflict);
    puts.done(request.tableName(), request.item());
    count("PutItem", "write-units", response.consumedCapacity());
    return response;
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    throttle.call();
    UpdateItemRequest counted =
        request.toBuilder().returnConsumedCapacity(asked(request.returnConsumedCapacity())).build();
    UpdateItemResponse response = write(() -> client.updateItem(counted), FaultyDynamoDb::conflict);
    count("UpdateItem", "write-units", response.consumedCapacity());
    return response;
  }

  @Override
  public DeleteItemResponse deleteItem(DeleteItemRequest request) {
    throttle.call();
    DeleteItemRequest counted =
        request.toBuilder().returnConsumedCapacity(asked(request.returnConsumedCapacity())).build();
    DeleteItemResponse response = write(() -> client.deleteItem(counted), FaultyDynamoDb::conflict);
    count("DeleteItem", "write-units", response.consumedCapacity());
    return response;
  }

  @Override
  public BatchWriteItemResponse batchWriteItem(BatchWriteItemRequest request) {
    throttle.call();
    BatchWriteItemRequest counted =
        request.toBuilder().returnConsumedCapacity(asked(request.returnConsumedCapacity())).build();
    BatchWriteItemResponse response =
        write(() -> client.batchWriteItem(counted), FaultyDynamoDb::conflict);
    count("BatchWriteItem", "write-units", response.consumedCapacity());
    return response;
  }

  @Override
  public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
    throttle.transaction(request.transactItems().size());
    // The SDK gives every call a token, so that its own retry of a lost answer writes once.
    String token =
        Optional.ofNullable(request.clientRequestToken()).orElseGet(FaultyDynamoDb::token);
    TransactWriteItemsRequest counted =
        request.toBuilder()
            .clientRequestToken(token)
            .returnConsumedCapacity(asked(request.returnConsumedCapacity()))
            .build();
    TransactWriteItemsResponse response =
        write(
            () -> client.transactWriteItems(counted),
            () -> cancelled(request.transactItems().size()));
    puts.done(request.transactItems());
    usage.add("dynamodb.TransactWriteItems", 1);
    if (usage.countsUnits()) {
      usage.add("dynamodb.write-units", units.of(request.transactItems()));
    }
    return response;
  }

  @Override
  public CreateTableResponse createTable(CreateTableRequest request) {
    return client.createTable(request);
  }

  @Override
  public DeleteTableResponse deleteTable(DeleteTableRequest request) {
    return client.deleteTable(request);
  }

  @Override
  public DescribeTableResponse describeTable(DescribeTableRequest request) {
    return client.describeTable(request);
  }

  @Override
  public UpdateTimeToLiveResponse updateTimeToLive(UpdateTimeToLiveRequest request) {
    return client.updateTimeToLive(request);
  }

  @Override
  public DescribeTimeToLiveResponse describeTimeToLive(DescribeTimeToLiveRequest request) {
    return client.describeTimeToLive(request);
  }

  @Override
  public String serviceName() {
    return client.serviceName();
  }

  @Override
  public void close() {
    client.close();
  }

  private <R> R write(Supplier<R> call, Supplier<? extends RuntimeException> conflict) {
    Optional<Fault> fault = faults.next(Step.DB_WRITE);
    return fault.isEmpty() ? call.get() : faulty(fault.get(), call, conflict);
  }

  private static <R> R faulty(
      Fault fault, Supplier<R> call, Supplier<? extends RuntimeException> conflict) {
    return switch (fault.action()) {
      case FAIL ->
          throw InternalServerErrorException.builder()
              .message("a fault that was asked for")
              .statusCode(500)
              .build();
      case CONFLICT -> throw conflict.get();
      case LOSE -> {
        unheard(call);
        yield call.get();
      }
      case TWICE -> {
        R response = call.get();
        unheard(call);
        yield response;
      }
      case DELAY -> {
        fault.pause();
        yield call.get();
      }
    };
  }

  /** Makes the call for its effect: whether it says yes or no, nobody hears it. */
  private static void unheard(Supplier<?> call) {
    try {
      var _ = call.get();
    } catch (DynamoDbException _) {
      // A refusal is an answer too, and it is the answer that is lost.
    }
  }

  private static TransactionConflictException conflict() {
    return TransactionConflictException.builder()
        .message("Transaction is ongoing for the item")
        .statusCode(400)
        .build();
  }

  private static TransactionCanceledException cancelled(int items) {
    List<CancellationReason> reasons =
        java.util.stream.IntStream.range(0, items)
            .mapToObj(i -> i == 0 ? reason("TransactionConflict") : reason("None"))
            .toList();
    return TransactionCanceledException.builder()
        .message("Transaction cancelled, please refer cancellation reasons for specific reasons")
        .cancellationReasons(reasons)
        .statusCode(400)
        .build();
  }

  private static CancellationReason reason(String code) {
    return code.equals("None")
        ? CancellationReason.builder().code(code).build()
        : CancellationReason.builder()
            .code(code)
            .message("Transaction is ongoing for the item")
            .build();
  }

  private static String token() {
    return UUID.randomUUID().toString();
  }

  private @Nullable ReturnConsumedCapacity asked(@Nullable ReturnConsumedCapacity byCaller) {
    return usage.countsUnits() ? ReturnConsumedCapacity.INDEXES : byCaller;
  }

  private void count(String operation, String units, @Nullable ConsumedCapacity consumed) {
    usage.add("dynamodb." + operation, 1);
    if (consumed != null) {
      usage.add("dynamodb." + units, consumed.capacityUnits());
    }
  }

  private void count(String operation, String units, Collection<ConsumedCapacity> consumed) {
    usage.add("dynamodb." + operation, 1);
    consumed.forEach(each -> usage.add("dynamodb." + units, each.capacityUnits()));
  }

  /** To see that an item is not there costs as much as a small item: the emulator does not say. */
  private static double missing(BatchGetItemRequest request, BatchGetItemResponse response) {
    long asked = request.requestItems().values().stream().mapToLong(k -> k.keys().size()).sum();
    long found = response.responses().values().stream().mapToLong(List::size).sum();
    return asked - found;
  }
}
