package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.Settings;
import email.daimon.functions.api.UpgradeLinks.Want;
import email.daimon.model.Tier;
import email.daimon.wire.ErrorCode;
import java.time.Instant;

/** The 402 of what the free tier does not have, with every way to get it in this deployment. */
public final class Paywall {
  private static final String CALL = "POST /v1/account/upgrade";
  private final UpgradeLinks links;
  private final Settings settings;
  private final UpgradeTexts texts;

  Paywall(UpgradeLinks links, Settings settings) {
    this.links = requireNonNull(links, "links is null");
    this.settings = requireNonNull(settings, "settings is null");
    this.texts = new UpgradeTexts(settings);
  }

  /**
   * The refusal, to be thrown.
   *
   * @param message what is missing
   */
  public ApiException refusal(
      ErrorCode error, String message, Want want, String accountId, Instant now) {
    return refusal(error, message, want, Tier.DEVELOPER, accountId, now);
  }

  /** The same where a certain tier has it. */
  public ApiException refusal(
      ErrorCode error, String message, Want want, Tier target, String accountId, Instant now) {
    ApiException refusal =
        new ApiException(error, message, fix(accountId, target))
            .with("upgrade_context", links.context(accountId, want, target, now));
    if (settings.billing() == Settings.Billing.SIMULATED) {
      refusal.next("Upgrade with " + CALL + " and payment_method pm_card_visa");
    }
    return refusal.next("Until then, see what this tier can do with GET /v1/capabilities");
  }

  /** The 402 of a payment method that was refused. */
  ApiException declined(String reason, String accountId, Tier target, Instant now) {
    return new ApiException(
            ErrorCode.CARD_DECLINED,
            reason + " Nothing was charged or changed.",
            "Call again with another payment_method, or give your operator the link in"
                + " upgrade_context.")
        .with("upgrade_context", links.context(accountId, Want.of(target), target, now));
  }

  private String fix(String accountId, Tier target) {
    return switch (settings.billing()) {
      case SIMULATED ->
          "Call "
              + CALL
              + " with {\"payment_method\": \"pm_card_visa\"} and the account key, or give your"
              + " operator the link in upgrade_context; then call again.";
      case NONE -> texts.byOperator(accountId, target.wireName()) + " Then call again.";
      case STRIPE -> "Give your operator the link in upgrade_context, then call again.";
    };
  }
}
