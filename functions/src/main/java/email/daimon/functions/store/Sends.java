package email.daimon.functions.store;

import email.daimon.model.Account;
import email.daimon.model.DeliveryNews;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing;
import email.daimon.model.SendRecipient;
import email.daimon.model.Suppression;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The mails that inboxes send. Each step is one transaction on the condition that the row is as
 * read; asked for twice, or by two workers at once, it is taken once.
 *
 * <p>All changes throw {@link DeferredException} where the store could not take them just now.
 */
public interface Sends {
  /** How long a worker may be at a mail: longer than a function runs. */
  Duration LEASE = Duration.ofMinutes(2);

  /** After what time the sweep looks after a mail that nobody has taken from its queue. */
  Duration UNTIL_SWEPT = Duration.ofMinutes(2);

  /** How long a report of the transport is waited for before the mail is said to be unknown. */
  Duration UNTIL_UNKNOWN = Duration.ofMinutes(15);

  /** Where mails lie that wait for a transport: a time that no sweep reaches. */
  Instant PARKED = Instant.parse("9999-12-31T23:59:00Z");

  /**
   * Stores a mail that is to be sent, with its place in a thread, its event, its due entry and its
   * part of the quota.
   *
   * @param made makes the mail ready, given which of its recipients are suppressed; called once at
   *     most
   */
  Submitted submit(Submission.Ask ask, Function<List<Suppression>, Submission> made);

  /** Stores a mail that nothing has to be asked for. */
  default Submitted submit(Submission submission) {
    return submit(
        new Submission.Ask(
            submission.account(), submission.inboxId(), submission.threadId(), List.of()),
        _ -> submission);
  }

  /** What became of it. */
  sealed interface Submitted {
    /** Stored, by this call or an earlier one of the same mail. */
    record Stored(Message message) implements Submitted {}

    /** The inbox is deleted. */
    record NoInbox() implements Submitted {}

    /** The thread is deleted. */
    record NoThread() implements Submitted {}

    /** A limit is used up. */
    record NothingLeft(SendQuota.Exhausted limit) implements Submitted {}

    /** As many mails as may wait in one thread for nobody to answer do so. */
    record TooManyConditional(int most) implements Submitted {}
  }

  /** A mail by its place; empty where it was purged. */
  Optional<Message> find(String inboxId, MessageKey key);

  /** What a job is about, in one read; empty where it is no mail to send. */
  Optional<Task> find(SendJob job);

  /** A mail that is to be sent, with all that it is made of. */
  record Task(Account account, Documents.Found mail) {
    public Message message() {
      return mail.message();
    }
  }

  /**
   * Claims a mail for one attempt to send it.
   *
   * @param read the mail as it was read, which may have changed since
   * @param need its part of the quota, where it is released from its schedule
   */
  Claim claim(Account account, Message read, String attempt, Optional<SendQuota.Need> need);

  /** What came of claiming. */
  sealed interface Claim {
    /** It is ours until the lease ends. */
    record Mine(Message message) implements Claim {}

    /** A limit is used up: it is as it was. */
    record NothingLeft(SendQuota.Exhausted limit) implements Claim {}

    /** Nothing is to be done: sent, cancelled, another worker's, or not due. */
    record Nothing(String why) implements Claim {}
  }

  /** Marks that the transport is called now; empty where the claim is no longer ours. */
  Optional<Message> attempting(Message claimed);

  /**
   * Ends an attempt with what is known of it. Where reports have come meanwhile they stay.
   *
   * @param change from the way as it is now; where that is the same nothing is written
   */
  Optional<Message> settle(Account account, Message attempted, Function<Outgoing, Outgoing> change);

  /** Puts a claimed mail back: nothing was sent. */
  void release(Message claimed, Instant due);

  /** Ends a mail that no worker is at, for a reason of our own. */
  void fail(Account account, Message message, String reason);

  /** Lays a mail aside until there is a transport. */
  void park(SendJob job);

  /** Applies a report; false where no mail of ours has these tags. */
  boolean report(Account account, DeliveryNews news);

  /** Applies reports that came together, as far as that goes; those are returned that are left. */
  List<DeliveryNews> reportTogether(List<DeliveryNews> news);

  /** Takes a mail back that no worker has taken; empty where it is too late or there is none. */
  Optional<Message> cancel(Account account, String inboxId, MessageKey key);

  /** Moves a scheduled mail; empty where it is too late or there is none. */
  Optional<Message> reschedule(Account account, String inboxId, MessageKey key, Instant sendAt);

  /** Settles an unknown mail by somebody's word; empty where it is not unknown. */
  Optional<Message> resolve(
      Account account,
      String inboxId,
      MessageKey key,
      Function<SendRecipient, SendRecipient> word,
      boolean resend);
}
