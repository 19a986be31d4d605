package email.daimon.local.roles;

import email.daimon.local.stack.Role.Call;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.DeleteItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/** The same of tables: which items by their leading keys, and which index. */
final class TablePermissions {
  private static final String LEADING = "dynamodb:LeadingKeys";
  private static final Pattern EQUAL = Pattern.compile("(#?\\w+)\\s*=\\s*(:\\w+)");
  private static final Set<String> HASH_KEYS = Set.of("pk", "i1pk", "i2pk");

  private TablePermissions() {}

  static Optional<List<Call>> of(SdkRequest request) {
    return switch (request) {
      case GetItemRequest get -> one("GetItem", get.tableName(), get.key());
      case PutItemRequest put -> one("PutItem", put.tableName(), put.item());
      case UpdateItemRequest update -> one("UpdateItem", update.tableName(), update.key());
      case DeleteItemRequest delete -> one("DeleteItem", delete.tableName(), delete.key());
      case BatchGetItemRequest get -> Optional.of(batch(get));
      case QueryRequest query -> Optional.of(List.of(query(query)));
      case ScanRequest scan ->
          Optional.of(List.of(Permissions.call("dynamodb:Scan", table(scan.tableName()))));
      default -> Optional.empty();
    };
  }

  /** A transaction is its actions. */
  static List<Call> ofTransaction(TransactWriteItemsRequest write) {
    List<Call> calls = new ArrayList<>();
    for (TransactWriteItem item : write.transactItems()) {
      if (item.put() != null) {
        calls.add(call("PutItem", item.put().tableName(), item.put().item()));
      } else if (item.update() != null) {
        calls.add(call("UpdateItem", item.update().tableName(), item.update().key()));
      } else if (item.delete() != null) {
        calls.add(call("DeleteItem", item.delete().tableName(), item.delete().key()));
      } else {
        var check = item.conditionCheck();
        calls.add(call("ConditionCheckItem", check.tableName(), check.key()));
      }
    }
    return calls;
  }

  private static List<Call> batch(BatchGetItemRequest get) {
    List<Call> calls = new ArrayList<>();
    get.requestItems()
        .forEach((name, keys) -> {
          Set<String> leading = new HashSet<>();
          keys.keys().forEach(key -> leading.addAll(leading(key)));
          calls.add(new Call("dynamodb:BatchGetItem", table(name), Map.of(LEADING, leading)));
        });
    return calls;
  }

  private static Call query(QueryRequest query) {
    String table = table(query.tableName());
    String resource = query.indexName() == null ? table : table + "/index/" + query.indexName();
    Set<String> leading = new HashSet<>();
    Matcher equal = EQUAL.matcher(query.keyConditionExpression());
    while (equal.find()) {
      String written = equal.group(1);
      String name =
          query.hasExpressionAttributeNames()
              ? query.expressionAttributeNames().getOrDefault(written, written)
              : written;
      if (HASH_KEYS.contains(name)) {
        Optional.ofNullable(query.expressionAttributeValues().get(equal.group(2)))
            .ifPresent(value -> leading.add(value.s()));
      }
    }
    if (leading.isEmpty()) {
      throw new IllegalStateException("a query of what? " + query.keyConditionExpression());
    }
    return new Call("dynamodb:Query", resource, Map.of(LEADING, leading));
  }

  private static Optional<List<Call>> one(
      String action, String table, Map<String, AttributeValue> item) {
    return Optional.of(List.of(call(action, table, item)));
  }

  private static Call call(String action, String table, Map<String, AttributeValue> item) {
    return new Call("dynamodb:" + action, table(table), Map.of(LEADING, Set.copyOf(leading(item))));
  }

  private static Collection<String> leading(Map<String, AttributeValue> item) {
    AttributeValue key = item.get("pk");
    return key == null ? List.of() : List.of(key.s());
  }

  private static String table(String name) {
    return Permissions.arn("dynamodb", "table/" + name);
  }
}
