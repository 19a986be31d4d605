package email.daimon.model;

import java.util.Locale;

/** How a webhook stands. */
public enum WebhookStatus {
  /** Its calls go out. */
  ACTIVE,
  /** Several calls in a row have failed; they go on. */
  UNHEALTHY,
  /** By its owner, by an answer of 410, or after days of nothing but failures: no call goes out. */
  DISABLED;

  /** As the API writes it: {@code active}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
