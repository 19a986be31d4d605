package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Reads of one table. Base items are read strongly: what a caller decides on must not lag. */
public final class Table {
  private static final int BATCH = 100;
  private final DynamoDbClient dynamoDb;
  private final String name;

  public Table(DynamoDbClient dynamoDb, String name) {
    this.dynamoDb = requireNonNull(dynamoDb, "dynamoDb is null");
    this.name = requireNonNull(name, "name is null");
  }

  public String name() {
    return name;
  }

  public DynamoDbClient dynamoDb() {
    return dynamoDb;
  }

  /** One item, read strongly. */
  public Optional<Item> get(String pk, String sk) {
    Map<String, AttributeValue> item =
        dynamoDb
            .getItem(get -> get.tableName(name).key(Item.key(pk, sk)).consistentRead(true))
            .item();
    return item.isEmpty() ? Optional.empty() : Optional.of(Item.read(item));
  }

  /**
   * The items of these keys that exist, read strongly, in no order. Keys may repeat; leftovers are
   * asked for again.
   */
  public List<Item> getAll(Collection<Map<String, AttributeValue>> keys) {
    return getAll(keys, true);
  }

  /** The same at half the price; what was written a moment ago may be missing or be as before. */
  public List<Item> getEventually(Collection<Map<String, AttributeValue>> keys) {
    return getAll(keys, false);
  }

  private List<Item> getAll(Collection<Map<String, AttributeValue>> keys, boolean strongly) {
    List<Map<String, AttributeValue>> waiting =
        new ArrayList<>(new java.util.LinkedHashSet<>(keys));
    List<Item> found = new ArrayList<>();
    while (!waiting.isEmpty()) {
      List<Map<String, AttributeValue>> batch =
          new ArrayList<>(waiting.subList(0, Math.min(BATCH, waiting.size())));
      waiting = new ArrayList<>(waiting.subList(batch.size(), waiting.size()));
      var response =
          dynamoDb.batchGetItem(get ->
              get.requestItems(
                  Map.of(
                      name,
                      KeysAndAttributes.builder().keys(batch).consistentRead(strongly).build())));
      response.responses().getOrDefault(name, List.of()).forEach(i -> found.add(Item.read(i)));
      KeysAndAttributes left = response.unprocessedKeys().get(name);
      if (left != null) {
        waiting.addAll(left.keys());
      }
    }
    return found;
  }

  /** One page of a query; the caller pages on with the response's last evaluated key. */
  public QueryResponse query(Consumer<QueryRequest.Builder> query) {
    QueryRequest.Builder request = QueryRequest.builder().tableName(name);
    query.accept(request);
    return dynamoDb.query(request.build());
  }

  /**
   * The first items of a query; fewer than asked for only where there are no more. One page does
   * not say that: it ends at 1 MB, whatever its limit.
   */
  public List<Item> first(int most, Consumer<QueryRequest.Builder> query) {
    List<Item> found = new ArrayList<>();
    Map<String, AttributeValue> start = Map.of();
    do {
      Map<String, AttributeValue> from = start;
      QueryResponse page =
          query(request -> {
            query.accept(request);
            request.limit(most - found.size());
            if (!from.isEmpty()) {
              request.exclusiveStartKey(from);
            }
          });
      page.items().forEach(item -> found.add(Item.read(item)));
      start = page.lastEvaluatedKey();
    } while (!start.isEmpty() && found.size() < most);
    return found;
  }
}
