package email.daimon.functions.store;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Notes of the threads that are being moved from one generation of an account's feed to the next,
 * {@code A#id / FM#time#first}, each put before its threads are moved.
 */
final class MovedThreads {
  /** How long after its note a thread may still be shown by no index. */
  static final Duration UNSEEN = MessageLists.INDEX_LAG.multipliedBy(2);

  private static final Duration KEPT = Duration.ofHours(1);
  private static final String NOTE = "FM#";

  private MovedThreads() {}

  static Item note(String accountId, List<Item> threads, Instant at) {
    String first = threads.getFirst().text("i2sk");
    return Item.of(Keys.account(accountId), NOTE + Keys.byTime(at.toEpochMilli(), first))
        .items("threads", threads.stream().map(MovedThreads::entry).toList())
        .number(Keys.EXPIRES_AT, at.plus(KEPT).getEpochSecond());
  }

  private static Item entry(Item thread) {
    return Item.nested()
        .text("place", thread.text("i2sk"))
        .text("pk", thread.text("pk"))
        .text("sk", thread.text("sk"));
  }

  /** The keys of the threads that were noted since a time and lie at wanted places. */
  static List<Map<String, AttributeValue>> since(
      Table mail,
      String accountId,
      Instant since,
      ReadBudget budget,
      Predicate<ThreadPlace> wanted) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    Map<String, AttributeValue> start = Map.of();
    do {
      Map<String, AttributeValue> from = start;
      QueryResponse page =
          mail.query(query -> {
            query
                .keyConditionExpression("pk = :pk AND sk BETWEEN :since AND :end")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(Keys.account(accountId)),
                        ":since",
                            AttributeValue.fromS(NOTE + Keys.byTime(since.toEpochMilli(), "")),
                        ":end", AttributeValue.fromS(NOTE + "~")))
                .consistentRead(true);
            if (!from.isEmpty()) {
              query.exclusiveStartKey(from);
            }
          });
      budget.strong(page);
      page.items().stream()
          .flatMap(item -> Item.read(item).items("threads").stream())
          .filter(entry -> wanted.test(ThreadPlace.parse(entry.text("place"))))
          .forEach(entry -> keys.add(Item.key(entry.text("pk"), entry.text("sk"))));
      start = page.lastEvaluatedKey();
    } while (!start.isEmpty());
    return keys;
  }
}
