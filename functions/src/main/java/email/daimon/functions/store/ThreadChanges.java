package email.daimon.functions.store;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.EventType;
import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.model.MessageKey;
import email.daimon.model.Tally;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Changes whole threads: the head says at once what holds for all messages. The rows that the head
 * knows change with it; where there are more, a job mends them.
 */
final class ThreadChanges {
  private final Table mail;
  private final ThreadReads threads;
  private final Transactions transactions;
  private final Jobs jobs;
  private final InstantSource clock;

  ThreadChanges(
      Table mail, ThreadReads threads, Transactions transactions, Jobs jobs, InstantSource clock) {
    this.mail = mail;
    this.threads = threads;
    this.transactions = transactions;
    this.jobs = jobs;
    this.clock = clock;
  }

  Optional<MailThread> label(
      Account account, String inboxId, String threadId, UnaryOperator<Set<String>> labels) {
    return transactions.run(() -> {
      InboxCounters counters = counters(inboxId);
      Optional<MailThread> found = live(inboxId, threadId);
      if (found.isEmpty()) {
        return new Attempt.Done<>(Optional.empty());
      }
      MailThread thread = found.get();
      Set<String> all = Set.copyOf(labels.apply(thread.labels()));
      if (all.equals(thread.labels())) {
        return new Attempt.Done<>(found);
      }
      Instant now = clock.instant();
      MailThread next = thread.labelled(all, now);
      UnitOfWork work = new UnitOfWork();
      work.putVersion(mail, ThreadCodec.item(next, account.feed()), thread.version());
      InboxLedger ledger = new InboxLedger(mail, account, inboxId, counters, now);
      tell(work, ledger, EventType.THREAD_UPDATED, thread.id());
      ledger.commit(work);
      return new Attempt.Write<>(work, Optional.of(next));
    });
  }

  Optional<ThreadBulk> markRead(Account account, String inboxId, String threadId) {
    return transactions.run(() -> {
      InboxCounters counters = counters(inboxId);
      Optional<MailThread> found = live(inboxId, threadId);
      if (found.isEmpty() || found.get().unread() == 0) {
        return new Attempt.Done<>(found.map(thread -> new ThreadBulk(thread.id(), 0, List.of())));
      }
      MailThread thread = found.get();
      UnitOfWork work = new UnitOfWork();
      for (MessageKey key : thread.newest()) {
        work.update(
            mail,
            row(inboxId, key),
            "SET #read = :true ADD version :one REMOVE i2pk, i2sk",
            "attribute_exists(pk)",
            Map.of(":true", AttributeValue.fromBool(true), ":one", AttributeValue.fromN("1")),
            Map.of("#read", "read"));
      }
      Tally change = new Tally(0, 0, -thread.unread());
      Job rest = Job.readThread(thread, counters.inboxTime());
      return commit(
          work, account, counters, thread, thread.allRead(), change, rest, clock.instant());
    });
  }

  Optional<ThreadBulk> deleteThread(Account account, String inboxId, String threadId) {
    return transactions.run(() -> {
      InboxCounters counters = counters(inboxId);
      Optional<MailThread> found = live(inboxId, threadId);
      if (found.isEmpty()) {
        return new Attempt.Done<>(Optional.empty());
      }
      MailThread thread = found.get();
      Instant now = clock.instant();
      UnitOfWork work = new UnitOfWork();
      for (MessageKey key : thread.newest()) {
        work.update(
            mail,
            row(inboxId, key),
            "SET deletedAt = if_not_exists(deletedAt, :at) ADD version :one"
                + " REMOVE i1pk, i1sk, i2pk, i2sk",
            "attribute_exists(pk)",
            Map.of(
                ":at",
                AttributeValue.fromN(Long.toString(now.toEpochMilli())),
                ":one",
                AttributeValue.fromN("1")),
            Map.of());
      }
      Tally change = new Tally(-thread.messages(), -thread.inbound(), -thread.unread());
      return commit(
          work,
          account,
          counters,
          thread,
          thread.deleted(now),
          change,
          Job.deleteThread(thread),
          now);
    });
  }

  private Attempt<Optional<ThreadBulk>> commit(
      UnitOfWork work,
      Account account,
      InboxCounters counters,
      MailThread before,
      MailThread after,
      Tally change,
      Job rest,
      Instant now) {
    InboxLedger ledger = new InboxLedger(mail, account, before.inboxId(), counters, now);
    ledger.count(change);
    ledger.count(before, after);
    boolean gone = after.deletedAt().isPresent();
    tell(work, ledger, gone ? EventType.THREAD_DELETED : EventType.THREAD_UPDATED, before.id());
    work.putVersion(mail, ThreadCodec.item(after, account.feed()), before.version());
    // A head that keeps fewer keys than it could knows every message of its thread.
    List<Job> jobsLeft =
        before.newest().size() < MailThread.NEWEST
            ? List.of()
            : List.of(jobs.request(work, rest, now));
    ledger.commit(work);
    long messages = gone ? before.messages() : before.unread();
    return new Attempt.Write<>(work, Optional.of(new ThreadBulk(before.id(), messages, jobsLeft)));
  }

  private static void tell(UnitOfWork work, InboxLedger ledger, EventType type, String threadId) {
    ledger.append(work, type, Optional.of(threadId), Optional.empty(), Map.of());
  }

  private Optional<MailThread> live(String inboxId, String threadId) {
    return threads.surviving(inboxId, threadId).filter(thread -> thread.deletedAt().isEmpty());
  }

  private InboxCounters counters(String inboxId) {
    return mail.get(Keys.inbox(inboxId), Keys.SEQ)
        .map(CountersCodec::counters)
        .orElse(InboxCounters.NONE);
  }

  private static Map<String, AttributeValue> row(String inboxId, MessageKey key) {
    return Item.key(Keys.inbox(inboxId), Keys.message(key));
  }
}
