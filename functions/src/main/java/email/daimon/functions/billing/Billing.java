package email.daimon.functions.billing;

import email.daimon.model.Account;
import email.daimon.model.Subscription;
import email.daimon.model.Tier;
import java.util.List;

/** A payment provider. An account has one subscription, which covers all its inboxes. */
public interface Billing {
  /**
   * Puts the account's subscription to a tier, and pays. Called again with the same it pays nothing
   * more: who dies between payment and tier calls again.
   */
  Outcome subscribe(Account account, Tier tier, String paymentMethod);

  /** Whether a payment method is of a form that the provider takes. */
  boolean takes(String paymentMethod);

  /** What a person may choose from; empty where nobody takes payments. */
  List<PaymentMethod> offered();

  /** A payment method by its id at the provider, such as {@code pm_card_visa}. */
  record PaymentMethod(String id, String label) {}

  /** What came of a payment. */
  sealed interface Outcome {
    /** It is paid. */
    record Paid(Subscription subscription) implements Outcome {}

    /** The payment method was refused; nothing was charged. */
    record Declined(String reason) implements Outcome {}

    /** Nobody takes payments here; {@code contact} raises tiers. */
    record NoProvider(String contact) implements Outcome {}
  }
}
