package email.daimon.functions.store;

import email.daimon.model.MessageKey;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a Message-ID belongs within an inbox, {@code I#inbox / X#hash}. The first writer wins: a
 * message that answers an id that has not arrived claims it for its own thread, so that the
 * ancestor joins when it comes.
 *
 * @param canonicalId what it points from; empty in one that was read
 * @param message the message that bears the id, once it is stored
 * @param bodyHash SHA-256 of its body; empty for what we sent
 * @param at inbox time of the commit that wrote it: no two commits share it
 */
record Pointer(
    String canonicalId,
    String threadId,
    Optional<MessageKey> message,
    String bodyHash,
    Instant at) {
  private static final int HASH_CHARACTERS = 32;

  /** For an id that only others have named so far, or the anchor of a thread. */
  static Pointer claim(String canonicalId, String threadId, Instant at) {
    return new Pointer(canonicalId, threadId, Optional.empty(), "", at);
  }

  static boolean isPointer(Item item) {
    return item.text("sk").startsWith(Keys.pointer(""));
  }

  /** Sort key of the pointer of a canonical id. */
  static String sortKey(String canonicalId) {
    return Keys.pointer(Hash.sha256(canonicalId).substring(0, HASH_CHARACTERS));
  }

  Item item(String inboxId) {
    return Item.of(Keys.inbox(inboxId), sortKey(canonicalId))
        .text("threadId", threadId)
        .text("message", message.map(MessageKey::text))
        .text("bodyHash", bodyHash)
        .time("pointedAt", at);
  }

  static Pointer read(Item item) {
    return new Pointer(
        "",
        item.text("threadId"),
        item.optionalText("message").map(MessageKey::parse),
        item.text("bodyHash"),
        item.time("pointedAt"));
  }
}
