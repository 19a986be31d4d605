package email.daimon.functions.store;

import email.daimon.model.ApiKey;
import java.util.Locale;

/**
 * An API key: {@code H#hash / KEY} to be found by what is presented, {@code A#account / KEY#id} to
 * be listed, {@code I#inbox / KEY#id} to be revoked with its inbox. A revoked one stays.
 */
final class KeyCodec {
  static final String SK = "KEY";

  /** In the tombstone of a rotated key: the id of the key that the rotation made. */
  static final String REPLACED_BY = "replacedBy";

  private KeyCodec() {}

  static Item byHash(ApiKey key, String sha256) {
    return fill(Item.of(Keys.keyHash(sha256), SK), key, sha256);
  }

  static Item ofAccount(ApiKey key, String sha256) {
    return fill(Item.of(Keys.account(key.accountId()), Keys.key(key.id())), key, sha256);
  }

  static Item ofInbox(ApiKey key, String inboxId) {
    return Item.of(Keys.inbox(inboxId), Keys.key(key.id()))
        .text("id", key.id())
        .text("accountId", key.accountId());
  }

  private static Item fill(Item item, ApiKey key, String sha256) {
    return item.text("sha256", sha256)
        .text("id", key.id())
        .text("accountId", key.accountId())
        .text("scope", key.scope().wireName())
        .text("inboxId", key.inboxId())
        .text("name", key.name())
        .text("hint", key.hint())
        .time("createdAt", key.createdAt())
        .time("revokedAt", key.revokedAt());
  }

  static ApiKey key(Item item) {
    return new ApiKey(
        item.text("id"),
        item.text("accountId"),
        ApiKey.Scope.valueOf(item.text("scope").toUpperCase(Locale.ROOT)),
        item.optionalText("inboxId"),
        item.text("name"),
        item.text("hint"),
        item.time("createdAt"),
        item.optionalTime("revokedAt"));
  }
}
