package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.ApiKey;

/** An API key on the wire: what it opens and how it begins, and once, when it is made, itself. */
public final class KeyJson {
  private KeyJson() {}

  public static ObjectNode of(ApiKey key) {
    ObjectNode json = Json.object().put("id", key.id()).put("scope", key.scope().wireName());
    json.set("inbox_id", Json.text(key.inboxId()));
    json.put("name", key.name()).put("hint", key.hint() + "…");
    json.put("status", key.revokedAt().isPresent() ? "revoked" : "active");
    json.put("created_at", Json.time(key.createdAt()));
    json.set("revoked_at", Json.time(key.revokedAt()));
    return json;
  }

  /** With the key itself, which is shown this once. */
  public static ObjectNode issued(ApiKey key, String secret) {
    return of(key).put("key", secret).put("api_key", secret);
  }
}
