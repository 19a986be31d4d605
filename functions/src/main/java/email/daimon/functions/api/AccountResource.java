package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.compose.ComposeLimits;
import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.Webhooks;
import email.daimon.model.Account;
import email.daimon.model.ReceiveRules;
import email.daimon.model.Tier;
import email.daimon.model.Webhook;
import email.daimon.policy.TierLimits;
import email.daimon.wire.AccountJson;
import email.daimon.wire.Json;
import email.daimon.wire.WebhookJson;
import java.util.ArrayList;
import java.util.List;

/** {@code /v1/account} and {@code GET /v1/capabilities}. */
final class AccountResource {
  private final Accounts accounts;
  private static final int MOST_FAILING = 10;
  private final Webhooks webhooks;
  private final UpgradeLinks links;

  AccountResource(Accounts accounts, Webhooks webhooks, UpgradeLinks links) {
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.webhooks = requireNonNull(webhooks, "webhooks is null");
    this.links = requireNonNull(links, "links is null");
  }

  List<Route> routes() {
    return List.of(
        Route.get("/v1/account", Access.ACCOUNT, this::account),
        Route.patch("/v1/account", Access.ACCOUNT, this::update),
        Route.get("/v1/capabilities", Access.READ, this::capabilities));
  }

  private Plan account(Request request) {
    return Plan.of(() -> {
      Caller caller = request.caller();
      return shown(accounts.find(caller.account().id()).orElse(caller.account()), request);
    });
  }

  private Plan update(Request request) {
    String id = request.caller().account().id();
    boolean named = request.body().has(ReceiveRuleFields.NAME);
    ReceiveRules rules = ReceiveRuleFields.read(request.body());
    return Plan.of(() ->
        shown(
            (named ? accounts.setReceiveRules(id, rules) : accounts.find(id))
                .orElseGet(() -> request.caller().account()),
            request));
  }

  private Reply shown(Account account, Request request) {
    ObjectNode json =
        AccountJson.of(account, request.caller().key(), accounts.sent(account.id(), request.now()));
    ArrayNode failing = json.putArray("webhooks_failing");
    Reply reply = Reply.ok(json);
    for (Webhook webhook : failing(account)) {
      failing.add(WebhookJson.standing(webhook));
      if (failing.size() == 1) {
        reply.next("See why a webhook fails with GET /v1/webhooks/" + webhook.id() + "/deliveries");
      }
    }
    return reply.next(
        "List the inboxes with GET /v1/inboxes",
        "See what this tier can do with GET /v1/capabilities");
  }

  private List<Webhook> failing(Account account) {
    return TierLimits.of(account.tier()).webhooks()
        ? webhooks.failing(account.id(), MOST_FAILING)
        : List.of();
  }

  private Plan capabilities(Request request) {
    return Plan.of(() -> {
      Caller caller = request.caller();
      var result = Json.object().put("tier", caller.account().tier().wireName());
      var can = Json.array();
      var cannot = Json.array();
      for (Capability one : capabilities(TierLimits.of(caller.account().tier()))) {
        var entry = Json.object().put("action", one.action);
        switch (one.hindrance) {
          case NONE -> can.add(entry.put("description", one.text));
          case NOT_BUILT ->
              cannot.add(entry.put("reason", one.text + ": not built yet in this version"));
          case TIER ->
              cannot.add(
                  entry
                      .put("reason", one.text + " needs a paid tier")
                      .put(
                          "unlock_url",
                          links.url(caller.account().id(), Tier.DEVELOPER, request.now())));
        }
      }
      result.set("can", can);
      result.set("cannot", cannot);
      result.set("limits", limitsOfAMail());
      return Reply.ok(result);
    });
  }

  // Each is named in its refusal too.
  private static ObjectNode limitsOfAMail() {
    return Json.object()
        .put("max_recipients_per_message", ComposeLimits.RECIPIENTS)
        .put("max_attachments_per_message", ComposeLimits.FILES)
        .put("max_message_bytes", ComposeLimits.COMPOSED_BYTES)
        .put("max_request_bytes", ComposeLimits.REQUEST_BYTES);
  }

  private enum Hindrance {
    NONE,
    NOT_BUILT,
    TIER
  }

  private record Capability(String action, String text, Hindrance hindrance) {}

  private static List<Capability> capabilities(TierLimits limits) {
    List<Capability> all = new ArrayList<>();
    String inboxes =
        limits.inboxes().isPresent() ? "up to " + limits.inboxes().getAsInt() : "any number of";
    all.add(can("receive_messages", "Receive mail, without a limit"));
    all.add(can("create_inboxes", "Have " + inboxes + " inboxes"));
    all.add(can("use_reply_extraction", "Read the new text of a reply in reply_body"));
    all.add(can("extract_links", "Read links and the links to act on in links and cta_links"));
    all.add(can("set_receive_rules", "Say whom each inbox, or all of them, takes mail from"));
    all.add(can("wait_for_messages", "Wait in one call, up to 25 seconds, for a mail that fits"));
    all.add(can("take_codes", "Wait for a one-time code and take it, once for all consumers"));
    all.add(can("read_events", "Read everything that happened in the event feed, or wait for it"));
    all.add(can("manage_keys", "Make, rotate and revoke keys for the account and each inbox"));
    boolean sends = limits.sendsPerDay().isEmpty() || limits.sendsPerDay().getAsInt() > 0;
    all.add(
        sends
            ? can("send_messages", "Send, reply and forward " + sendsADay(limits))
            : new Capability("send_messages", "Sending, replying and forwarding", Hindrance.TIER));
    all.add(
        limits.webhooks()
            ? can("create_webhooks", "Have events sent to an https endpoint, signed and retried")
            : new Capability("create_webhooks", "Webhooks", Hindrance.TIER));
    all.add(paid("use_custom_domains", "Custom domains", limits.customDomains()));
    all.add(paid("use_smtp", "SMTP submission", limits.smtp()));
    return all;
  }

  private static String sendsADay(TierLimits limits) {
    return limits.sendsPerDay().isPresent()
        ? "to " + limits.sendsPerDay().getAsInt() + " recipients a day"
        : "without a limit";
  }

  private static Capability can(String action, String text) {
    return new Capability(action, text, Hindrance.NONE);
  }

  private static Capability paid(String action, String text, boolean allowed) {
    return new Capability(action, text, allowed ? Hindrance.NOT_BUILT : Hindrance.TIER);
  }
}
