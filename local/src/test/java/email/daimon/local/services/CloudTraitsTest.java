package email.daimon.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import email.daimon.local.testing.EmulatedServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.InterceptorContext;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequest;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** What AWS does and emulators hide, put back. */
final class CloudTraitsTest {
  private static final Duration LAG = Duration.ofMillis(1_500);
  private final EmulatedServices services = EmulatedServices.shared();
  private final String table = services.environmentWithNewTables().get("MAIL_TABLE");
  private final DynamoDbClient now = services.clients().dynamoDb();

  @Test
  void anIndexShowsWhatWasAWhileAgoAndCatchesUp() {
    put(now, "changed", "2", "old");
    put(now, "gone", "3", "old");
    put(now, "moved", "4", "old");
    DynamoDbClient lagging = IndexLag.of(now, LAG, services.clock());

    put(lagging, "new", "1", "new");
    put(lagging, "changed", "2", "new");
    put(lagging, "moved", "9", "new");
    var _ = lagging.deleteItem(b -> b.tableName(table).key(key("gone")));

    assertThat(shown(lagging, true)).containsExactly("changed old", "gone old", "moved old");
    assertThat(shown(lagging, false)).containsExactly("moved old", "gone old", "changed old");
    await()
        .untilAsserted(() ->
            assertThat(shown(lagging, true))
                .containsExactly("new new", "changed new", "moved new"));
  }

  @Test
  void aTransactionIsSeenLateTooAndPagesKeepTheirOrder() {
    IntStream.range(0, 9).forEach(i -> put(now, "p" + i, Integer.toString(i), "old"));
    DynamoDbClient lagging = IndexLag.of(now, Duration.ofMinutes(1), services.clock());
    var _ =
        lagging.transactWriteItems(b ->
            b.transactItems(
                IntStream.range(0, 9)
                    .filter(i -> i % 2 == 0)
                    .mapToObj(i ->
                        TransactWriteItem.builder()
                            .delete(d -> d.tableName(table).key(key("p" + i)))
                            .build())
                    .toList()));

    List<String> all = new ArrayList<>();
    Map<String, AttributeValue> from = Map.of();
    do {
      Map<String, AttributeValue> start = from;
      QueryResponse page =
          lagging.query(b ->
              b.tableName(table)
                  .indexName("by1")
                  .keyConditionExpression("i1pk = :one")
                  .expressionAttributeValues(Map.of(":one", AttributeValue.fromS("one")))
                  .exclusiveStartKey(start.isEmpty() ? null : start)
                  .limit(2));
      page.items().forEach(item -> all.add(item.get("pk").s()));
      from = page.lastEvaluatedKey();
    } while (!from.isEmpty());

    assertThat(all).containsExactly("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8");
  }

  @Test
  void aThrottledCallIsHeldUpAndATransactionCancelled() {
    assertThatThrownBy(() -> new Throttle(0.999_999, new Random(1)).call())
        .isInstanceOf(ProvisionedThroughputExceededException.class);
    assertThatThrownBy(() -> new Throttle(0.999_999, new Random(1)).transaction(3))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            e ->
                assertThat(e.cancellationReasons())
                    .extracting(CancellationReason::code)
                    .containsExactly("ThrottlingError", "None", "None"));
    Throttle none = new Throttle(0, new Random(1));
    none.call();
    none.transaction(1);
  }

  @Test
  void messagesComeLateByChanceAndNeverEarly() {
    LateMessages late = new LateMessages(Duration.ofSeconds(5), new Random(1));
    SendMessageRequest one = SendMessageRequest.builder().delaySeconds(3).build();
    SendMessageBatchRequest batch =
        SendMessageBatchRequest.builder()
            .entries(SendMessageBatchRequestEntry.builder().id("0").build())
            .build();

    var delays = new HashSet<Integer>();
    for (int i = 0; i < 100; i++) {
      delays.add(((SendMessageRequest) modified(late, one)).delaySeconds());
      assertThat(
              ((SendMessageBatchRequest) modified(late, batch)).entries().getFirst().delaySeconds())
          .isBetween(0, 5);
    }
    assertThat(delays).containsExactlyInAnyOrder(3, 4, 5, 6, 7, 8);
  }

  private static Object modified(LateMessages late, SdkRequest request) {
    return late.modifyRequest(
        InterceptorContext.builder().request(request).build(), new ExecutionAttributes());
  }

  private List<String> shown(DynamoDbClient client, boolean ascending) {
    return client
        .query(b ->
            b.tableName(table)
                .indexName("by1")
                .keyConditionExpression("i1pk = :one AND i1sk BETWEEN :first AND :last")
                .expressionAttributeValues(
                    Map.of(
                        ":one", AttributeValue.fromS("one"),
                        ":first", AttributeValue.fromS("0"),
                        ":last", AttributeValue.fromS("9")))
                .scanIndexForward(ascending))
        .items()
        .stream()
        .map(item -> item.get("pk").s() + " " + item.get("what").s())
        .toList();
  }

  private void put(DynamoDbClient client, String pk, String place, String what) {
    var _ =
        client.putItem(b ->
            b.tableName(table)
                .item(
                    Map.of(
                        "pk", AttributeValue.fromS(pk),
                        "sk", AttributeValue.fromS("s"),
                        "i1pk", AttributeValue.fromS("one"),
                        "i1sk", AttributeValue.fromS(place),
                        "what", AttributeValue.fromS(what))));
  }

  private static Map<String, AttributeValue> key(String pk) {
    return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS("s"));
  }
}
