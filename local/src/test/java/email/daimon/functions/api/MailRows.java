package email.daimon.functions.api;

import email.daimon.functions.testing.DyingClients;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;

/** What a call of DynamoDB writes about mails that are sent, as seen from outside. */
final class MailRows {
  static final String TRANSACTION = "transactWriteItems";
  private static final String PUT = "putItem";

  private MailRows() {}

  /**
   * A mail's row.
   *
   * @param key that it sorts by, at whose end is the mail's id
   * @param state such as {@code ATTEMPTING}
   */
  record Row(String key, String state, String attempt) {
    String id() {
      return key.substring(key.lastIndexOf('#') + 1);
    }
  }

  /** The rows that a call puts. */
  static List<Row> of(String operation, List<Object> arguments) {
    Stream<Map<String, AttributeValue>> items =
        switch (operation) {
          case PUT -> Stream.of(put(arguments.getFirst()).item());
          case TRANSACTION ->
              transaction(arguments.getFirst()).transactItems().stream()
                  .map(TransactWriteItem::put)
                  .flatMap(put -> Optional.ofNullable(put).stream())
                  .map(Put::item);
          default -> Stream.of();
        };
    return items.filter(item -> item.containsKey("outgoing")).map(MailRows::row).toList();
  }

  private static Row row(Map<String, AttributeValue> item) {
    Map<String, AttributeValue> way = item.get("outgoing").m();
    String attempt = way.containsKey("attempt") ? way.get("attempt").s() : "";
    return new Row(item.get("sk").s(), way.get("state").s(), attempt);
  }

  /** A call in words: what it asks of whom, and what it makes of a mail. */
  static String words(DyingClients.Call call) {
    String service = call.client().getSimpleName().replaceFirst("(V2)?Client$", "");
    String operation =
        call.operation().substring(0, 1).toUpperCase(Locale.ROOT) + call.operation().substring(1);
    String mail =
        of(call.operation(), call.arguments()).stream()
            .findFirst()
            .map(row -> ": mail " + row.state.toLowerCase(Locale.ROOT))
            .orElse("");
    return "`" + service + " " + operation + "`" + mail;
  }

  @SuppressWarnings("unchecked")
  private static PutItemRequest put(Object argument) {
    return argument instanceof PutItemRequest request
        ? request
        : PutItemRequest.builder()
            .applyMutation((Consumer<PutItemRequest.Builder>) argument)
            .build();
  }

  @SuppressWarnings("unchecked")
  private static TransactWriteItemsRequest transaction(Object argument) {
    return argument instanceof TransactWriteItemsRequest request
        ? request
        : TransactWriteItemsRequest.builder()
            .applyMutation((Consumer<TransactWriteItemsRequest.Builder>) argument)
            .build();
  }
}
