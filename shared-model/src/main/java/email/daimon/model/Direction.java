package email.daimon.model;

import java.util.Locale;

/** Whether a message came in or was sent. */
public enum Direction {
  INBOUND,
  OUTBOUND;

  /** The name on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
