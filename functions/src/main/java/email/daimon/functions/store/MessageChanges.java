package email.daimon.functions.store;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.Tally;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** Changes one message: its row, its thread and the inbox's counters in one transaction. */
final class MessageChanges {
  /** When a message was last made unread: bulk work that began before passes it over. */
  static final String UNREAD_AT = "unreadAt";

  private final Table mail;
  private final ThreadReads threads;
  private final Transactions transactions;
  private final InstantSource clock;

  MessageChanges(Table mail, ThreadReads threads, Transactions transactions, InstantSource clock) {
    this.mail = mail;
    this.threads = threads;
    this.transactions = transactions;
    this.clock = clock;
  }

  Optional<Message> change(
      Account account, String inboxId, String messageId, MessageChange change) {
    return run(account, inboxId, messageId, (message, now) -> apply(message, change));
  }

  Optional<Message> delete(Account account, String inboxId, String messageId) {
    return run(account, inboxId, messageId, Message::deleted);
  }

  private static Message apply(Message message, MessageChange change) {
    Message next = message;
    if (change.read().isPresent() && change.read().get() != message.read()) {
      next = next.withRead(change.read().get());
    }
    if (change.labels().isPresent() && !change.labels().get().equals(message.labels())) {
      next = next.withLabels(change.labels().get());
    }
    return next;
  }

  private Optional<Message> run(
      Account account,
      String inboxId,
      String messageId,
      BiFunction<Message, Instant, Message> change) {
    return mail.get(Keys.inbox(inboxId), Keys.name(messageId))
        .map(NameCodec::key)
        .flatMap(key -> transactions.run(() -> attempt(account, inboxId, key, change)));
  }

  private Attempt<Optional<Message>> attempt(
      Account account,
      String inboxId,
      MessageKey key,
      BiFunction<Message, Instant, Message> change) {
    String pk = Keys.inbox(inboxId);
    Map<String, Item> items = new HashMap<>();
    mail.getAll(List.of(Item.key(pk, Keys.SEQ), Item.key(pk, Keys.message(key))))
        .forEach(item -> items.put(item.text("sk"), item));
    Item row = items.get(Keys.message(key));
    Item seq = items.get(Keys.SEQ);
    if (row == null || seq == null) {
      return new Attempt.Done<>(Optional.empty());
    }
    Message before = MessageCodec.message(row);
    MailThread thread =
        threads
            .surviving(inboxId, before.threadId())
            .orElseThrow(() -> new IllegalStateException("no thread of " + before.id()));
    if (thread.deletedAt().isPresent() && before.deletedAt().isEmpty()) {
      return new Attempt.Done<>(Optional.of(before.deleted(thread.deletedAt().get())));
    }
    Instant now = clock.instant();
    Message after = before.deletedAt().isPresent() ? before : change.apply(before, now);
    if (after.version() == before.version()) {
      return new Attempt.Done<>(Optional.of(before));
    }
    Message moved = after.placed(key.inboxTime(), thread.id());
    UnitOfWork work = new UnitOfWork();
    work.putVersion(mail, row(row, before, moved, now), before.version());
    count(work, account, thread, before, moved, CountersCodec.counters(seq), now);
    return new Attempt.Write<>(work, Optional.of(moved));
  }

  private void count(
      UnitOfWork work,
      Account account,
      MailThread thread,
      Message before,
      Message after,
      InboxCounters counters,
      Instant now) {
    Tally change = Tally.of(after).minus(Tally.of(before));
    if (change.equals(Tally.NOTHING)) {
      return;
    }
    MailThread next = thread.changed(before, after);
    work.putVersion(mail, ThreadCodec.item(next, account.feed()), thread.version());
    InboxLedger ledger = new InboxLedger(mail, account, after.inboxId(), counters, now);
    ledger.count(change);
    ledger.count(thread, next);
    ledger.commit(work);
  }

  private static Item row(Item read, Message before, Message after, Instant now) {
    boolean unread = before.read() && !after.read();
    return MessageCodec.item(after)
        .time(UNREAD_AT, unread ? Optional.of(now) : read.optionalTime(UNREAD_AT));
  }
}
