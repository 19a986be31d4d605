package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.DocumentCodec.Beside;
import email.daimon.model.Account;
import email.daimon.model.Message;
import email.daimon.model.Outgoing;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A mail as it is to be sent from one inbox.
 *
 * @param message the row, not yet placed: inbox time 0; its {@code outgoing} says when
 * @param threadId the thread that it goes on with; empty where it begins one
 * @param anchorDomain domain of the anchor id of a thread that begins with it
 * @param beside what lies beside the row
 * @param also adds what has to be true with it to the transaction, given the placed message
 */
public record Submission(
    Account account,
    Message message,
    Optional<String> threadId,
    String anchorDomain,
    Beside beside,
    BiConsumer<UnitOfWork, Message> also) {
  public Submission {
    requireNonNull(account, "account is null");
    requireNonNull(message, "message is null");
    requireNonNull(threadId, "threadId is null");
    requireNonNull(anchorDomain, "anchorDomain is null");
    requireNonNull(beside, "beside is null");
    requireNonNull(also, "also is null");
  }

  String inboxId() {
    return message.inboxId();
  }

  Outgoing outgoing() {
    return message.outgoing().orElseThrow();
  }
}
