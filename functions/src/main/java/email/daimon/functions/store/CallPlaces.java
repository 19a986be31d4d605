package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Places for calls that are under way to one slow endpoint, {@code WL#webhook / n} of the work
 * table. Each is taken for a minute at most, so that who is killed leaves none behind.
 */
public final class CallPlaces {
  /** Calls that are under way to one endpoint at a time. */
  public static final int PLACES = 10;

  private static final Duration TAKEN = Duration.ofSeconds(60);
  private static final String RELEASE = "RELEASE";
  private final Table work;
  private final Transactions transactions;
  private final RandomGenerator random;

  public CallPlaces(Table work, Transactions transactions, RandomGenerator random) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.random = requireNonNull(random, "random is null");
  }

  /** A place that is taken; the holder tells it from a later one of the same name. */
  public record Place(String webhookId, String name, String holder) {
    public Place {
      requireNonNull(webhookId, "webhookId is null");
      requireNonNull(name, "name is null");
      requireNonNull(holder, "holder is null");
    }
  }

  /** A free place; empty where there is none. */
  public Optional<Place> take(String webhookId, Instant now) {
    Set<String> taken = taken(webhookId, now);
    int first = random.nextInt(PLACES);
    return IntStream.range(0, PLACES)
        .mapToObj(i -> Integer.toString((first + i) % PLACES))
        .filter(name -> !taken.contains(name))
        .map(name -> take(webhookId, name, now))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** The one place of who sends on what was parked. */
  public Optional<Place> takeRelease(String webhookId, Instant now) {
    return take(webhookId, RELEASE, now);
  }

  /** Gives a place back. */
  public void give(Place place) {
    transactions.deleteIf(
        work,
        Item.key(Keys.callPlaces(place.webhookId()), place.name()),
        "holder = :holder",
        Map.of(":holder", AttributeValue.fromS(place.holder())));
  }

  private Set<String> taken(String webhookId, Instant now) {
    return work
        .query(query ->
            query
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(
                    Map.of(":pk", AttributeValue.fromS(Keys.callPlaces(webhookId))))
                .consistentRead(true))
        .items()
        .stream()
        .map(Item::read)
        .filter(item -> item.time("takenUntil").isAfter(now))
        .map(item -> item.text("sk"))
        .collect(Collectors.toSet());
  }

  private Optional<Place> take(String webhookId, String name, Instant now) {
    Instant until = now.plus(TAKEN);
    Place place = new Place(webhookId, name, Long.toHexString(random.nextLong()));
    Item item =
        Item.of(Keys.callPlaces(webhookId), name)
            .text("holder", place.holder())
            .time("takenUntil", until)
            .number(Keys.EXPIRES_AT, until.getEpochSecond() + 60);
    Optional<Item> inTheWay =
        transactions.putIf(
            work,
            item,
            "attribute_not_exists(pk) OR takenUntil <= :now",
            Map.of(":now", AttributeValue.fromN(Long.toString(now.toEpochMilli()))));
    return inTheWay.filter(there -> !there.text("holder").equals(place.holder())).isPresent()
        ? Optional.empty()
        : Optional.of(place);
  }
}
