package email.daimon.functions.billing;

import email.daimon.model.Account;
import email.daimon.model.Ids;
import email.daimon.model.Subscription;
import email.daimon.model.Tier;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A provider that moves no money and behaves as Stripe does with its test cards: {@code
 * pm_card_chargeDeclined} is refused, every other {@code pm_card_…} pays.
 */
public final class SimulatedBilling implements Billing {
  private static final Pattern CARD = Pattern.compile("pm_card_[A-Za-z0-9_]{1,64}");
  private static final String DECLINED = "pm_card_chargeDeclined";

  @Override
  public Outcome subscribe(Account account, Tier tier, String paymentMethod) {
    if (paymentMethod.equals(DECLINED)) {
      return new Outcome.Declined("The card was declined.");
    }
    return new Outcome.Paid(
        new Subscription(
            Optional.of(Ids.deterministic("cus", account.id())), Optional.of("active")));
  }

  @Override
  public boolean takes(String paymentMethod) {
    return CARD.matcher(paymentMethod).matches();
  }

  @Override
  public List<PaymentMethod> offered() {
    return List.of(
        new PaymentMethod("pm_card_visa", "Visa test card, which pays"),
        new PaymentMethod("pm_card_mastercard", "Mastercard test card, which pays"),
        new PaymentMethod(DECLINED, "A test card that is declined"));
  }
}
