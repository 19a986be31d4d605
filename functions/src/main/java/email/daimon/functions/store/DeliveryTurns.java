package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.DeliveryStatus;
import email.daimon.model.Endpoint;
import email.daimon.model.Ids;
import email.daimon.model.WebhookDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Deliveries as they go from call to call. A change holds only over the row as it was read, so that
 * of two who work on one delivery one is heard. What waits for its endpoint has a place in {@code
 * WP#webhook / eventId}, put and taken away with the row; what waits longer than a queue can, an
 * entry in the due index.
 */
public final class DeliveryTurns {
  /** What waits longer than this is in the due index: a little less than queues can delay. */
  public static final Duration QUEUED_AT_MOST = Duration.ofMinutes(14);

  private final Table work;
  private final Transactions transactions;
  private final DueIndex dueIndex;

  public DeliveryTurns(Table work, Transactions transactions, DueIndex dueIndex) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.dueIndex = requireNonNull(dueIndex, "dueIndex is null");
  }

  /** What there is to be known for a call. */
  public record Read(
      Optional<Endpoint> endpoint, Optional<WebhookDelivery> delivery, Optional<byte[]> body) {
    public Read {
      requireNonNull(endpoint, "endpoint is null");
      requireNonNull(delivery, "delivery is null");
      requireNonNull(body, "body is null");
    }
  }

  /** Everything that is needed for some calls, in as few reads as there can be. */
  public Map<WebhookCall, Read> read(Collection<WebhookCall> calls) {
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    for (WebhookCall call : calls) {
      keys.add(Item.key(Keys.endpoint(call.webhookId()), Keys.META));
      call.eventId()
          .ifPresent(event -> {
            keys.add(Item.key(partition(call.webhookId(), event), event));
            keys.add(Item.key(Keys.eventBody(event), Keys.META));
          });
    }
    Map<String, Item> found = new HashMap<>();
    work.getAll(keys).forEach(item -> found.put(item.text("pk") + "/" + item.text("sk"), item));
    Map<WebhookCall, Read> read = new HashMap<>();
    Map<String, Optional<byte[]>> bodies = new HashMap<>();
    for (WebhookCall call : calls) {
      read.put(
          call,
          new Read(
              item(found, Keys.endpoint(call.webhookId()), Keys.META).map(EndpointCodec::endpoint),
              call.eventId()
                  .flatMap(event -> item(found, partition(call.webhookId(), event), event))
                  .map(DeliveryCodec::delivery),
              call.eventId()
                  .flatMap(event -> bodies.computeIfAbsent(event, id -> body(found, id)))));
    }
    return read;
  }

  // Unpacked once for all who hear of the event in one batch.
  private static Optional<byte[]> body(Map<String, Item> found, String eventId) {
    return item(found, Keys.eventBody(eventId), Keys.META)
        .map(item -> EventBodies.unpacked(item.bytes("body")));
  }

  private static Optional<Item> item(Map<String, Item> found, String pk, String sk) {
    return Optional.ofNullable(found.get(pk + "/" + sk));
  }

  /**
   * Writes a delivery over the one that it was made of.
   *
   * @param now decides whether its next call is for the due index
   * @return whether that was still there
   */
  public boolean change(WebhookDelivery read, WebhookDelivery next, Instant now) {
    Item item = DeliveryCodec.item(next);
    Map<String, AttributeValue> version =
        Map.of(":read", AttributeValue.fromN(Long.toString(read.version())));
    boolean wasParked = read.status() == DeliveryStatus.PARKED;
    boolean parks = next.status() == DeliveryStatus.PARKED;
    Optional<Instant> later = next.nextAttemptAt().filter(at -> late(now, at));
    if (wasParked == parks && later.isEmpty()) {
      return transactions
          .putIf(work, item, "version = :read", version)
          .map(there -> DeliveryCodec.delivery(there).equals(next))
          .orElse(true);
    }
    UnitOfWork unit = new UnitOfWork().putIf(work, item, "version = :read", version);
    if (parks && !wasParked) {
      unit.put(
          work,
          Item.of(Keys.parked(next.webhookId()), next.eventId())
              .number(Keys.EXPIRES_AT, item.number(Keys.EXPIRES_AT)));
    }
    if (wasParked && !parks) {
      unit.delete(work, Item.key(Keys.parked(next.webhookId()), next.eventId()));
    }
    later.ifPresent(at -> dueIndex.put(unit, due(next, at)));
    return transactions.commitOnce(unit, UUID.randomUUID().toString()).isEmpty();
  }

  /** Takes the due entry out that has led to a call, where it was one that did. */
  public void arrived(WebhookDelivery read) {
    read.nextAttemptAt()
        .filter(at -> !read.attempts().isEmpty() && late(read.attempts().getLast().at(), at))
        .ifPresent(at -> dueIndex.remove(due(read, at)));
  }

  /** Whether a call at a time is for the due index, as it looks now. */
  public static boolean late(Instant now, Instant at) {
    return at.isAfter(now.plus(QUEUED_AT_MOST));
  }

  /** The oldest events that wait for an endpoint. */
  public List<String> parked(String webhookId, int limit) {
    return work
        .query(query ->
            query
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(
                    Map.of(":pk", AttributeValue.fromS(Keys.parked(webhookId))))
                .limit(limit)
                .consistentRead(true))
        .items()
        .stream()
        .map(item -> Item.read(item).text("sk"))
        .toList();
  }

  /** Takes away a place among the parked whose delivery waits no longer. */
  public void unpark(String webhookId, String eventId) {
    transactions.deleteIf(
        work,
        Item.key(Keys.parked(webhookId), eventId),
        "sk = :event",
        Map.of(":event", AttributeValue.fromS(eventId)));
  }

  private static DueEntry due(WebhookDelivery delivery, Instant at) {
    WebhookCall call = new WebhookCall(delivery.webhookId(), Optional.of(delivery.eventId()));
    String id = delivery.webhookId() + "#" + delivery.eventId();
    return new DueEntry(at, id, WebhookCall.QUEUE, call.json());
  }

  private static String partition(String webhookId, String eventId) {
    return Keys.deliveries(webhookId, Ids.time(eventId));
  }
}
