package email.daimon.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** What is not read again is never out of date. */
final class SparedReadsTest {
  private static final String TABLE = "spared";
  private final DynamoDbLocal database = new DynamoDbLocal(Optional.empty());
  private DynamoDbClient client = database.client();

  @AfterEach
  void stop() {
    database.close();
  }

  @Test
  void aTableThatIsMadeAnewIsKnownAsItIsNow() {
    create("a");
    write(put("a", "1"));
    client.deleteTable(delete -> delete.tableName(TABLE));
    assertThatThrownBy(() -> write(put("a", "1"))).isInstanceOf(ResourceNotFoundException.class);

    create("b");

    assertThatThrownBy(() -> write(put("a", "1"))).isInstanceOf(DynamoDbException.class);
    write(put("b", "1"));
    assertThat(there("b", "1")).isTrue();
  }

  @Test
  void anItemOfOneTransactionIsThereForTheNext() {
    create("a");
    write(put("a", "1"), put("a", "2"));

    assertThatThrownBy(() -> write(put("a", "3"), putNew("2")))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            e -> assertThat(e.cancellationReasons().get(1).item()).containsKey("a"));

    assertThat(there("a", "3")).isFalse();
    write(putNew("3"));
    assertThat(there("a", "3")).isTrue();
  }

  /** DynamoDB Local's own queue would say that it is stored. */
  @Test
  void aTransactionThatCannotBeCommittedFailsAndLeavesNothing(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve(DynamoDbLocal.FILE);
    DynamoDbLocal kept = new DynamoDbLocal(Optional.of(new Disk(folder, false)));
    try {
      client = kept.client();
      create("a");
      // Its commit writes there first.
      sql(file, "CREATE TRIGGER full BEFORE INSERT ON tr BEGIN SELECT RAISE(ABORT, 'full'); END");

      assertThatThrownBy(() -> write(put("a", "1"))).isInstanceOf(RuntimeException.class);

      assertThat(there("a", "1")).isFalse();
      sql(file, "DROP TRIGGER full");
      write(put("a", "1"));
      assertThat(there("a", "1")).isTrue();
    } finally {
      kept.close();
    }
  }

  private static void sql(Path file, String statement) throws SQLiteException {
    SQLiteConnection other = new SQLiteConnection(file.toFile());
    try {
      other.open(false).exec(statement);
    } finally {
      other.dispose();
    }
  }

  @Test
  void whatAnEndedTransactionMissedIsLookedForAgain() {
    create("a");
    write(put("a", "1"));
    assertThatThrownBy(() -> write(putNew("2"), putNew("1")))
        .isInstanceOf(TransactionCanceledException.class);

    client.putItem(put -> put.tableName(TABLE).item(key("a", "2")));

    assertThat(there("a", "2")).isTrue();
    assertThatThrownBy(() -> write(putNew("2"))).isInstanceOf(TransactionCanceledException.class);
  }

  private void create(String key) {
    var _ =
        client.createTable(table ->
            table
                .tableName(TABLE)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                    AttributeDefinition.builder()
                        .attributeName(key)
                        .attributeType(ScalarAttributeType.S)
                        .build())
                .keySchema(
                    KeySchemaElement.builder().attributeName(key).keyType(KeyType.HASH).build()));
  }

  private void write(TransactWriteItem... items) {
    var _ = client.transactWriteItems(write -> write.transactItems(List.of(items)));
  }

  private boolean there(String key, String value) {
    return client.getItem(get -> get.tableName(TABLE).key(key(key, value))).hasItem();
  }

  private static Map<String, AttributeValue> key(String key, String value) {
    return Map.of(key, AttributeValue.fromS(value));
  }

  private static TransactWriteItem put(String key, String value) {
    return TransactWriteItem.builder()
        .put(put -> put.tableName(TABLE).item(key(key, value)))
        .build();
  }

  private static TransactWriteItem putNew(String value) {
    return TransactWriteItem.builder()
        .put(put ->
            put.tableName(TABLE)
                .item(key("a", value))
                .conditionExpression("attribute_not_exists(a)")
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD))
        .build();
  }
}
