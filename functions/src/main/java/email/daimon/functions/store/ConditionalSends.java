package email.daimon.functions.store;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.EventType;
import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.Outgoing;
import email.daimon.model.WaitingDraft;
import email.daimon.policy.Answers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Takes back what was to be sent unless somebody answers first, mails and drafts, in the very
 * commit that stores the answer.
 */
final class ConditionalSends {
  /** How many mails, and how many drafts, may wait in one thread; merged ones may have more. */
  static final int MOST = 10;

  // Row, due entry and event, and what a mail gives back to the quotas of account and inbox.
  private static final int ACTIONS_OF_ONE = 5;
  // The head and the counters come last.
  private static final int FULL = UnitOfWork.MOST - 2 - ACTIONS_OF_ONE;
  private final Table mail;
  private final Transactions transactions;
  private final SendChanges changes;
  private final UnsentDrafts unsent;

  ConditionalSends(
      Table mail, Transactions transactions, SendChanges changes, UnsentDrafts unsent) {
    this.mail = mail;
    this.transactions = transactions;
    this.changes = changes;
    this.unsent = unsent;
  }

  /**
   * A thread after an arrival.
   *
   * @param thread without what the arrival takes back
   * @param whole whether all of that was room for in the transaction
   */
  record Answered(MailThread thread, boolean whole) {}

  /** Takes back what an arrival answers; nothing but head and counters is added to it after. */
  Answered answeredBy(
      Message arrival, MailThread thread, UnitOfWork work, InboxLedger ledger, Account account) {
    boolean whole = true;
    List<MessageKey> mails = new ArrayList<>();
    for (Message waiting : mails(mail, thread)) {
      Outgoing way = waiting.outgoing().orElseThrow();
      boolean answered = Answers.is(arrival, way.conditions().unlessReplied(), waiting.from());
      if (answered && work.size() <= FULL) {
        changes.cancel(work, ledger, account, waiting);
      } else {
        mails.add(waiting.key());
        whole &= !answered;
      }
    }
    List<WaitingDraft> drafts = new ArrayList<>();
    for (Item row : drafts(mail, thread)) {
      Waiting waiting = DraftCodec.waiting(row).orElseThrow();
      boolean answered = Answers.is(arrival, waiting.unless(), waiting.from());
      if (answered && work.size() <= FULL) {
        Optional<String> id = Optional.of(thread.id());
        Instant at = arrival.storedAt();
        unsent.add(work, ledger, row, EventType.MESSAGE_CANCELLED, Drafts.REPLIED, id, at);
      } else {
        drafts.add(new WaitingDraft(DraftCodec.id(row), waiting.revision()));
        whole &= !answered;
      }
    }
    return new Answered(thread.waiting(mails, drafts), whole);
  }

  /**
   * Takes back, before an answer is stored, as much as fits into one transaction. The head has
   * another version then: whatever was decided on the old one is decided anew.
   */
  void ahead(Message arrival, String threadId, Account account, Instant now) {
    transactions.run(() -> {
      String inboxId = arrival.inboxId();
      Optional<MailThread> head =
          mail.get(Keys.inbox(inboxId), Keys.thread(threadId))
              .map(ThreadCodec::thread)
              .filter(one -> one.mergedInto().isEmpty());
      InboxCounters counters =
          mail.get(Keys.inbox(inboxId), Keys.SEQ)
              .map(CountersCodec::counters)
              .orElse(InboxCounters.NONE);
      UnitOfWork work = new UnitOfWork();
      InboxLedger ledger = new InboxLedger(mail, account, inboxId, counters, now);
      Optional<MailThread> next =
          head.map(one -> answeredBy(arrival, one, work, ledger, account).thread());
      if (work.size() == 0) {
        return new Attempt.Done<>(next);
      }
      work.putVersion(
          mail, ThreadCodec.item(next.orElseThrow(), account.feed()), head.orElseThrow().version());
      ledger.commit(work);
      return new Attempt.Write<>(work, next);
    });
  }

  /** The mails that still wait in a thread, oldest first. */
  static List<Message> mails(Table mail, MailThread thread) {
    List<Map<String, AttributeValue>> rows =
        thread.conditional().stream()
            .map(key -> Item.key(Keys.inbox(thread.inboxId()), Keys.message(key)))
            .toList();
    return mail.getAll(rows).stream()
        .map(MessageCodec::message)
        .filter(message -> message.outgoing().filter(Outgoing::revocable).isPresent())
        .sorted((one, other) -> one.key().compareTo(other.key()))
        .toList();
  }

  /** The rows of the drafts that still wait in a thread, in its order. */
  static List<Item> drafts(Table mail, MailThread thread) {
    Set<Map<String, AttributeValue>> keys = new LinkedHashSet<>();
    thread.drafts().forEach(one -> keys.add(DraftCodec.key(thread.inboxId(), one.id())));
    Map<String, Item> rows = new HashMap<>();
    mail.getAll(keys).forEach(row -> rows.put(DraftCodec.id(row), row));
    return thread.drafts().stream()
        .flatMap(one ->
            Optional.ofNullable(rows.get(one.id()))
                .filter(row -> DraftCodec.waits(row, one))
                .stream())
        .toList();
  }
}
