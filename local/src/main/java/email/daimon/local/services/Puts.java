package email.daimon.local.services;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Tells who wants to know of items that have been put, once they are durable. */
final class Puts {
  private final Map<String, List<Consumer<Map<String, AttributeValue>>>> listeners =
      new ConcurrentHashMap<>();

  void listen(String table, Consumer<Map<String, AttributeValue>> listener) {
    listeners.computeIfAbsent(table, _ -> new CopyOnWriteArrayList<>()).add(listener);
  }

  void done(String table, Map<String, AttributeValue> item) {
    listeners.getOrDefault(table, List.of()).forEach(listener -> listener.accept(item));
  }

  void done(List<TransactWriteItem> actions) {
    if (listeners.isEmpty()) {
      return;
    }
    for (TransactWriteItem action : actions) {
      if (action.put() != null) {
        done(action.put().tableName(), action.put().item());
      }
    }
  }
}
