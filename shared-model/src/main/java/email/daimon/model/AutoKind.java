package email.daimon.model;

import java.util.Locale;

/** Who or what wrote a mail, as far as its fields and parts say. */
public enum AutoKind {
  /** Nothing says that a machine did. */
  HUMAN,
  /** Answers by itself: absence, confirmation of arrival (RFC 3834). */
  AUTO_REPLY,
  /** Reports that a mail was not, or not yet, delivered (RFC 3464, or as servers write it). */
  BOUNCE,
  /** Goes to the readers of a list (RFC 2919). */
  LIST,
  /** Tells of an order, a payment, or that a mail was read (RFC 8098). */
  RECEIPT,
  /** Invites to an appointment, answers or moves one (RFC 6047). */
  CALENDAR;

  /** As the API spells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
