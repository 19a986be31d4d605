package email.daimon.local.services;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * What a transaction costs on AWS: the emulator counts only one of its items. Source: Amazon
 * DynamoDB, "Read and write capacity mode" and "Item sizes and formats". What is changed, deleted
 * or looked at, not put, counts as an item of at most a kilobyte, and an index entry that a put
 * replaces is not seen.
 */
final class Units {
  private static final int WRITE = 1024;
  private final DynamoDbClient client;
  private final Map<String, List<List<String>>> indexes = new ConcurrentHashMap<>();

  Units(DynamoDbClient client) {
    this.client = Objects.requireNonNull(client);
  }

  /** Double on the table, once in each index that the item is in. */
  double of(List<TransactWriteItem> transaction) {
    return transaction.stream().mapToDouble(this::of).sum();
  }

  private double of(TransactWriteItem action) {
    if (action.put() == null) {
      return 2;
    }
    Map<String, AttributeValue> item = action.put().item();
    double once = Math.ceil(size(item) / WRITE);
    long in =
        indexes.computeIfAbsent(action.put().tableName(), this::indexes).stream()
            .filter(item.keySet()::containsAll)
            .count();
    return once * (2 + in);
  }

  private List<List<String>> indexes(String table) {
    return client.describeTable(r -> r.tableName(table)).table().globalSecondaryIndexes().stream()
        .map(index -> index.keySchema().stream().map(KeySchemaElement::attributeName).toList())
        .toList();
  }

  private static double size(Map<String, AttributeValue> attributes) {
    return attributes.entrySet().stream()
        .mapToDouble(attribute -> bytes(attribute.getKey()) + size(attribute.getValue()))
        .sum();
  }

  private static double size(AttributeValue value) {
    return switch (value.type()) {
      case S -> bytes(value.s());
      case N -> value.n().length() / 2.0 + 1;
      case B -> value.b().asByteArrayUnsafe().length;
      case L -> 3 + value.l().stream().mapToDouble(element -> 1 + size(element)).sum();
      case M -> 3 + value.m().size() + size(value.m());
      default -> 1;
    };
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
