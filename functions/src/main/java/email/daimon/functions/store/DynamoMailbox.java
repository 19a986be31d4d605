package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Account;
import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.policy.InboundRate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Messages and threads in table {@code mail}. */
public final class DynamoMailbox implements Mailbox {
  private final Table mail;
  private final ThreadReads threads;
  private final Arrivals arrivals;
  private final MessageChanges messageChanges;
  private final ThreadChanges threadChanges;

  DynamoMailbox(
      Table mail,
      Transactions transactions,
      Jobs jobs,
      ConditionalSends conditional,
      InboundRate rate,
      InstantSource clock) {
    this.mail = requireNonNull(mail, "mail is null");
    requireNonNull(transactions, "transactions is null");
    requireNonNull(jobs, "jobs is null");
    requireNonNull(conditional, "conditional is null");
    requireNonNull(rate, "rate is null");
    requireNonNull(clock, "clock is null");
    threads = new ThreadReads(mail);
    arrivals = new Arrivals(mail, transactions, jobs, conditional, rate, clock);
    messageChanges = new MessageChanges(mail, threads, transactions, clock);
    threadChanges = new ThreadChanges(mail, threads, transactions, jobs, clock);
  }

  /**
   * The mailboxes of a table.
   *
   * @param sends what may be taken back by a mail that comes in
   * @param rate above which the events of mails that come in are quiet
   */
  public static DynamoMailbox of(
      Table mail,
      Transactions transactions,
      Jobs jobs,
      DynamoSends sends,
      InboundRate rate,
      InstantSource clock) {
    return new DynamoMailbox(mail, transactions, jobs, sends.conditional(), rate, clock);
  }

  @Override
  public Stored store(Arrival arrival, Runnable objects) {
    return arrivals.store(arrival, objects);
  }

  @Override
  public Map<String, Stored> storeTogether(
      List<Arrival> together, UnaryOperator<List<Arrival>> objects) {
    return arrivals.storeTogether(together, objects);
  }

  @Override
  public Optional<Message> message(String inboxId, String messageId) {
    String pk = Keys.inbox(inboxId);
    return mail.get(pk, Keys.name(messageId))
        .map(NameCodec::key)
        .flatMap(key -> mail.get(pk, Keys.message(key)))
        .map(MessageCodec::message);
  }

  @Override
  public Optional<Item> beside(Message message) {
    return mail.get(Keys.inbox(message.inboxId()), Keys.body(message.key()));
  }

  @Override
  public Optional<MailThread> thread(String inboxId, String threadId) {
    return threads.surviving(inboxId, threadId);
  }

  @Override
  public InboxCounters counters(String inboxId) {
    return mail.get(Keys.inbox(inboxId), Keys.SEQ)
        .map(CountersCodec::counters)
        .orElse(InboxCounters.NONE);
  }

  @Override
  public Optional<Message> change(
      Account account, String inboxId, String messageId, MessageChange change) {
    return messageChanges.change(account, inboxId, messageId, change);
  }

  @Override
  public Optional<Message> delete(Account account, String inboxId, String messageId) {
    return messageChanges.delete(account, inboxId, messageId);
  }

  @Override
  public Optional<MailThread> label(
      Account account, String inboxId, String threadId, UnaryOperator<Set<String>> labels) {
    return threadChanges.label(account, inboxId, threadId, labels);
  }

  @Override
  public Optional<ThreadBulk> markRead(Account account, String inboxId, String threadId) {
    return threadChanges.markRead(account, inboxId, threadId);
  }

  @Override
  public Optional<ThreadBulk> deleteThread(Account account, String inboxId, String threadId) {
    return threadChanges.deleteThread(account, inboxId, threadId);
  }
}
