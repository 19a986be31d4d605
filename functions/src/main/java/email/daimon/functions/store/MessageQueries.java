package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Merge.Chunk;
import email.daimon.functions.store.Merge.Source;
import email.daimon.model.MessageKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * Where the candidates of a page come from: the inbox's rows themselves, read strongly, or an index
 * of them, whose images may be old.
 */
final class MessageQueries {
  private final Table mail;
  private final ReadBudget budget;
  private final boolean ascending;

  MessageQueries(Table mail, ReadBudget budget, boolean ascending) {
    this.mail = requireNonNull(mail, "mail is null");
    this.budget = requireNonNull(budget, "budget is null");
    this.ascending = ascending;
  }

  /** The rows of an inbox. */
  Source<Candidate> rows(String inboxId, Span span) {
    return source(
        Keys.inbox(inboxId),
        new Names(Optional.empty(), "pk", "sk", "M#"),
        span,
        item ->
            new Candidate(MessageCodec.key(item), Optional.of(MessageCodec.message(item)), true));
  }

  /** Index {@code by1}: messages of a thread, both directions, flagged ones too. */
  Source<Candidate> ofThread(String inboxId, String threadId, Span span) {
    return source(
        Keys.messagesOf(inboxId, threadId),
        new Names(Optional.of("by1"), "i1pk", "i1sk", ""),
        span,
        MessageQueries::image);
  }

  /** Index {@code by2}: unread messages that count. */
  Source<Candidate> unread(String inboxId, Span span) {
    return source(
        Keys.unread(inboxId),
        new Names(Optional.of("by2"), "i2pk", "i2sk", ""),
        span,
        MessageQueries::image);
  }

  /** Index {@code by2}: messages that wait for their time. */
  Source<Candidate> scheduled(String inboxId, Span span) {
    return source(
        Keys.scheduled(inboxId),
        new Names(Optional.of("by2"), "i2pk", "i2sk", ""),
        span,
        MessageQueries::image);
  }

  /** Keys that are known already. */
  Source<Candidate> known(List<MessageKey> keys, Span span) {
    List<Candidate> found =
        keys.stream()
            .filter(key -> span.holds(key.inboxTime()))
            .map(key -> new Candidate(key, Optional.empty(), false))
            .sorted(Candidate.order(ascending))
            .toList();
    return _ -> new Chunk<>(found, false);
  }

  private static Candidate image(Item item) {
    return new Candidate(MessageCodec.key(item), Optional.of(MessageCodec.message(item)), false);
  }

  private record Names(Optional<String> index, String pk, String sk, String prefix) {}

  private Source<Candidate> source(
      String partition, Names names, Span span, Function<Item, Candidate> read) {
    if (span.empty()) {
      return _ -> new Chunk<>(List.of(), false);
    }
    return new Source<>() {
      private Optional<Map<String, AttributeValue>> last = Optional.empty();

      @Override
      public Chunk<Candidate> next(int count) {
        QueryResponse page = page(partition, names, span, last, count);
        last = Optional.of(page.lastEvaluatedKey()).filter(key -> !key.isEmpty());
        List<Candidate> found = new ArrayList<>();
        page.items().forEach(item -> found.add(read.apply(Item.read(item))));
        return new Chunk<>(found, last.isPresent());
      }
    };
  }

  private QueryResponse page(
      String partition,
      Names names,
      Span span,
      Optional<Map<String, AttributeValue>> last,
      int count) {
    QueryResponse page =
        mail.query(query -> {
          query
              .keyConditionExpression("#pk = :pk AND #sk BETWEEN :first AND :end")
              .expressionAttributeNames(Map.of("#pk", names.pk(), "#sk", names.sk()))
              .expressionAttributeValues(
                  Map.of(
                      ":pk", AttributeValue.fromS(partition),
                      ":first", AttributeValue.fromS(names.prefix() + span.firstText()),
                      ":end", AttributeValue.fromS(names.prefix() + span.endText())))
              .scanIndexForward(ascending)
              .limit(count)
              .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
          names.index().ifPresentOrElse(query::indexName, () -> query.consistentRead(true));
          last.ifPresent(query::exclusiveStartKey);
        });
    names.index().ifPresentOrElse(_ -> budget.eventual(page), () -> budget.strong(page));
    return page;
  }
}
