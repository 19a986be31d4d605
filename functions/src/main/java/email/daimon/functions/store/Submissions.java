package email.daimon.functions.store;

import email.daimon.functions.store.Sends.Submitted;
import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.EventType;
import email.daimon.model.Ids;
import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing;
import email.daimon.model.Outgoing.UnlessReplied;
import email.daimon.model.Tally;
import email.daimon.thread.MessageIds;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Stores what is to be sent: message, thread, anchor, counters, event and due entry in one
 * transaction.
 */
final class Submissions {
  private final Table mail;
  private final Transactions transactions;
  private final DueIndex dueIndex;
  private final InstantSource clock;
  private final ThreadReads threads;

  Submissions(Table mail, Transactions transactions, DueIndex dueIndex, InstantSource clock) {
    this.mail = mail;
    this.transactions = transactions;
    this.dueIndex = dueIndex;
    this.clock = clock;
    this.threads = new ThreadReads(mail);
  }

  Submitted submit(Submission submission) {
    return transactions.run(() -> attempt(submission));
  }

  private Attempt<Submitted> attempt(Submission submission) {
    String pk = Keys.inbox(submission.inboxId());
    String name = Keys.name(submission.message().id());
    Map<String, Item> items = new HashMap<>();
    mail.getAll(List.of(Item.key(pk, Keys.SEQ), Item.key(pk, name)))
        .forEach(item -> items.put(item.text("sk"), item));
    Item seq = items.get(Keys.SEQ);
    if (seq != null && seq.flag(CountersCodec.CLOSED)) {
      return new Attempt.Done<>(new Submitted.NoInbox());
    }
    if (items.containsKey(name)) {
      MessageKey key = NameCodec.key(items.get(name));
      return new Attempt.Done<>(
          mail.get(pk, Keys.message(key))
              .<Submitted>map(row -> new Submitted.Stored(MessageCodec.message(row)))
              .orElseGet(Submitted.NoInbox::new));
    }
    Optional<MailThread> known =
        submission.threadId().flatMap(id -> threads.surviving(submission.inboxId(), id));
    if (submission.threadId().isPresent()
        && known.filter(head -> head.deletedAt().isEmpty()).isEmpty()) {
      return new Attempt.Done<>(new Submitted.NoThread());
    }
    return write(submission, known, seq == null ? InboxCounters.NONE : CountersCodec.counters(seq));
  }

  private Attempt<Submitted> write(
      Submission submission, Optional<MailThread> known, InboxCounters counters) {
    List<MessageKey> waiting = new ArrayList<>();
    if (conditional(submission) && known.isPresent()) {
      waiting.addAll(waiting(submission.inboxId(), known.get()));
      if (waiting.size() >= ConditionalSends.MOST) {
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
    SendChanges.put(dueIndex, work, message, submission.outgoing().due());
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

  // Those that have gone meanwhile make room.
  private List<MessageKey> waiting(String inboxId, MailThread thread) {
    List<Map<String, AttributeValue>> rows =
        thread.conditional().stream()
            .map(key -> Item.key(Keys.inbox(inboxId), Keys.message(key)))
            .toList();
    return mail.getAll(rows).stream()
        .map(MessageCodec::message)
        .filter(message -> message.outgoing().filter(Outgoing::revocable).isPresent())
        .map(Message::key)
        .sorted()
        .toList();
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
