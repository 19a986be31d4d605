package email.daimon.functions.store;

import email.daimon.model.Account;
import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The messages and threads of inboxes: what is written, and reads of one thing. Every change is one
 * transaction that also keeps the counters of the inbox and of the thread; each may be asked for
 * again without harm.
 *
 * <p>All changes throw {@link DeferredException} where the store could not take them just now.
 */
public interface Mailbox {
  /**
   * Stores a mail with its place in a thread, its pointers and its event.
   *
   * @param objects writes what lies in S3; called before the commit, and only if the mail is new
   */
  Stored store(Arrival arrival, Runnable objects);

  /**
   * Stores mails that came together in as few transactions as hold them, in their order where they
   * are for one inbox.
   *
   * @param objects writes what lies in S3 of mails that are new, and gives those of which it did
   * @return what became of mails, by the id of their message. Nothing is said of one that has to go
   *     by itself, by {@link #store}
   */
  Map<String, Stored> storeTogether(List<Arrival> arrivals, UnaryOperator<List<Arrival>> objects);

  /** A message by its id, deleted ones included. */
  Optional<Message> message(String inboxId, String messageId);

  /** What lies beside a message's row. */
  Optional<Item> beside(Message message);

  /** The head of a thread, deleted ones included; for one that was merged, the surviving one. */
  Optional<MailThread> thread(String inboxId, String threadId);

  InboxCounters counters(String inboxId);

  /** Marks a message read or unread, or gives it other labels; empty where there is none. */
  Optional<Message> change(Account account, String inboxId, String messageId, MessageChange change);

  /** Deletes a message: hidden from lists, readable by id. Empty where there is none. */
  Optional<Message> delete(Account account, String inboxId, String messageId);

  /** Changes the labels of a thread; empty where there is none. */
  Optional<MailThread> label(
      Account account, String inboxId, String threadId, UnaryOperator<Set<String>> labels);

  /** Marks all messages of a thread read; empty where there is none. */
  Optional<ThreadBulk> markRead(Account account, String inboxId, String threadId);

  /** Deletes a thread with all its messages; empty where there is none. */
  Optional<ThreadBulk> deleteThread(Account account, String inboxId, String threadId);
}
