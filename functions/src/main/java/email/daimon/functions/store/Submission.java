package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.DocumentCodec.Beside;
import email.daimon.model.Account;
import email.daimon.model.Message;
import email.daimon.model.Outgoing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A mail as it is to be sent from one inbox, once it is known that nothing is in its way.
 *
 * @param message the row, not yet placed: inbox time 0; its {@code outgoing} says when
 * @param threadId the thread that it goes on with; empty where it begins one
 * @param anchorDomain domain of the anchor id of a thread that begins with it
 * @param beside what lies beside the row
 * @param need its part of the quota; empty for one that takes it when it is released
 * @param also adds what has to be true with it to the transaction, given the placed message
 */
public record Submission(
    Account account,
    Message message,
    Optional<String> threadId,
    String anchorDomain,
    Beside beside,
    Optional<SendQuota.Need> need,
    BiConsumer<UnitOfWork, Message> also) {
  public Submission {
    requireNonNull(account, "account is null");
    requireNonNull(message, "message is null");
    requireNonNull(threadId, "threadId is null");
    requireNonNull(anchorDomain, "anchorDomain is null");
    requireNonNull(beside, "beside is null");
    requireNonNull(need, "need is null");
    requireNonNull(also, "also is null");
  }

  /**
   * What is looked up before a mail is made ready, in one read.
   *
   * @param threadId of the thread that it goes on with
   * @param addresses of its recipients
   */
  public record Ask(
      Account account, String inboxId, Optional<String> threadId, List<String> addresses) {
    public Ask {
      requireNonNull(account, "account is null");
      requireNonNull(inboxId, "inboxId is null");
      requireNonNull(threadId, "threadId is null");
      addresses = List.copyOf(addresses);
    }
  }

  /** The same for another time, when it takes its part of the quota. */
  public Submission scheduled(Instant at) {
    Outgoing later = outgoing().uncounted().rescheduled(at);
    return new Submission(
        account, message.onItsWay(later), threadId, anchorDomain, beside, Optional.empty(), also);
  }

  String inboxId() {
    return message.inboxId();
  }

  Outgoing outgoing() {
    return message.outgoing().orElseThrow();
  }
}
