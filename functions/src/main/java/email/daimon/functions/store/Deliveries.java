package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.DeliveryStatus;
import email.daimon.model.Ids;
import email.daimon.model.WebhookDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What webhooks were told, and what they are still to be told. */
public final class Deliveries {
  private static final Duration UNTIL_SWEPT = Duration.ofMinutes(2);
  private final Table work;
  private final Transactions transactions;
  private final DueIndex dueIndex;
  private final DeliveryLog log;

  public Deliveries(Table work, Transactions transactions) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.dueIndex = new DueIndex(work, transactions);
    this.log = new DeliveryLog(work, transactions);
  }

  /**
   * Writes down that a webhook is to be told of an event, where that is not written yet.
   *
   * @return what stands there: the one given, or the one that was there before
   */
  public WebhookDelivery plan(WebhookDelivery delivery) {
    log.noteHour(delivery);
    return transactions
        .putIf(work, DeliveryCodec.item(delivery), "attribute_not_exists(pk)", Map.of())
        .map(DeliveryCodec::delivery)
        .orElse(delivery);
  }

  /** One, read strongly. */
  public Optional<WebhookDelivery> find(String webhookId, String eventId) {
    return work.get(Keys.deliveries(webhookId, Ids.time(eventId)), eventId)
        .map(DeliveryCodec::delivery);
  }

  /** Whether a call is still to come for it. */
  public static boolean open(WebhookDelivery delivery) {
    return delivery.status() == DeliveryStatus.PENDING
        || delivery.status() == DeliveryStatus.PARKED;
  }

  /** Those of a webhook of these events that exist, by event id. */
  public Map<String, WebhookDelivery> among(String webhookId, List<String> eventIds) {
    return work
        .getAll(
            eventIds.stream()
                .map(id -> Item.key(Keys.deliveries(webhookId, Ids.time(id)), id))
                .toList())
        .stream()
        .map(DeliveryCodec::delivery)
        .collect(Collectors.toMap(WebhookDelivery::eventId, Function.identity()));
  }

  /** What a webhook was told of, in order. */
  public DeliveryLog log() {
    return log;
  }

  /**
   * Gives a delivery up, where it stands as it was read.
   *
   * @param reason such as {@code disabled}
   */
  public void giveUp(WebhookDelivery read, String reason, Instant now) {
    WebhookDelivery next = read.givenUp(reason, now);
    UnitOfWork unit = new UnitOfWork();
    over(unit, read, next);
    unit.delete(work, Item.key(Keys.parked(read.webhookId()), read.eventId()));
    var _ = transactions.commitOnce(unit, UUID.randomUUID().toString());
  }

  /**
   * Begins another round of a delivery that is over, where it stands as it was read. Its call is to
   * be enqueued; where nobody does, a due entry does.
   *
   * @param also adds to the transaction
   * @return what stands there now; empty where it stands otherwise than it was read
   */
  public Optional<WebhookDelivery> again(
      WebhookDelivery read, Instant now, Consumer<UnitOfWork> also) {
    WebhookDelivery next = read.again(now);
    UnitOfWork unit = new UnitOfWork();
    over(unit, read, next);
    WebhookCall call = new WebhookCall(read.webhookId(), Optional.of(read.eventId()));
    dueIndex.put(
        unit,
        new DueEntry(
            now.plus(UNTIL_SWEPT),
            "replay#" + read.webhookId() + "#" + read.eventId(),
            WebhookCall.QUEUE,
            call.json()));
    also.accept(unit);
    return transactions.commitOnce(unit, UUID.randomUUID().toString()).isEmpty()
        ? Optional.of(next)
        : Optional.empty();
  }

  private void over(UnitOfWork unit, WebhookDelivery read, WebhookDelivery next) {
    unit.putIf(
        work,
        DeliveryCodec.item(next),
        "version = :read",
        Map.of(":read", AttributeValue.fromN(Long.toString(read.version()))));
  }
}
