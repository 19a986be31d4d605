package email.daimon.functions.api.hooks;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.api.ApiException;
import email.daimon.functions.api.Request;
import email.daimon.functions.store.Webhooks;
import email.daimon.model.Webhook;
import email.daimon.model.WebhookStatus;
import email.daimon.wire.ErrorCode;

/** The webhooks that a caller reaches: those of its account. */
final class HookReach {
  private final Webhooks webhooks;

  HookReach(Webhooks webhooks) {
    this.webhooks = requireNonNull(webhooks, "webhooks is null");
  }

  /** The webhook that {@code {id}} of the path names; else 404. */
  Webhook webhook(Request request) {
    return webhooks
        .find(request.caller().account().id(), request.path("id"))
        .orElseThrow(HookReach::noWebhook);
  }

  /** The same answer whether the id is another's or never was. */
  static ApiException noWebhook() {
    return new ApiException(
            ErrorCode.WEBHOOK_NOT_FOUND,
            "There is no such webhook in this account.",
            "Take an id from the list of webhooks.")
        .next("List your webhooks with GET /v1/webhooks");
  }

  /** Refuses what a disabled webhook would not hear. */
  static void needActive(Webhook webhook) {
    if (webhook.status() == WebhookStatus.DISABLED) {
      throw new ApiException(
          ErrorCode.WEBHOOK_DISABLED,
          "The webhook is disabled: nothing is sent to it.",
          "Make it active first, with PATCH /v1/webhooks/"
              + webhook.id()
              + " and {\"status\": \"active\"}.");
    }
  }
}
