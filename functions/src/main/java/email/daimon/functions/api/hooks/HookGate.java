package email.daimon.functions.api.hooks;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.Paywall;
import email.daimon.functions.api.Request;
import email.daimon.functions.api.UpgradeLinks.Want;
import email.daimon.model.Account;
import email.daimon.policy.TierLimits;
import email.daimon.wire.ErrorCode;

/** The 402 of tiers without webhooks. */
final class HookGate {
  private final Paywall paywall;

  HookGate(Paywall paywall) {
    this.paywall = requireNonNull(paywall, "paywall is null");
  }

  void check(Request request) {
    Account account = request.caller().account();
    if (!TierLimits.of(account.tier()).webhooks()) {
      throw paywall.refusal(
          ErrorCode.WEBHOOK_REQUIRES_PAID,
          "Webhooks are for the developer tier and above; the free tier polls.",
          Want.WEBHOOKS,
          account.id(),
          request.now());
    }
  }
}
