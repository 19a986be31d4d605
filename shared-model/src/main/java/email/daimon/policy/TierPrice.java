package email.daimon.policy;

import email.daimon.model.Tier;
import java.util.OptionalInt;

/** What each tier costs: the numbers of the product's documents. One price for all inboxes. */
public final class TierPrice {
  private TierPrice() {}

  /** US dollars a month; empty where the price is agreed on. */
  public static OptionalInt dollarsPerMonth(Tier tier) {
    return switch (tier) {
      case FREE -> OptionalInt.of(0);
      case DEVELOPER -> OptionalInt.of(9);
      case GROWTH -> OptionalInt.of(49);
      case ENTERPRISE -> OptionalInt.empty();
    };
  }

  /** As the documents write it: {@code $9/mo}, {@code $0}, {@code Custom}. */
  public static String text(Tier tier) {
    OptionalInt dollars = dollarsPerMonth(tier);
    if (dollars.isEmpty()) {
      return "Custom";
    }
    return dollars.getAsInt() == 0 ? "$0" : "$" + dollars.getAsInt() + "/mo";
  }
}
