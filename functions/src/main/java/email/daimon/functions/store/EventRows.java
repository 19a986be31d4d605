package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Merge.Chunk;
import email.daimon.functions.store.Merge.Source;
import email.daimon.model.Account;
import email.daimon.model.Event;
import email.daimon.model.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/** The rows of an account's events, read strongly, a day at a time and over all its shards. */
final class EventRows {
  private static final Comparator<Event> BY_ID = Comparator.comparing(Event::id);
  private final Table mail;
  private final Account account;
  private final ReadBudget budget;

  EventRows(Table mail, Account account, ReadBudget budget) {
    this.mail = requireNonNull(mail, "mail is null");
    this.account = requireNonNull(account, "account is null");
    this.budget = requireNonNull(budget, "budget is null");
  }

  /** The days that a span touches, the earlier first. */
  static List<Instant> days(Span span) {
    if (span.empty()) {
      return List.of();
    }
    List<Instant> days = new ArrayList<>();
    Instant end = Instant.ofEpochMilli(span.end());
    for (Instant day = Instant.ofEpochMilli(span.from()).truncatedTo(ChronoUnit.DAYS);
        day.isBefore(end);
        day = day.plus(1, ChronoUnit.DAYS)) {
      days.add(day);
    }
    return days;
  }

  /** The events of a day that lie in a span, by id. */
  Merge<Event> ofDay(Instant day, Span span, boolean ascending, int chunk) {
    List<Source<Event>> shards = new ArrayList<>();
    for (int shard = 0; shard < account.eventShards().on(day); shard++) {
      shards.add(shard(Keys.events(account.id(), day, shard), span, ascending));
    }
    return new Merge<>(ascending ? BY_ID : BY_ID.reversed(), chunk, () -> !budget.spent(), shards);
  }

  private Source<Event> shard(String partition, Span span, boolean ascending) {
    return new Source<>() {
      private Optional<Map<String, AttributeValue>> last = Optional.empty();

      @Override
      public Chunk<Event> next(int count) {
        QueryResponse page = page(partition, span, ascending, last, count);
        last = Optional.of(page.lastEvaluatedKey()).filter(key -> !key.isEmpty());
        List<Event> events =
            page.items().stream().map(item -> EventCodec.event(Item.read(item))).toList();
        return new Chunk<>(events, last.isPresent());
      }
    };
  }

  private QueryResponse page(
      String partition,
      Span span,
      boolean ascending,
      Optional<Map<String, AttributeValue>> last,
      int count) {
    QueryResponse page =
        mail.query(query -> {
          query
              .keyConditionExpression("pk = :pk AND sk BETWEEN :first AND :end")
              .expressionAttributeValues(
                  Map.of(
                      ":pk", AttributeValue.fromS(partition),
                      ":first", AttributeValue.fromS(first(span.from())),
                      ":end", AttributeValue.fromS(first(span.end()))))
              .scanIndexForward(ascending)
              .limit(count)
              .consistentRead(true)
              .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
          last.ifPresent(query::exclusiveStartKey);
        });
    budget.strong(page);
    return page;
  }

  // Ids go on after the time, so that this is before every event of its millisecond.
  private static String first(long time) {
    return Ids.firstAt("evt", Instant.ofEpochMilli(time));
  }
}
