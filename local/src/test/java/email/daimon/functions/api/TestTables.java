package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.store.EventCodec;
import email.daimon.functions.store.Item;
import email.daimon.model.Event;
import java.util.Comparator;
import java.util.List;
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

  /** As a bounce or a complaint about a mail of this inbox leaves it. */
  static void suppress(TestApi api, Opened own, String address, String reason) {
    String accountId = api.accountId(own);
    api.wiring
        .clients()
        .dynamoDb()
        .putItem(put ->
            put.tableName(api.wiring.settings().mailTable())
                .item(
                    Item.of("A#" + accountId, "SUP#" + address)
                        .text("accountId", accountId)
                        .text("address", address)
                        .text("reason", reason)
                        .time("since", api.clock.instant())
                        .text("inboxId", own.inboxId())
                        .text("messageId", "msg_x")
                        .text("evidence", "550 5.1.1 no such user")
                        .attributes()));
  }

  /** The events of an account, of all its inboxes and its own, in the order of their ids. */
  static List<Event> events(TestApi api, String accountId) {
    return api
        .wiring
        .clients()
        .dynamoDb()
        .scan(scan -> scan.tableName(api.wiring.settings().mailTable()))
        .items()
        .stream()
        .map(Item::read)
        .filter(item -> item.text("pk").startsWith("A#" + accountId + "#E#"))
        .map(EventCodec::event)
        .sorted(Comparator.comparing(Event::id))
        .toList();
  }

  /** How many calls are held. */
  static long heldCalls(TestApi api) {
    return api
        .wiring
        .clients()
        .dynamoDb()
        .scan(scan -> scan.tableName(api.wiring.settings().workTable()).consistentRead(true))
        .items()
        .stream()
        .map(Item::read)
        .filter(item -> item.text("pk").startsWith("HC#ALL#"))
        .mapToLong(item -> item.number("n"))
        .sum();
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

  /** The bytes of the largest row of the table mail, as DynamoDB counts them or a little more. */
  static int largestRow(TestApi api) {
    return api
        .wiring
        .clients()
        .dynamoDb()
        .scanPaginator(scan -> scan.tableName(api.wiring.settings().mailTable()))
        .items()
        .stream()
        .mapToInt(TestTables::size)
        .max()
        .orElseThrow();
  }

  private static int size(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToInt(entry -> 1 + entry.getKey().getBytes(UTF_8).length + size(entry.getValue()))
        .sum();
  }

  private static int size(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s().getBytes(UTF_8).length;
      case N -> value.n().length();
      case B -> value.b().asByteArrayUnsafe().length;
      case M -> 3 + size(value.m());
      case L -> 3 + value.l().stream().mapToInt(each -> 1 + size(each)).sum();
      case SS -> value.ss().stream().mapToInt(each -> each.getBytes(UTF_8).length).sum();
      case BOOL, NUL -> 1;
      case NS, BS, UNKNOWN_TO_SDK_VERSION -> throw new AssertionError("not used: " + value.type());
    };
  }
}
