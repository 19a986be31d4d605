package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Inbox;
import email.daimon.model.InboxCounters;
import email.daimon.model.Tier;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An inbox on the wire, with the names that the documents give to its fields. */
public final class InboxJson {
  private InboxJson() {}

  /** As it stands in lists and by itself: {@code id, username, email, created_at} and the rest. */
  public static ObjectNode of(Inbox inbox, Tier tier, InboxCounters counters, URI publicUrl) {
    ObjectNode json = head(inbox, tier, publicUrl);
    json.put("message_count", counters.messages());
    json.put("unread_count", counters.unread());
    json.put("thread_count", counters.threads());
    json.set("last_received_at", Json.time(counters.lastReceivedAt()));
    return json;
  }

  /**
   * As it is given when it was made: the keys are shown this once.
   *
   * @param accountKey only with the first inbox
   */
  public static ObjectNode created(
      Inbox inbox, Tier tier, URI publicUrl, String inboxKey, Optional<String> accountKey) {
    ObjectNode json = head(inbox, tier, publicUrl);
    json.put("inbox_id", inbox.id()).put("email_address", inbox.address());
    json.put("inbox_api_key", inboxKey).put("api_key", inboxKey);
    accountKey.ifPresent(key -> json.put("account_api_key", key));
    return json;
  }

  private static ObjectNode head(Inbox inbox, Tier tier, URI publicUrl) {
    ObjectNode json = Json.object().put("id", inbox.id()).put("username", inbox.username());
    json.put("email", inbox.address()).put("address", inbox.address());
    json.put("display_name", inbox.displayName().orElse(inbox.username()));
    json.put("status", inbox.status().name().toLowerCase(Locale.ROOT));
    json.put("tier", tier.wireName());
    json.put("view_url", publicUrl + "/inbox/" + inbox.id());
    json.set("client_id", Json.text(inbox.clientId()));
    ObjectNode metadata = Json.object();
    inbox.metadata().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(pair -> metadata.put(pair.getKey(), pair.getValue()));
    json.set("metadata", metadata);
    inbox
        .dailySendLimit()
        .ifPresentOrElse(
            limit -> json.put("daily_send_limit", limit), () -> json.putNull("daily_send_limit"));
    json.set("receive_rules", ReceiveRulesJson.of(inbox.receiveRules()));
    json.put("created_at", Json.time(inbox.createdAt()));
    json.set("updated_at", Json.time(inbox.updatedAt()));
    return json;
  }
}
