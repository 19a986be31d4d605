package email.daimon.functions.store;

import email.daimon.functions.store.SendQuota.Exhausted;
import email.daimon.functions.store.Sends.Submitted;
import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.EventType;
import email.daimon.model.Ids;
import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing.UnlessReplied;
import email.daimon.model.Suppression;
import email.daimon.model.Tally;
import email.daimon.thread.MessageIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Stores what is to be sent: message, thread, anchor, counters, event, due entry and its part of
 * the quota in one transaction.
 */
final class Submissions {
  private final Table mail;
  private final Transactions transactions;
  private final DueIndex dueIndex;
  private final SendQuota quota;
  private final InstantSource clock;
  private final ThreadReads threads;

  Submissions(
      Table mail,
      Transactions transactions,
      DueIndex dueIndex,
      SendQuota quota,
      InstantSource clock) {
    this.mail = mail;
    this.transactions = transactions;
    this.dueIndex = dueIndex;
    this.quota = quota;
    this.clock = clock;
    this.threads = new ThreadReads(mail);
  }

  /**
   * @param made makes the mail ready, given which of its recipients are suppressed; called once,
   *     and not where it cannot be stored anyway
   */
  Submitted submit(Submission.Ask ask, Function<List<Suppression>, Submission> made) {
    Seen first = read(ask, Optional.empty());
    Optional<Submitted> refused = first.refused();
    if (refused.isPresent()) {
      return refused.get();
    }
    Submission submission = made.apply(first.suppressed);
    Optional<Exhausted> tooMany = submission.need().flatMap(quota::tooMany);
    if (tooMany.isPresent()) {
      return new Submitted.NothingLeft(tooMany.get());
    }
    // The first attempt decides on what was just read; each further one reads again.
    Iterator<Seen> seen = List.of(first).iterator();
    return transactions.run(
        () -> seen.hasNext() ? write(submission, seen.next()) : again(submission, ask));
  }

  private Attempt<Submitted> again(Submission submission, Submission.Ask ask) {
    Seen seen = read(ask, Optional.of(submission.message().id()));
    if (seen.stored.isPresent()) {
      return new Attempt.Done<>(
          mail.get(Keys.inbox(ask.inboxId()), Keys.message(seen.stored.get()))
              .<Submitted>map(row -> new Submitted.Stored(MessageCodec.message(row)))
              .orElseGet(Submitted.NoInbox::new));
    }
    Optional<Submitted> refused =
        seen.refused()
            .or(() -> submission.need().flatMap(quota::exhausted).map(Submitted.NothingLeft::new));
    return refused.isPresent() ? new Attempt.Done<>(refused.get()) : write(submission, seen);
  }

  /**
   * What a mail's place depends on.
   *
   * @param stored where the mail itself is, stored by an attempt whose answer was lost
   * @param thread the surviving head of the thread that was asked for
   * @param strangers addresses with which the inbox has had nothing to do
   */
  private record Seen(
      Optional<Item> counters,
      Optional<MessageKey> stored,
      boolean goesOn,
      Optional<MailThread> thread,
      List<Suppression> suppressed,
      Set<String> strangers) {
    Optional<Submitted> refused() {
      if (counters.filter(item -> item.flag(CountersCodec.CLOSED)).isPresent()) {
        return Optional.of(new Submitted.NoInbox());
      }
      return goesOn && thread.filter(head -> head.deletedAt().isEmpty()).isEmpty()
          ? Optional.of(new Submitted.NoThread())
          : Optional.empty();
    }
  }

