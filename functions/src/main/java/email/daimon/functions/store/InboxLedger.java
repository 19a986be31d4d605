package email.daimon.functions.store;

import email.daimon.model.Account;
import email.daimon.model.Event;
import email.daimon.model.EventType;
import email.daimon.model.Ids;
import email.daimon.model.InboxCounters;
import email.daimon.model.Inflow;
import email.daimon.model.MailThread;
import email.daimon.model.MessageKey;
import email.daimon.model.Tally;
import email.daimon.policy.InboundRate;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One commit's additions to an inbox: hands out the next times and event numbers from the counters
 * as read, and keeps the totals. The commit holds only if the counters are still as read.
 */
public final class InboxLedger {
  private final Table mail;
  private final Account account;
  private final String inboxId;
  private final InboxCounters read;
  private final Instant now;
  private long time;
  private long sequence;
  private long messages;
  private long unread;
  private long threads;
  private Optional<Instant> lastReceivedAt;
  private Inflow inflow;

  public InboxLedger(Table mail, Account account, String inboxId, InboxCounters read, Instant now) {
    this.mail = mail;
    this.account = account;
    this.inboxId = inboxId;
    this.read = read;
    this.now = now;
    this.time = read.inboxTime();
    this.sequence = read.sequence();
    this.messages = read.messages();
    this.unread = read.unread();
    this.threads = read.threads();
    this.lastReceivedAt = read.lastReceivedAt();
    this.inflow = read.inflow();
  }

  /** The next inbox time: now, but later than everything that is in the inbox. */
  public long nextTime() {
    time = Math.max(now.toEpochMilli(), time + 1);
    return time;
  }

  /** Puts an event row of this inbox, at its own next time, into the work. */
  public void append(
      UnitOfWork work,
      EventType type,
      Optional<String> threadId,
      Optional<MessageKey> message,
      Map<String, String> detail) {
    append(work, nextTime(), type, threadId, message, detail);
  }

  /** Puts the event that a message is at its place into the work, at the message's time. */
  public void append(UnitOfWork work, EventType type, String threadId, MessageKey message) {
    append(work, message.inboxTime(), type, Optional.of(threadId), Optional.of(message), Map.of());
  }

  /**
   * Does the same for a mail that came in, and counts it. Above the rate the event is quiet, and
   * the first such mail of a day raises one more, that the inbox is flooded.
   */
  void appendArrival(
      UnitOfWork work, EventType type, String threadId, MessageKey message, InboundRate rate) {
    inflow = inflow.with(message.inboxTime());
    if (!rate.exceededBy(inflow)) {
      append(work, type, threadId, message);
      return;
    }
    append(
        work,
        message.inboxTime(),
        type,
        Optional.of(threadId),
        Optional.of(message),
        Map.of(Event.QUIET, "true"));
    if (!inflow.flooded()) {
      inflow = inflow.announced();
      append(
          work,
          EventType.INBOX_FLOODED,
          Optional.empty(),
          Optional.empty(),
          Map.of(
              "day", inflow.date().toString(),
              "rate", Integer.toString(rate.mailsPerDay().orElseThrow())));
    }
  }

  private void append(
      UnitOfWork work,
      long at,
      EventType type,
      Optional<String> threadId,
      Optional<MessageKey> message,
      Map<String, String> detail) {
    sequence++;
    Instant time = Instant.ofEpochMilli(at);
    Event event =
        new Event(
            Ids.deterministicAt("evt", time, inboxId, Long.toString(sequence)),
            account.id(),
            type.wireName(),
            Optional.of(inboxId),
            threadId,
            message,
            sequence,
            time,
            detail);
    // No other commit has this number: the counters are as read.
    work.put(mail, EventCodec.item(event, account.eventShards()));
  }

  /** Counts a change of what messages count for. */
  public void count(Tally change) {
    messages += change.inbound();
    unread += change.unread();
  }

  /** Counts a thread that lists begin or cease to show. */
  public void count(MailThread before, MailThread after) {
    threads += (after.listed() ? 1 : 0) - (before.listed() ? 1 : 0);
  }

  /** Remembers when a message came. */
  public void received(Instant at) {
    lastReceivedAt = Optional.of(at);
  }

  /** Puts the counters into the work, on the condition that they are as read. */
  public void commit(UnitOfWork work) {
    InboxCounters next =
        new InboxCounters(
            read.version() + 1,
            time,
            sequence,
            messages,
            unread,
            threads,
            lastReceivedAt,
            inflow,
            read.closed());
    work.putVersion(mail, CountersCodec.item(inboxId, next), read.version());
  }
}
