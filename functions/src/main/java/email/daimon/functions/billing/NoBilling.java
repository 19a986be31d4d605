package email.daimon.functions.billing;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Account;
import email.daimon.model.Tier;
import java.util.List;

/** No provider: the operator raises tiers by hand. */
public final class NoBilling implements Billing {
  private final String contact;

  public NoBilling(String contact) {
    this.contact = requireNonNull(contact, "contact is null");
  }

  @Override
  public Outcome subscribe(Account account, Tier tier, String paymentMethod) {
    return new Outcome.NoProvider(contact);
  }

  @Override
  public boolean takes(String paymentMethod) {
    return true;
  }

  @Override
  public List<PaymentMethod> offered() {
    return List.of();
  }
}
