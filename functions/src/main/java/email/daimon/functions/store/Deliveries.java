package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.DeliveryStatus;
import email.daimon.model.Ids;
import email.daimon.model.WebhookDelivery;
import java.util.Map;
import java.util.Optional;

/** What webhooks were told, and what they are still to be told. */
public final class Deliveries {
  private final Table work;
  private final Transactions transactions;

  public Deliveries(Table work, Transactions transactions) {
    this.work = requireNonNull(work, "work is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  /**
   * Writes down that a webhook is to be told of an event, where that is not written yet.
   *
   * @return what stands there: the one given, or the one that was there before
   */
  public WebhookDelivery plan(WebhookDelivery delivery) {
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
}
