package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Account;
import email.daimon.model.Event;
import email.daimon.model.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** The events of an account in a span of time, for what is done again. */
public final class EventHistory {
  private static final int PAGE = 100;
  private final Table mail;

  public EventHistory(Table mail) {
    this.mail = requireNonNull(mail, "mail is null");
  }

  /**
   * Hands out events in pages, those of a partition in the order of their ids.
   *
   * @param since the first moment that counts
   * @param until the first moment that counts no more
   */
  public void read(Account account, Instant since, Instant until, Consumer<List<Event>> page) {
    for (Instant day = since.truncatedTo(ChronoUnit.DAYS);
        day.isBefore(until);
        day = day.plus(Duration.ofDays(1))) {
      for (int shard = 0; shard < account.eventShards().on(day); shard++) {
        read(Keys.events(account.id(), day, shard), since, until, page);
      }
    }
  }

  private void read(String partition, Instant since, Instant until, Consumer<List<Event>> page) {
    Map<String, AttributeValue> values =
        Map.of(
            ":pk", AttributeValue.fromS(partition),
            ":since", AttributeValue.fromS(Ids.firstAt("evt", since)),
            ":until", AttributeValue.fromS(Ids.firstAt("evt", until)));
    Map<String, AttributeValue> after = Map.of();
    do {
      Map<String, AttributeValue> start = after;
      QueryResponse found =
          mail.query(query -> {
            query
                .keyConditionExpression("pk = :pk AND sk BETWEEN :since AND :until")
                .expressionAttributeValues(values)
                .consistentRead(true)
                .limit(PAGE);
            if (!start.isEmpty()) {
              query.exclusiveStartKey(start);
            }
          });
      if (!found.items().isEmpty()) {
        page.accept(found.items().stream().map(item -> EventCodec.event(Item.read(item))).toList());
      }
      after = found.lastEvaluatedKey();
    } while (!after.isEmpty());
  }
}
