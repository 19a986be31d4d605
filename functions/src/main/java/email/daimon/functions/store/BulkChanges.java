package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account.ThreadFeed;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/**
 * Mends rows after a head has said what holds for all of them, a chunk in one transaction. Each
 * chunk may be done twice. No counter is touched: the commit of the head has counted.
 */
public final class BulkChanges {
  private static final int CHUNK = 25;
  private final Table mail;
  private final ApiKeys keys;
  private final UnsentOfInbox unsent;
  private final ThreadReads threads;
  private final Transactions transactions;
  private final InstantSource clock;

  public BulkChanges(
      Table mail,
      ApiKeys keys,
      UnsentOfInbox unsent,
      Transactions transactions,
      InstantSource clock) {
    this.mail = requireNonNull(mail, "mail is null");
    this.keys = requireNonNull(keys, "keys is null");
    this.unsent = requireNonNull(unsent, "unsent is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.threads = new ThreadReads(mail);
  }

  /**
   * What a chunk came to.
   *
   * @param changed rows that it changed, keys that it revoked, mails that it took back
   * @param next where the next one begins; empty after the last
   * @param more work that turned out to be needed
   * @param pause how long the next one waits
   */
  public record Chunk(int changed, Optional<String> next, List<Job> more, Duration pause) {
    public Chunk {
      more = List.copyOf(more);
    }

    public Chunk(int changed, Optional<String> next, List<Job> more) {
      this(changed, next, more, Duration.ZERO);
    }

    /** Nothing was left to do. */
    public static Chunk none() {
      return new Chunk(0, Optional.empty(), List.of());
    }
  }

  /** Does the next chunk of a job, from the position that an earlier one gave. */
  public Chunk next(Job job, Optional<String> position) {
    return switch (job.type()) {
      case MERGE_THREAD -> merge(job, position);
      case DELETE_THREAD -> delete(job, position);
      case READ_THREAD -> read(job, position);
      case DELETE_INBOX -> deleteInbox(job, position);
      case WEBHOOK_UNHEALTHY,
          WEBHOOK_RECOVERED,
          WEBHOOK_DISABLED,
          CLOSE_DELIVERIES,
          REPLAY_WEBHOOK,
          UNPROCESSED_MAIL,
          RECOUNT,
          MOVE_FEED,
          WEBHOOKS_OF_TIER,
          MAKE_TENANT ->
          throw new IllegalArgumentException("no change of rows: " + job.type());
    };
  }

  private Chunk merge(Job job, Optional<String> position) {
    String threadId = job.threadId().orElseThrow();
    Optional<MailThread> survivor = threads.surviving(job.inboxId(), threadId);
    if (survivor.isEmpty() || survivor.get().id().equals(threadId)) {
      return new Chunk(0, Optional.empty(), List.of());
    }
    MailThread target = survivor.get();
    Page page = page(job, threadId, position);
    int changed =
        mend(
            job,
            page.rows(),
            (message, _) ->
                message.threadId().equals(threadId) ? message.movedTo(target.id()) : message);
    return new Chunk(changed, page.next(), movedOn(job, target));
  }

  // The survivor may have been merged or deleted itself since it was read: its rows follow it.
  private List<Job> movedOn(Job job, MailThread target) {
    MailThread now = threads.surviving(job.inboxId(), target.id()).orElseThrow();
    if (!now.id().equals(target.id())) {
      return List.of(Job.mergeThread(target).dueAt(job.due()));
    }
    return now.deletedAt().isPresent()
        ? List.of(Job.deleteThread(target).dueAt(job.due()))
        : List.of();
  }

  private Chunk delete(Job job, Optional<String> position) {
    String threadId = job.threadId().orElseThrow();
    Optional<Instant> at =
        threads.surviving(job.inboxId(), threadId).flatMap(MailThread::deletedAt);
    if (at.isEmpty()) {
      return new Chunk(0, Optional.empty(), List.of());
    }
    Page page = page(job, threadId, position);
    int changed =
        mend(
            job,
            page.rows(),
            (message, _) -> message.deletedAt().isEmpty() ? message.deleted(at.get()) : message);
    return new Chunk(changed, page.next(), List.of());
  }

  private Chunk read(Job job, Optional<String> position) {
    Page page = page(job, job.threadId().orElseThrow(), position);
    int changed =
        mend(
            job,
            page.rows(),
            (message, row) -> {
              boolean meant =
                  message.key().inboxTime() <= job.until()
                      && row.number(MessageChanges.UNREAD_AT) <= job.until();
              return meant && !message.read() ? message.withRead(true) : message;
            });
    return new Chunk(changed, page.next(), List.of());
  }

  private int mend(Job job, Set<String> rows, BiFunction<Message, Item, Message> change) {
    return transactions.run(() -> {
      UnitOfWork work = new UnitOfWork();
      for (Item row : mail.getAll(rows.stream().map(sk -> key(job, sk)).toList())) {
        Message before = MessageCodec.message(row);
        Message after = change.apply(before, row);
        if (after.version() != before.version()) {
          Item item =
              MessageCodec.item(after)
                  .time(MessageChanges.UNREAD_AT, row.optionalTime(MessageChanges.UNREAD_AT));
          work.putVersion(mail, item, before.version());
        }
      }
      return commit(work);
    });
  }

  // Whoever deletes the inbox revokes its keys too, but may die before that.
  private Chunk deleteInbox(Job job, Optional<String> position) {
    int revoked = 0;
    if (position.isEmpty()) {
      close(job);
      revoked =
          keys.revokeAll(job.inboxId(), clock.instant())
              + unsent.takeBack(job.accountId(), job.inboxId());
    }
    ThreadReads.Heads heads = threads.heads(job.inboxId(), position, CHUNK);
    List<String> rows = heads.threads().stream().map(head -> Keys.thread(head.id())).toList();
    Instant now = clock.instant();
    int changed = mendHeads(job, rows, thread -> thread.deleted(now));
    return new Chunk(revoked + changed, heads.next(), List.of());
  }

  private int mendHeads(Job job, List<String> rows, UnaryOperator<MailThread> change) {
    return transactions.run(() -> {
      UnitOfWork work = new UnitOfWork();
      for (Item row : mail.getAll(rows.stream().map(sk -> key(job, sk)).toList())) {
        MailThread before = ThreadCodec.thread(row);
        if (before.listed()) {
          // A deleted thread is in no feed, so that it does not matter in which.
          Item item = ThreadCodec.item(change.apply(before), ThreadFeed.FIRST);
          work.putVersion(mail, item, before.version());
        }
      }
      return commit(work);
    });
  }

  private static Attempt<Integer> commit(UnitOfWork work) {
    return work.size() == 0 ? new Attempt.Done<>(0) : new Attempt.Write<>(work, work.size());
  }

  // After this nothing is stored in the inbox any more: commits need the counters as they read
  // them.
  private void close(Job job) {
    UnitOfWork work = new UnitOfWork();
    work.update(
        mail,
        key(job, Keys.SEQ),
        "SET #closed = :yes ADD version :one",
        "",
        Map.of(":yes", AttributeValue.fromBool(true), ":one", AttributeValue.fromN("1")),
        Map.of("#closed", CountersCodec.CLOSED));
    transactions.run(() -> new Attempt.Write<>(work, job));
  }

  /**
   * Some rows of a thread.
   *
   * @param rows their sort keys
   * @param next where the next page begins
   */
  private record Page(Set<String> rows, Optional<String> next) {}

  // The index may lag behind: what the head knows comes with the first page.
  private Page page(Job job, String threadId, Optional<String> position) {
    Set<String> rows = new LinkedHashSet<>();
    if (position.isEmpty()) {
      mail.get(Keys.inbox(job.inboxId()), Keys.thread(threadId))
          .map(ThreadCodec::thread)
          .ifPresent(head -> head.newest().forEach(key -> rows.add(Keys.message(key))));
    }
    String index = Keys.messagesOf(job.inboxId(), threadId);
    QueryResponse page =
        mail.query(query ->
            query
                .indexName("by1")
                .keyConditionExpression("i1pk = :thread AND i1sk > :after")
                .expressionAttributeValues(
                    Map.of(
                        ":thread", AttributeValue.fromS(index),
                        ":after", AttributeValue.fromS(position.orElse("0"))))
                .limit(CHUNK));
    List<Item> items = page.items().stream().map(Item::read).toList();
    items.forEach(item -> rows.add(item.text("sk")));
    boolean last = page.lastEvaluatedKey().isEmpty() || items.isEmpty();
    return new Page(rows, last ? Optional.empty() : Optional.of(items.getLast().text("i1sk")));
  }

  private static Map<String, AttributeValue> key(Job job, String sk) {
    return Item.key(Keys.inbox(job.inboxId()), sk);
  }
}
