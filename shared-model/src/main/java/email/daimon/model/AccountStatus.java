package email.daimon.model;

import java.util.Locale;

/**
 * Whether an account may act: under review it receives but does not send; suspended it does
 * nothing.
 */
public enum AccountStatus {
  ACTIVE,
  UNDER_REVIEW,
  SUSPENDED;

  /** The name on the wire, such as {@code under_review}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
