package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Merge.Chunk;
import email.daimon.functions.store.Merge.Source;
import email.daimon.functions.store.ThreadLists.Request;
import email.daimon.model.Account;
import email.daimon.model.Ids;
import email.daimon.model.MailThread;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnConsumedCapacity;

/**
 * Where the threads of a list come from: the index of an inbox, the shards of an account's feed,
 * and the messages of the last seconds, which indexes may not know yet.
 */
final class ThreadQueries {
  private static final String ROW = "M#";
  private static final int MOST_EVENTS = 500;
  private final Table mail;
  private final ReadBudget budget;
  private final Request request;

  ThreadQueries(Table mail, ReadBudget budget, Request request) {
    this.mail = requireNonNull(mail, "mail is null");
    this.budget = requireNonNull(budget, "budget is null");
    this.request = requireNonNull(request, "request is null");
  }

  /**
   * A thread that may belong on a page.
   *
   * @param settled whether the head was read strongly
   */
  record Found(ThreadPlace place, MailThread head, boolean settled) {}

  /** Index {@code by1}: the threads of an inbox. */
  Source<Found> ofInbox(String inboxId) {
    return index("by1", "i1pk", "i1sk", Keys.threadsOf(inboxId));
  }

  /**
   * Index {@code by2}: every shard of every generation that may still hold threads. The shard count
   * only grows, so the newest one names the shards of the older generations too.
   */
  List<Source<Found>> ofAccount(String accountId, Account.ThreadFeed feed) {
    List<Source<Found>> shards = new ArrayList<>();
    for (int generation = feed.oldestGeneration(); generation <= feed.generation(); generation++) {
      for (int shard = 0; shard < feed.shards(); shard++) {
        shards.add(index("by2", "i2pk", "i2sk", Keys.feed(accountId, generation, shard)));
      }
    }
    return shards;
  }

  /** The threads of an inbox that got mail in {@code young}, whatever an index says. */
  Source<Found> recent(String inboxId, Span young) {
    return _ -> {
      QueryResponse page =
          mail.query(query ->
              query
                  .keyConditionExpression("pk = :pk AND sk BETWEEN :first AND :end")
                  .expressionAttributeValues(
                      Map.of(
                          ":pk", AttributeValue.fromS(Keys.inbox(inboxId)),
                          ":first", AttributeValue.fromS(ROW + young.firstText()),
                          ":end", AttributeValue.fromS(ROW + young.endText())))
                  .projectionExpression("threadId")
                  .scanIndexForward(false)
                  .consistentRead(true)
                  .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
      budget.strong(page);
      var ids =
          page.items().stream()
              .map(item -> Item.read(item).text("threadId"))
              .collect(Collectors.toSet());
      List<Found> found =
          new ThreadReads(mail)
              .surviving(inboxId, ids).values().stream()
                  .map(head -> new Found(ThreadLists.activity(head), head, true))
                  .filter(one -> one.head().listed() && within(one.place()))
                  .distinct()
                  .sorted(ThreadLists.order(request.ascending()))
                  .toList();
      return new Chunk<>(found, false);
    };
  }

  /**
   * The threads of an account that something happened to in {@code young}, as its events say: they
   * are read strongly. Of a busy account the newest; the index has caught up with the others.
   */
  Source<Found> recent(Account account, Span young) {
    return _ -> {
      Set<Map<String, AttributeValue>> keys = new LinkedHashSet<>();
      for (String partition : events(account, young)) {
        for (Item event : events(partition, young)) {
          if (event.has("inboxId") && event.has("threadId")) {
            keys.add(
                Item.key(Keys.inbox(event.text("inboxId")), Keys.thread(event.text("threadId"))));
          }
        }
      }
      List<Found> found = new ArrayList<>();
      for (Item item : mail.getAll(keys)) {
        budget.item(item);
        MailThread head = ThreadCodec.thread(item);
        Found one = new Found(ThreadLists.activity(head), head, false);
        if (head.listed() && within(one.place())) {
          found.add(one);
        }
      }
      found.sort(ThreadLists.order(request.ascending()));
      return new Chunk<>(found, false);
    };
  }

  /**
   * The threads that are on their way from one generation of the feed to the next, so that the
   * index may show them in neither.
   *
   * @param end where the page ends that they may belong to; empty where it is the last
   */
  List<Found> moved(String accountId, Instant since, Optional<ThreadPlace> end) {
    List<Found> found = new ArrayList<>();
    for (Item item :
        mail.getAll(
            MovedThreads.since(
                mail, accountId, since, budget, place -> within(place) && before(place, end)))) {
      budget.item(item);
      MailThread head = ThreadCodec.thread(item);
      Found one = new Found(ThreadLists.activity(head), head, false);
      if (head.listed() && within(one.place()) && before(one.place(), end)) {
        found.add(one);
      }
    }
    return found;
  }

  private boolean before(ThreadPlace place, Optional<ThreadPlace> end) {
    return end.map(
            last -> request.ascending() ? place.compareTo(last) <= 0 : place.compareTo(last) >= 0)
        .orElse(true);
  }

  // Inbox time may be a little ahead of the clock, so of the next day.
  private static Set<String> events(Account account, Span young) {
    Set<String> partitions = new LinkedHashSet<>();
    Instant from = Instant.ofEpochMilli(young.from());
    for (Instant day : List.of(from.plus(MessageLists.INDEX_LAG.multipliedBy(2)), from)) {
      for (int shard = 0; shard < account.eventShards().on(day); shard++) {
        partitions.add(Keys.events(account.id(), day, shard));
      }
    }
    return partitions;
  }

  private List<Item> events(String partition, Span young) {
    QueryResponse page =
        mail.query(query ->
            query
                .keyConditionExpression("pk = :pk AND sk >= :first")
                .expressionAttributeValues(
                    Map.of(
                        ":pk",
                        AttributeValue.fromS(partition),
                        ":first",
                        AttributeValue.fromS(
                            Ids.firstAt("evt", Instant.ofEpochMilli(young.from())))))
                .projectionExpression("inboxId, threadId")
                .scanIndexForward(false)
                .limit(MOST_EVENTS)
                .consistentRead(true)
                .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL));
    budget.strong(page);
    return page.items().stream().map(Item::read).toList();
  }

