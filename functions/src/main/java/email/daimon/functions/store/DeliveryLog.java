package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Ids;
import email.daimon.model.WebhookDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What webhooks were told of, by the time of the events. Deliveries lie in a partition for each
 * hour; {@code WD#webhook / hour} says which hours there are, so that a log with gaps is read
 * without looking into each of the 720 hours of 30 days.
 */
public final class DeliveryLog {
  private static final Duration KEPT = DeliveryCodec.KEPT.plusDays(1);
  private static final int MOST_HOURS = 48;
  private static final int MOST_NOTED = 10_000;
  private static final String EVENT = "evt";
  private final Table work;
  private final Transactions transactions;
  private final Set<List<String>> noted = ConcurrentHashMap.newKeySet();

  DeliveryLog(Table work, Transactions transactions) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  /**
   * A stretch of the log.
   *
   * @param since of the events, inclusive
   * @param until of the events, exclusive
   */
  public record Stretch(String webhookId, Instant since, Instant until, boolean newestFirst) {
    public Stretch {
      requireNonNull(webhookId, "webhookId is null");
      requireNonNull(since, "since is null");
      requireNonNull(until, "until is null");
    }
  }

  /**
   * Some of a stretch.
   *
   * @param next where the next page begins; empty after the last. A page may be short, and even
   *     empty, before it
   */
  public record Page(List<WebhookDelivery> deliveries, Optional<String> next) {
    public Page {
      deliveries = List.copyOf(deliveries);
      requireNonNull(next, "next is null");
    }
  }

  /** Notes that an hour has deliveries, before the first of them is written. */
  void noteHour(WebhookDelivery delivery) {
    Instant time = Ids.time(delivery.eventId());
    List<String> name = List.of(delivery.webhookId(), Keys.hour(time));
    if (noted.contains(name)) {
      return;
    }
    Item hour =
        Item.of(Keys.deliveryHours(delivery.webhookId()), Keys.hour(time))
            .number(Keys.EXPIRES_AT, delivery.createdAt().plus(KEPT).getEpochSecond());
    var _ = transactions.putIf(work, hour, "attribute_not_exists(pk)", Map.of());
    if (noted.size() >= MOST_NOTED) {
      noted.clear();
    }
    noted.add(name);
  }

  /**
   * Reads on in a stretch.
   *
   * @param place of the page before; empty at the beginning
   */
  public Page page(Stretch stretch, Optional<String> place, int most) {
    String first = Ids.firstAt(EVENT, stretch.since);
    String last = Ids.firstAt(EVENT, stretch.until);
    String from = stretch.newestFirst ? first : place.orElse(first);
    String to = stretch.newestFirst ? place.orElse(last) : last;
    if (from.compareTo(to) >= 0) {
      return new Page(List.of(), Optional.empty());
    }
    List<WebhookDelivery> found = new ArrayList<>();
    List<Instant> hours = hours(stretch, Ids.time(from), Ids.time(to));
    for (Instant hour : hours) {
      List<WebhookDelivery> some = inHour(stretch, hour, from, to, most - found.size());
      some.stream().filter(one -> !place.equals(Optional.of(one.eventId()))).forEach(found::add);
      if (found.size() >= most) {
        List<WebhookDelivery> page = found.subList(0, most);
        return new Page(page, Optional.of(page.getLast().eventId()));
      }
    }
    if (hours.size() < MOST_HOURS) {
      return new Page(found, Optional.empty());
    }
    Instant hour = hours.getLast();
    Instant end = stretch.newestFirst ? hour : hour.plus(Duration.ofHours(1));
    return new Page(found, Optional.of(Ids.firstAt(EVENT, end)));
  }

  private List<Instant> hours(Stretch stretch, Instant from, Instant to) {
    return work
        .first(
            MOST_HOURS,
            query ->
                query
                    .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :to")
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", AttributeValue.fromS(Keys.deliveryHours(stretch.webhookId)),
                            ":from", AttributeValue.fromS(Keys.hour(from)),
                            ":to", AttributeValue.fromS(Keys.hour(to))))
                    .scanIndexForward(!stretch.newestFirst)
                    .consistentRead(true))
        .stream()
        .map(item -> Long.parseLong(item.text("sk")))
        .map(hour -> Instant.ofEpochSecond(hour * 3_600))
        .toList();
  }

  // Both ends are in: one more than asked for, as the caller leaves out the place itself.
  private List<WebhookDelivery> inHour(
      Stretch stretch, Instant hour, String from, String to, int most) {
    return work
        .first(
            most + 1,
            query ->
                query
                    .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :to")
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", AttributeValue.fromS(Keys.deliveries(stretch.webhookId, hour)),
                            ":from", AttributeValue.fromS(from),
                            ":to", AttributeValue.fromS(to)))
                    .scanIndexForward(!stretch.newestFirst)
                    .consistentRead(true))
        .stream()
        .map(DeliveryCodec::delivery)
        .toList();
  }
}
