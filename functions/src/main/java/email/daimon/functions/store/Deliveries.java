package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.DeliveryStatus;
import email.daimon.model.Ids;
import email.daimon.model.WebhookDelivery;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** What webhooks were told, and what they are still to be told. */
public final class Deliveries {
  private final Table work;
  private final Transactions transactions;
  private final DeliveryLog log;

  public Deliveries(Table work, Transactions transactions) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
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

  /** What a webhook was told of, in order. */
  public DeliveryLog log() {
    return log;
  }

  /**
   * Gives a delivery up, where it stands as it was read.
   *
   * @param reason such as {@code disabled}
   */
  public void giveUp(WebhookDelivery read, String reason) {
    WebhookDelivery next = read.givenUp(reason);
    UnitOfWork unit = new UnitOfWork();
    over(unit, read, next);
    unit.delete(work, Item.key(Keys.parked(read.webhookId()), read.eventId()));
    var _ = transactions.commitOnce(unit, UUID.randomUUID().toString());
  }

  private void over(UnitOfWork unit, WebhookDelivery read, WebhookDelivery next) {
    unit.putIf(
        work,
        DeliveryCodec.item(next),
        "version = :read",
        Map.of(":read", AttributeValue.fromN(Long.toString(read.version()))));
  }
}
