package email.daimon.model;

import java.util.Locale;

/** How the telling of an event to a webhook stands. */
public enum DeliveryStatus {
  /** Not told yet; a call is to come. */
  PENDING,
  /** Waits until the endpoint is tried again. */
  PARKED,
  /** The endpoint answered 2xx. */
  DELIVERED,
  /** Given up: every call failed, or the webhook is disabled. It can be replayed. */
  FAILED;

  /** As the API writes it: {@code pending}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
