package email.daimon.functions.store;

import email.daimon.model.MessageKey;

/**
 * The look-up of a message by its id, {@code I#inbox / N#id}. Put if absent with the message, it
 * makes the id unique, and a second run of the same work finds it.
 */
public final class NameCodec {
  private NameCodec() {}

  /** The name {@code id} of the message at {@code key}; a repeated mail has a name of its own. */
  public static Item item(String inboxId, String id, MessageKey key) {
    return Item.of(Keys.inbox(inboxId), Keys.name(id)).text("key", key.text());
  }

  /** Where the named message lies. */
  public static MessageKey key(Item item) {
    return MessageKey.parse(item.text("key"));
  }
}
