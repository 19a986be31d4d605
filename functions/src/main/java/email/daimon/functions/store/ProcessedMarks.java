package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Which received mails are done with: stored, known, or for nobody. One small item of the table
 * {@code work} for each batch that function {@code inbound} has handled, {@code IN#hour / hash},
 * under the hour in which SES received its mails; a batch that is handled twice writes the same
 * item.
 */
public final class ProcessedMarks {
  /** How far back marks are kept, and a look for unprocessed mails can reach. */
  public static final Duration KEPT = Duration.ofDays(4);

  private static final int HASH_CHARACTERS = 32;
  private static final String IDS = "ids";
  private final Table work;
  private final Transactions transactions;

  public ProcessedMarks(Table work, Transactions transactions) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  /** A mail by the name that SES gave it. */
  public record Mail(String sesId, Instant receivedAt) {
    public Mail {
      requireNonNull(sesId, "sesId is null");
      requireNonNull(receivedAt, "receivedAt is null");
    }
  }

  /** Marks mails that were handled together. */
  public void mark(Collection<Mail> mails) {
    Map<Instant, Set<String>> byHour = new TreeMap<>();
    mails.forEach(mail ->
        byHour.computeIfAbsent(hour(mail.receivedAt()), _ -> new TreeSet<>()).add(mail.sesId()));
    byHour.forEach((hour, ids) ->
        transactions.put(
            work,
            Item.of(Keys.processed(hour), hash(ids))
                .texts(IDS, ids)
                .number(Keys.EXPIRES_AT, hour.plus(KEPT).getEpochSecond())));
  }

  /**
   * The names of the marked mails that SES received in these hours, the first and last included.
   */
  Set<String> marked(Instant from, Instant until) {
    Set<String> ids = new HashSet<>();
    for (Instant hour = hour(from); !hour.isAfter(until); hour = hour.plus(1, ChronoUnit.HOURS)) {
      read(hour, ids);
    }
    return ids;
  }

  private void read(Instant hour, Set<String> ids) {
    Map<String, AttributeValue> start = Map.of();
    do {
      Map<String, AttributeValue> from = start;
      QueryResponse page =
          work.query(query -> {
            query
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(
                    Map.of(":pk", AttributeValue.fromS(Keys.processed(hour))))
                .consistentRead(true);
            if (!from.isEmpty()) {
              query.exclusiveStartKey(from);
            }
          });
      page.items().forEach(item -> ids.addAll(Item.read(item).texts(IDS)));
      start = page.lastEvaluatedKey();
    } while (!start.isEmpty());
  }

  private static Instant hour(Instant time) {
    return time.truncatedTo(ChronoUnit.HOURS);
  }

  private static String hash(Set<String> ids) {
    return Hash.sha256(String.join(" ", List.copyOf(ids))).substring(0, HASH_CHARACTERS);
  }
}
