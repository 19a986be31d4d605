package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.MessageKey;
import email.daimon.thread.MessageIds;
import java.util.Optional;

/** Finds where a Message-ID belongs within an inbox. */
public final class MessageIdIndex {
  private final Table mail;

  public MessageIdIndex(Table mail) {
    this.mail = requireNonNull(mail, "mail is null");
  }

  /**
   * What is known of an id.
   *
   * @param message that bears it; empty where others have only named it, and of an anchor
   */
  public record Place(String threadId, Optional<MessageKey> message) {
    public Place {
      requireNonNull(threadId, "threadId is null");
      requireNonNull(message, "message is null");
    }
  }

  /** The place of an id, given with or without brackets. */
  public Optional<Place> find(String inboxId, String messageId) {
    return mail.get(Keys.inbox(inboxId), Pointer.sortKey(MessageIds.canonical(messageId)))
        .map(Pointer::read)
        .map(pointer -> new Place(pointer.threadId(), pointer.message()));
  }
}