  private Seen read(Submission.Ask ask, Optional<String> messageId) {
    String inbox = Keys.inbox(ask.inboxId());
    String account = Keys.account(ask.account().id());
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    keys.add(Item.key(inbox, Keys.SEQ));
    messageId.ifPresent(id -> keys.add(Item.key(inbox, Keys.name(id))));
    ask.threadId().ifPresent(id -> keys.add(Item.key(inbox, Keys.thread(id))));
    ask.addresses().forEach(address -> keys.add(Suppressions.key(ask.account().id(), address)));
    Set<String> strangers = new LinkedHashSet<>();
    ask.addresses().forEach(one -> Correspondents.address(one).ifPresent(strangers::add));
    strangers.forEach(address -> keys.add(Item.key(inbox, Keys.correspondent(address))));
    Map<String, Item> own = new HashMap<>();
    List<Suppression> suppressed = new ArrayList<>();
    for (Item item : mail.getAll(keys)) {
      if (item.text("pk").equals(account)) {
        suppressed.add(Suppressions.suppression(item));
      } else {
        own.put(item.text("sk"), item);
        strangers.removeIf(address -> item.text("sk").equals(Keys.correspondent(address)));
      }
    }
    return new Seen(
        Optional.ofNullable(own.get(Keys.SEQ)),
        messageId.flatMap(id -> Optional.ofNullable(own.get(Keys.name(id)))).map(NameCodec::key),
        ask.threadId().isPresent(),
        ask.threadId()
            .flatMap(id -> Optional.ofNullable(own.get(Keys.thread(id))))
            .map(ThreadCodec::thread)
            .flatMap(head ->
                head.mergedInto().isEmpty()
                    ? Optional.of(head)
                    : threads.surviving(ask.inboxId(), head.id())),
        suppressed,
        strangers);
  }

  private Attempt<Submitted> write(Submission submission, Seen seen) {
    Optional<MailThread> known = seen.thread;
    InboxCounters counters = seen.counters.map(CountersCodec::counters).orElse(InboxCounters.NONE);
    List<MessageKey> waiting = new ArrayList<>();
    if (conditional(submission) && known.isPresent()) {
      // Those that have gone meanwhile make room.
      ConditionalSends.mails(mail, known.get()).forEach(one -> waiting.add(one.key()));
      // A draft that is due has had its place already.
      boolean goesOn = submission.outgoing().sendAt().isEmpty();
      if (waiting.size() >= ConditionalSends.MOST && !goesOn) {
        return new Attempt.Done<>(new Submitted.TooManyConditional(ConditionalSends.MOST));
      }
    }
    UnitOfWork work = new UnitOfWork();
    InboxLedger ledger =
        new InboxLedger(
            mail, submission.account(), submission.inboxId(), counters, clock.instant());
    Instant time = Instant.ofEpochMilli(ledger.nextTime());
    MailThread before = known.orElseGet(() -> begin(submission, time));
    Message message =
        submission.message().placed(time.toEpochMilli(), before.id()).anchored(before.anchor());
    boolean scheduled = submission.outgoing().sendAt().isPresent();
    ledger.append(
        work,
        scheduled ? EventType.MESSAGE_SCHEDULED : EventType.MESSAGE_QUEUED,
        message.threadId(),
        message.key());
    MailThread after = before.joinedBy(message);
    if (conditional(submission)) {
      waiting.add(message.key());
      after = after.waiting(waiting);
    }
    ledger.count(before, after);
    ledger.count(Tally.of(message));
    work.putVersion(mail, ThreadCodec.item(after, submission.account().feed()), before.version());
    work.put(mail, MessageCodec.item(message));
    work.put(mail, submission.beside().item(submission.inboxId(), message.key()));
    work.putNew(mail, NameCodec.item(submission.inboxId(), message.id(), message.key()));
    if (before.messages() == before.inbound()) {
      anchor(work, submission.inboxId(), before, time);
    }
    seen.strangers.forEach(
        address -> work.putNew(mail, Correspondents.writtenTo(submission.inboxId(), address)));
    SendChanges.put(dueIndex, work, message, submission.outgoing().due());
    submission.need().ifPresent(need -> quota.take(work, need, message.id()));
    submission.also().accept(work, message);
    ledger.commit(work);
    return new Attempt.Write<>(work, new Submitted.Stored(message));
  }

  // The first thing that we say in a thread bears its anchor: from here on answers may name it.
  private void anchor(UnitOfWork work, String inboxId, MailThread thread, Instant time) {
    String id = MessageIds.canonical(thread.anchor());
    work.put(mail, Pointer.claim(id, thread.id(), time).item(inboxId));
  }

  private static boolean conditional(Submission submission) {
    return submission.outgoing().conditions().unlessReplied() != UnlessReplied.NOBODY;
  }

  private static MailThread begin(Submission submission, Instant at) {
    String id = Ids.deterministic("thread", submission.inboxId(), submission.message().id());
    return MailThread.begin(
        id,
        submission.account().id(),
        submission.inboxId(),
        "<" + id + "@" + submission.anchorDomain() + ">",
        submission.message().subject(),
        at);
  }
}
