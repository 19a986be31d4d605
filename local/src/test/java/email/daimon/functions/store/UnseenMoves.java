package email.daimon.functions.store;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * An index takes an item out of one partition and puts it into another, one after the other: for a
 * while it shows what was moved in neither. The emulator never does.
 */
final class UnseenMoves {
  private final DynamoDbClient real;
  private final Duration unseen;
  private final InstantSource clock;
  private final Map<Map<String, AttributeValue>, Instant> moved = new ConcurrentHashMap<>();

  UnseenMoves(DynamoDbClient real, Duration unseen, InstantSource clock) {
    this.real = real;
    this.unseen = unseen;
    this.clock = clock;
  }

  DynamoDbClient client() {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (arguments != null && arguments[0] instanceof Consumer) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              if (arguments != null
                  && arguments[0] instanceof UpdateItemRequest update
                  && update.updateExpression().contains("i2pk")) {
                moved.put(update.key(), clock.instant());
              }
              try {
                Object answer = method.invoke(real, arguments);
                return arguments != null
                        && arguments[0] instanceof QueryRequest query
                        && query.indexName() != null
                    ? seen((QueryResponse) answer)
                    : answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private QueryResponse seen(QueryResponse page) {
    Instant since = clock.instant().minus(unseen);
    List<Map<String, AttributeValue>> items =
        page.items().stream()
            .filter(item ->
                moved
                    .getOrDefault(Item.key(item.get("pk").s(), item.get("sk").s()), Instant.MIN)
                    .isBefore(since))
            .toList();
    return page.toBuilder().items(items).count(items.size()).build();
  }
}