  private boolean within(ThreadPlace place) {
    return request.span().holds(place.time())
        && request
            .after()
            .map(after -> request.ascending() == place.compareTo(after) > 0 && !place.equals(after))
            .orElse(true);
  }

  private Source<Found> index(String index, String pk, String sk, String partition) {
    String first =
        request
            .after()
            .filter(_ -> request.ascending())
            .map(ThreadPlace::text)
            .orElse(request.span().firstText());
    String end =
        request
            .after()
            .filter(_ -> !request.ascending())
            .map(ThreadPlace::text)
            .orElse(request.span().endText());
    return new Source<>() {
      private Optional<Map<String, AttributeValue>> last = Optional.empty();

      @Override
      public Chunk<Found> next(int count) {
        if (first.compareTo(end) > 0) {
          return new Chunk<>(List.of(), false);
        }
        QueryResponse page =
            mail.query(query -> {
              query
                  .indexName(index)
                  .keyConditionExpression("#pk = :pk AND #sk BETWEEN :first AND :end")
                  .expressionAttributeNames(Map.of("#pk", pk, "#sk", sk))
                  .expressionAttributeValues(
                      Map.of(
                          ":pk", AttributeValue.fromS(partition),
                          ":first", AttributeValue.fromS(first),
                          ":end", AttributeValue.fromS(end)))
                  .scanIndexForward(request.ascending())
                  .limit(count)
                  .returnConsumedCapacity(ReturnConsumedCapacity.TOTAL);
              last.ifPresent(query::exclusiveStartKey);
            });
        budget.eventual(page);
        last = Optional.of(page.lastEvaluatedKey()).filter(key -> !key.isEmpty());
        List<Found> found =
            page.items().stream()
                .map(item ->
                    new Found(
                        ThreadPlace.parse(Item.read(item).text(sk)),
                        ThreadCodec.thread(Item.read(item)),
                        false))
                .filter(one -> within(one.place()))
                .toList();
        return new Chunk<>(found, last.isPresent());
      }
    };
  }
}
