package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Transactions.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/**
 * What is due when, {@code D#epochMinute#shard / dueMillis#id} of the work table. An entry is put
 * in the transaction that makes it needed, and taken out when its work is done.
 */
public final class DueIndex {
  private static final int SHARDS = 8;
  private static final Duration KEPT = Duration.ofDays(30);
  private static final String MARK = "D#MARK";
  private final Table work;
  private final Transactions transactions;

  public DueIndex(Table work, Transactions transactions) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  /**
   * How far the sweep has come.
   *
   * @param handled the last minute that was read twice
   * @param announced the last minute that was read once
   */
  public record Mark(long handled, long announced) {}

  /** Puts an entry into a unit of work. */
  public void put(UnitOfWork unit, DueEntry entry) {
    unit.put(work, item(entry));
  }

  /** Takes an entry out: its work is done. */
  public void remove(UnitOfWork unit, Instant due, String id) {
    Item item = item(new DueEntry(due, id, "", ""));
    unit.delete(work, Item.key(item.text("pk"), item.text("sk")));
  }

  /** What is due in a minute, in no order. */
  public List<DueEntry> dueIn(long epochMinute) {
    List<DueEntry> due = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      String pk = Keys.due(epochMinute, shard);
      Map<String, AttributeValue> from = Map.of();
      do {
        Map<String, AttributeValue> start = from;
        QueryResponse page =
            work.query(query -> {
              query
                  .keyConditionExpression("pk = :pk")
                  .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk)))
                  .consistentRead(true);
              if (!start.isEmpty()) {
                query.exclusiveStartKey(start);
              }
            });
        page.items().forEach(item -> due.add(entry(Item.read(item))));
        from = page.lastEvaluatedKey();
      } while (!from.isEmpty());
    }
    return due;
  }

  /** Takes an entry out by itself. */
  public void remove(DueEntry entry) {
    UnitOfWork unit = new UnitOfWork();
    remove(unit, entry.due(), entry.id());
    transactions.run(() -> new Attempt.Write<>(unit, entry));
  }

  /** How far the sweep has come; empty before the first. */
  public Optional<Mark> mark() {
    return work.get(MARK, Keys.META)
        .map(item -> new Mark(item.number("handled"), item.number("announced")));
  }

  /**
   * The first minute that something is due in; empty where nothing is. Reads the whole table: for
   * the first sweep, which has no mark to go on from.
   */
  public OptionalLong first() {
    OptionalLong first = OptionalLong.empty();
    Map<String, AttributeValue> from = Map.of();
    do {
      Map<String, AttributeValue> start = from;
      ScanResponse page =
          work.dynamoDb()
              .scan(scan -> {
                scan.tableName(work.name())
                    .projectionExpression("pk")
                    .filterExpression("begins_with(pk, :due) AND pk <> :mark")
                    .expressionAttributeValues(
                        Map.of(
                            ":due", AttributeValue.fromS("D#"),
                            ":mark", AttributeValue.fromS(MARK)))
                    .consistentRead(true);
                if (!start.isEmpty()) {
                  scan.exclusiveStartKey(start);
                }
              });
      for (Map<String, AttributeValue> row : page.items()) {
        long minute = Long.parseLong(Item.read(row).text("pk").split("#", 3)[1]);
        first = OptionalLong.of(Math.min(minute, first.orElse(minute)));
      }
      from = page.lastEvaluatedKey();
    } while (!from.isEmpty());
    return first;
  }

  /** Moves the mark. Sweeps that overlap may move it back, which repeats but never skips. */
  public void mark(Mark mark) {
    Item item =
        Item.of(MARK, Keys.META)
            .number("handled", mark.handled())
            .number("announced", mark.announced());
    transactions.run(() -> new Attempt.Write<>(new UnitOfWork().put(work, item), mark));
  }

  private static Item item(DueEntry entry) {
    return Item.of(
            Keys.due(entry.minute(), Keys.shard(entry.id(), SHARDS)),
            Keys.byTime(entry.due().toEpochMilli(), entry.id()))
        .text("id", entry.id())
        .time("due", entry.due())
        .text("queue", entry.queue())
        .text("body", entry.body())
        .number(Keys.EXPIRES_AT, entry.due().plus(KEPT).getEpochSecond());
  }

  private static DueEntry entry(Item item) {
    return new DueEntry(item.time("due"), item.text("id"), item.text("queue"), item.text("body"));
  }
}
