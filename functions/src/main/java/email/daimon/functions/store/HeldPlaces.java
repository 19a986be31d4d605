package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The places of calls that are held (rules 3.9): so many at a time, of an account and of a key.
 * They are counted by the {@link #WINDOW} in which a call begins. As none is held longer than that,
 * the present window and the one before hold them all, and what a killed function did not give back
 * is forgotten with its window.
 *
 * <p>A place costs one batch of reads and four writes; a refusal only the reads, mostly.
 */
public final class HeldPlaces {
  /** No call is held longer. */
  public static final Duration WINDOW = Duration.ofSeconds(30);

  private static final Logger LOG = LoggerFactory.getLogger(HeldPlaces.class);
  private static final Duration KEPT = Duration.ofMinutes(10);
  private static final String EVERYBODY = "ALL";
  private static final String TOTAL = "n";
  private final Table work;
  private final Transactions transactions;
  private final Caps caps;

  /** How many calls may be held at a time. */
  public record Caps(int all, int ofAccount, int ofKey) {}

  /** A place that was taken. */
  public record Place(String accountId, String keyId, long window) {}

  public HeldPlaces(Table work, Transactions transactions, Caps caps) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.caps = requireNonNull(caps, "caps is null");
  }

  /** Takes a place; empty where all are taken. */
  public Optional<Place> take(String accountId, String keyId, Instant now) {
    long window = now.toEpochMilli() / WINDOW.toMillis();
    Place place = new Place(accountId, keyId, window);
    Taken taken = read(accountId, window);
    Map<String, Long> ofAccount =
        Map.of(
            TOTAL, caps.ofAccount - taken.before(accountId, TOTAL),
            keyId, caps.ofKey - taken.before(accountId, keyId));
    Map<String, Long> ofAll = Map.of(TOTAL, caps.all - taken.before(EVERYBODY, TOTAL));
    if (!taken.leaves(accountId, ofAccount)
        || !taken.leaves(EVERYBODY, ofAll)
        || !add(accountId, window, ofAccount, now)) {
      return Optional.empty();
    }
    if (!add(EVERYBODY, window, ofAll, now)) {
      subtract(accountId, window, List.of(TOTAL, keyId));
      return Optional.empty();
    }
    return Optional.of(place);
  }

  /** Gives a place back; where that fails, it comes back with the end of its window. */
  public void giveBack(Place place) {
    try {
      subtract(EVERYBODY, place.window, List.of(TOTAL));
      subtract(place.accountId, place.window, List.of(TOTAL, place.keyId));
    } catch (DeferredException | SdkException e) {
      LOG.warn("a place of a held call was not given back", e);
    }
  }

  /** The counts of this window and of the one before. */
  private record Taken(long window, Map<String, Item> items) {
    long before(String whose, String count) {
      return number(whose, window - 1, count);
    }

    boolean leaves(String whose, Map<String, Long> room) {
      return room.entrySet().stream()
          .allMatch(one -> number(whose, window, one.getKey()) < one.getValue());
    }

    private long number(String whose, long at, String count) {
      Item item = items.get(Keys.held(whose, at));
      return item == null ? 0 : item.number(count);
    }
  }

  private Taken read(String accountId, long window) {
    Map<String, Item> items = new HashMap<>();
    work.getAll(
            List.of(
                Item.key(Keys.held(accountId, window - 1), Keys.META),
                Item.key(Keys.held(accountId, window), Keys.META),
                Item.key(Keys.held(EVERYBODY, window - 1), Keys.META),
                Item.key(Keys.held(EVERYBODY, window), Keys.META)))
        .forEach(item -> items.put(item.text("pk"), item));
    return new Taken(window, items);
  }

  private boolean add(String whose, long window, Map<String, Long> room, Instant now) {
    StringBuilder add = new StringBuilder("SET expires_at = :expiry ADD ");
    StringBuilder condition = new StringBuilder();
    Map<String, String> names = new HashMap<>();
    Map<String, AttributeValue> values = new HashMap<>();
    values.put(":expiry", number(now.plus(KEPT).getEpochSecond()));
    values.put(":one", number(1));
    room.forEach((count, most) -> {
      int i = names.size();
      String parted = i == 0 ? "" : ", ";
      names.put("#c" + i, count);
      values.put(":r" + i, number(most));
      add.append(parted).append("#c" + i + " :one");
      condition
          .append(i == 0 ? "" : " AND ")
          .append("(attribute_not_exists(#c" + i + ") OR #c" + i + " < :r" + i + ")");
    });
    return update(whose, window, add.toString(), condition.toString(), names, values);
  }

  // A window that is over may be gone already: it is not to come back.
  private void subtract(String whose, long window, List<String> counts) {
    StringBuilder add = new StringBuilder("ADD ");
    Map<String, String> names = new HashMap<>();
    counts.forEach(count -> {
      int i = names.size();
      names.put("#c" + i, count);
      add.append(i == 0 ? "" : ", ").append("#c" + i + " :less");
    });
    var _ =
        update(
            whose,
            window,
            add.toString(),
            "attribute_exists(pk)",
            names,
            Map.of(":less", number(-1)));
  }

  private boolean update(
      String whose,
      long window,
      String change,
      String condition,
      Map<String, String> names,
      Map<String, AttributeValue> values) {
    Map<String, AttributeValue> key = Item.key(Keys.held(whose, window), Keys.META);
    return transactions.updateIf(work, key, change, condition, values, names).isPresent();
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
