package email.daimon.local.ses;

import java.util.Locale;

/**
 * What becomes of a mail at one address. Those at SES's simulator behave as there (Amazon SES
 * developer guide, "Using the mailbox simulator"), with a label too; everybody else takes it.
 */
enum Fate {
  /** Taken. */
  DELIVERED,
  /** The address is unknown there. */
  BOUNCED,
  /** SES knows that the address bounces, and does not try. */
  SUPPRESSED,
  /** Taken, and then called spam. */
  COMPLAINED,
  /** Taken, and answered by itself. */
  ANSWERED;

  private static final String SIMULATOR = "simulator.amazonses.com";

  static Fate at(String address) {
    if (!SendingRules.domain(address).toLowerCase(Locale.ROOT).equals(SIMULATOR)) {
      return DELIVERED;
    }
    String local = address.substring(0, address.lastIndexOf('@')).toLowerCase(Locale.ROOT);
    int label = local.indexOf('+');
    return switch (label < 0 ? local : local.substring(0, label)) {
      case "success" -> DELIVERED;
      case "complaint" -> COMPLAINED;
      case "ooto" -> ANSWERED;
      case "suppressionlist" -> SUPPRESSED;
      default -> BOUNCED;
    };
  }
}
