package email.daimon.functions.api;

import email.daimon.functions.store.Item;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Does what the operator's commands will do. */
final class TestTables {
  private TestTables() {}

  static void setAccount(TestApi api, String accountId, String attribute, String value) {
    api.wiring
        .clients()
        .dynamoDb()
        .updateItem(update ->
            update
                .tableName(api.wiring.settings().mailTable())
                .key(Item.key("A#" + accountId, "META"))
                .updateExpression("SET #name = :value")
                .expressionAttributeNames(Map.of("#name", attribute))
                .expressionAttributeValues(Map.of(":value", AttributeValue.fromS(value))));
  }

  /** Everything that the tables hold, as text. */
  static String everything(TestApi api) {
    StringBuilder all = new StringBuilder();
    for (String table :
        new String[] {api.wiring.settings().mailTable(), api.wiring.settings().workTable()}) {
      api.wiring
          .clients()
          .dynamoDb()
          .scan(scan -> scan.tableName(table))
          .items()
          .forEach(all::append);
    }
    return all.toString();
  }
}
