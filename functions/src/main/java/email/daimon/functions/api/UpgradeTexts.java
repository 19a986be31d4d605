package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.Settings;

/** How an account is upgraded in this deployment, in words. */
final class UpgradeTexts {
  private final Settings settings;

  UpgradeTexts(Settings settings) {
    this.settings = requireNonNull(settings, "settings is null");
  }

  /** Where nobody takes payments: who raises the tier, and by which command. */
  String byOperator(String accountId, String tier) {
    return "Ask the operator of this deployment, "
        + settings.operatorContact()
        + ", for the "
        + tier
        + " tier: ./daimon admin account set-tier "
        + accountId
        + " "
        + tier
        + ".";
  }

  /** What is not sold here. */
  String enterprise() {
    return "The enterprise tier is by agreement: write to " + settings.salesContact() + ".";
  }
}
