package email.daimon.local.services;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndexDescription;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Lets index queries see the tables as they were a while ago, as they do on AWS. What is written is
 * remembered for that long with what was there before; a query of an index gets that instead.
 */
public final class IndexLag {
  private final DynamoDbClient real;
  private final Duration lag;
  private final InstantSource clock;
  private final Deque<Change> changes = new ArrayDeque<>();
  private final Map<String, List<String>> keysOfIndexes = new ConcurrentHashMap<>();

  /** What an item was before it was written. */
  private record Change(Place place, Map<String, AttributeValue> before, Instant at) {}

  private record Place(String table, String pk, String sk) {
    static Place of(String table, Map<String, AttributeValue> attributes) {
      return new Place(table, text(attributes, "pk"), text(attributes, "sk"));
    }
  }

  private IndexLag(DynamoDbClient real, Duration lag, InstantSource clock) {
    this.real = Objects.requireNonNull(real);
    this.lag = Objects.requireNonNull(lag);
    this.clock = Objects.requireNonNull(clock);
  }

  /** The client with its indexes so far behind. */
  public static DynamoDbClient of(DynamoDbClient real, Duration lag, InstantSource clock) {
    IndexLag lagging = new IndexLag(real, lag, clock);
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> lagging.call(proxy, method, arguments));
  }

  private @Nullable Object call(
      Object proxy, Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
    Object request = arguments == null || arguments.length != 1 ? null : arguments[0];
    if (request instanceof Consumer) {
      // Builds the request, and comes back with it.
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    if (request instanceof QueryRequest query && query.indexName() != null) {
      return old(query);
    }
    written(request).forEach(this::remember);
    try {
      return method.invoke(real, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }

  private static Stream<Place> written(@Nullable Object request) {
    return switch (request) {
      case PutItemRequest put -> Stream.of(Place.of(put.tableName(), put.item()));
      case UpdateItemRequest update -> Stream.of(Place.of(update.tableName(), update.key()));
      case DeleteItemRequest delete -> Stream.of(Place.of(delete.tableName(), delete.key()));
      case TransactWriteItemsRequest all -> all.transactItems().stream().flatMap(IndexLag::written);
      case null, default -> Stream.of();
    };
  }

  private static Stream<Place> written(TransactWriteItem action) {
    if (action.put() != null) {
      return Stream.of(Place.of(action.put().tableName(), action.put().item()));
    }
    if (action.update() != null) {
      return Stream.of(Place.of(action.update().tableName(), action.update().key()));
    }
    return action.delete() == null
        ? Stream.of()
        : Stream.of(Place.of(action.delete().tableName(), action.delete().key()));
  }

  private void remember(Place place) {
    Map<String, AttributeValue> key =
        Map.of("pk", AttributeValue.fromS(place.pk()), "sk", AttributeValue.fromS(place.sk()));
    Map<String, AttributeValue> before =
        real.getItem(get -> get.tableName(place.table()).key(key).consistentRead(true)).item();
    synchronized (changes) {
      changes.add(new Change(place, before, clock.instant()));
    }
  }

  /** Of each item that was written within the lag, what it was before. */
  private Map<Place, Map<String, AttributeValue>> before(String table) {
    Map<Place, Map<String, AttributeValue>> before = new HashMap<>();
    synchronized (changes) {
      Instant since = clock.instant().minus(lag);
      while (!changes.isEmpty() && changes.getFirst().at().isBefore(since)) {
        changes.removeFirst();
      }
      changes.stream()
          .filter(change -> change.place().table().equals(table))
          .forEach(change -> before.putIfAbsent(change.place(), change.before()));
    }
    return before;
  }

  private QueryResponse old(QueryRequest query) {
    QueryResponse page = real.query(query);
    Map<Place, Map<String, AttributeValue>> before = before(query.tableName());
    if (before.isEmpty()) {
      return page;
    }
    List<String> keys = keys(query.tableName(), query.indexName());
    boolean ascending = !Boolean.FALSE.equals(query.scanIndexForward());
    Comparator<Map<String, AttributeValue>> byKey =
        Comparator.comparing(item -> text(item, keys.get(1)));
    Comparator<Map<String, AttributeValue>> order = ascending ? byKey : byKey.reversed();
    KeyCondition condition = KeyCondition.of(query);
    List<Map<String, AttributeValue>> items = new ArrayList<>();
    page.items().stream()
        .filter(item -> !before.containsKey(Place.of(query.tableName(), item)))
        .forEach(items::add);
    before.values().stream()
        .filter(item -> item.keySet().containsAll(keys) && condition.holds(item))
        .filter(item ->
            !query.hasExclusiveStartKey() || order.compare(item, query.exclusiveStartKey()) > 0)
        .filter(item ->
            !page.hasLastEvaluatedKey() || order.compare(item, page.lastEvaluatedKey()) <= 0)
        .forEach(items::add);
    items.sort(order);
    return page.toBuilder().items(items).count(items.size()).build();
  }

  /** Partition and sort key of an index. */
  private List<String> keys(String table, String index) {
    return keysOfIndexes.computeIfAbsent(
        table + "/" + index,
        _ ->
            real.describeTable(r -> r.tableName(table)).table().globalSecondaryIndexes().stream()
                .filter(one -> one.indexName().equals(index))
                .map(GlobalSecondaryIndexDescription::keySchema)
                .flatMap(List::stream)
                .map(KeySchemaElement::attributeName)
                .toList());
  }

  private static String text(Map<String, AttributeValue> attributes, String name) {
    return Objects.requireNonNull(attributes.get(name), name).s();
  }
}
