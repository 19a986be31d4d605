package email.daimon.functions.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Puts back what an emulator hides: after {@link #freeze} index queries do not see what is written,
 * until {@link #thaw}. Tables are small enough for one page.
 */
final class LaggingIndexes {
  private static final Map<String, List<String>> KEYS =
      Map.of(
          "by1", List.of("i1pk", "i1sk"),
          "by2", List.of("i2pk", "i2sk"));
  private final DynamoDbClient real;
  private Map<String, List<Map<String, AttributeValue>>> frozen = new HashMap<>();

  LaggingIndexes(DynamoDbClient real) {
    this.real = real;
  }

  void freeze(String table) {
    frozen = new HashMap<>();
    List<Map<String, AttributeValue>> all = real.scan(scan -> scan.tableName(table)).items();
    KEYS.forEach((index, keys) ->
        frozen.put(index, all.stream().filter(item -> item.containsKey(keys.getFirst())).toList()));
  }

  void thaw() {
    frozen = new HashMap<>();
  }

  DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (arguments != null
                  && arguments.length == 1
                  && arguments[0] instanceof QueryRequest query
                  && query.indexName() != null
                  && !frozen.isEmpty()) {
                return old(query);
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private QueryResponse old(QueryRequest query) {
    List<String> keys = KEYS.get(query.indexName());
    Map<String, AttributeValue> values = query.expressionAttributeValues();
    // A list asks for a span, a job for what comes after the place where it stopped.
    boolean span = values.containsKey(":first");
    String pk = values.get(span ? ":pk" : ":thread").s();
    String first = span ? values.get(":first").s() : values.get(":after").s() + "\0";
    String end = span ? values.get(":end").s() : "\uffff";
    Comparator<Map<String, AttributeValue>> order =
        Comparator.comparing(item -> item.get(keys.getLast()).s());
    boolean descending = Boolean.FALSE.equals(query.scanIndexForward());
    List<Map<String, AttributeValue>> items =
        frozen.get(query.indexName()).stream()
            .filter(item -> item.get(keys.getFirst()).s().equals(pk))
            .filter(item -> item.get(keys.getLast()).s().compareTo(first) >= 0)
            .filter(item -> item.get(keys.getLast()).s().compareTo(end) <= 0)
            .sorted(descending ? order.reversed() : order)
            .toList();
    return QueryResponse.builder()
        .items(items)
        .count(items.size())
        .consumedCapacity(used -> used.capacityUnits(1.0))
        .build();
  }
}
