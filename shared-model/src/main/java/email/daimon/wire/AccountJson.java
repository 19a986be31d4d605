package email.daimon.wire;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Account;
import email.daimon.model.ApiKey;
import email.daimon.model.Subscription;
import email.daimon.model.Tier;
import email.daimon.policy.SendTally;
import email.daimon.policy.TierLimits;
import java.util.OptionalInt;

/** An account on the wire: the union of what the documents show of it. */
public final class AccountJson {
  private static final String HIDDEN = "*".repeat(24);

  private AccountJson() {}

  /**
   * What an account has sent.
   *
   * @param today recipients since 00:00 UTC
   * @param total of all it has ever sent
   */
  public record Sent(long today, SendTally total) {
    public Sent {
      requireNonNull(total, "total is null");
    }
  }

  /** The account as the holder of {@code key} sees it. */
  public static ObjectNode of(Account account, ApiKey key, Sent sent) {
    return of(account, sent).put("api_key", key.hint() + HIDDEN);
  }

  /** The account as its operator sees it. */
  public static ObjectNode of(Account account, Sent sent) {
    TierLimits limits = TierLimits.of(account.tier());
    ObjectNode json = Json.object().put("account_id", account.id()).put("id", account.id());
    json.put("tier", account.tier().wireName()).put("status", account.status().wireName());
    json.put("inbox_count", account.inboxCount());
    json.set("limits", limits(account, limits, sent));
    json.set("billing", billing(account.tier(), account.subscription()));
    ObjectNode sends = number(Json.object(), "daily", limits.sendsPerDay());
    json.set("send_limits", sends.putNull("monthly"));
    SendTally total = sent.total();
    json.put("total_sent", total.sent()).put("total_bounced", total.bounced());
    json.put("total_complaints", total.complaints());
    json.put("bounce_rate", total.bounceRate()).put("complaint_rate", total.complaintRate());
    json.set("receive_rules", ReceiveRulesJson.of(account.receiveRules()));
    json.put("created_at", Json.time(account.createdAt()));
    return json;
  }

  private static ObjectNode limits(Account account, TierLimits limits, Sent sent) {
    ObjectNode json = number(Json.object(), "max_inboxes", limits.inboxes());
    json.put("current_inboxes", account.inboxCount());
    number(json, "max_sends_per_day", limits.sendsPerDay());
    json.put("current_sends_today", sent.today());
    json.put("webhooks_enabled", limits.webhooks());
    return json.put("custom_domains_enabled", limits.customDomains());
  }

  private static ObjectNode billing(Tier tier, Subscription subscription) {
    ObjectNode json = Json.object();
    json.set("stripe_customer_id", Json.text(subscription.customerId()));
    String byTier = tier == Tier.FREE ? "free" : "active";
    return json.put("subscription_status", subscription.status().orElse(byTier));
  }

  // Null is unlimited.
  private static ObjectNode number(ObjectNode json, String name, OptionalInt value) {
    value.ifPresentOrElse(number -> json.put(name, number), () -> json.putNull(name));
    return json;
  }
}
