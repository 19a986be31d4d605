package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.EventType;
import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.WaitingDraft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.Select;

/**
 * Drafts, {@code I#inbox / D#draft}: their fields compressed in the row, large ones in S3. A draft
 * that was sent leaves word of its message for a week.
 */
public final class Drafts {
  /** How many drafts may wait in one thread for somebody to answer. */
  public static final int MOST_WAITING = ConditionalSends.MOST;

  /** Why a draft was not sent whose thread was answered. */
  public static final String REPLIED = "REPLIED: the thread was answered first.";

  private static final Logger LOG = LoggerFactory.getLogger(Drafts.class);
  private static final int LARGE = 64 * 1024;
  private static final int COUNTED_PAGES = 2;
  private final Table mail;
  private final Transactions transactions;
  private final DueIndex dueIndex;
  private final Blobs blobs;
  private final UnsentDrafts unsent;
  private final ThreadReads threads;

  public Drafts(Table mail, Transactions transactions, DueIndex dueIndex, Blobs blobs) {
    this.mail = requireNonNull(mail, "mail is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.dueIndex = requireNonNull(dueIndex, "dueIndex is null");
    this.blobs = requireNonNull(blobs, "blobs is null");
    this.unsent = new UnsentDrafts(mail, dueIndex);
    this.threads = new ThreadReads(mail);
  }

  /**
   * A part of the list, newest first.
   *
   * @param next behind which draft there may be more
   */
  public record Page(List<Draft> drafts, Optional<String> next) {
    public Page {
      drafts = List.copyOf(drafts);
    }
  }

  /** A draft, also one of which only word of its message is left. */
  public Optional<Draft> find(String inboxId, String draftId) {
    try {
      return row(inboxId, draftId);
    } catch (BlobMissingException _) {
      // Another revision has taken its place meanwhile, and its object with it.
      return row(inboxId, draftId);
    }
  }

  private Optional<Draft> row(String inboxId, String draftId) {
    return mail.get(Keys.inbox(inboxId), Keys.draft(draftId))
        .map(item -> DraftCodec.draft(inboxId, item, blobs));
  }

  /** Drafts behind one, newest first; those that were sent are left out, so a page may be short. */
  public Page list(String inboxId, String after, int most) {
    QueryResponse page =
        mail.query(query -> {
          query
              .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
              .expressionAttributeValues(
                  Map.of(
                      ":pk", AttributeValue.fromS(Keys.inbox(inboxId)),
                      ":prefix", AttributeValue.fromS(DraftCodec.PREFIX)))
              .scanIndexForward(false)
              .consistentRead(true)
              .limit(most);
          if (!after.isEmpty()) {
            query.exclusiveStartKey(Item.key(Keys.inbox(inboxId), Keys.draft(after)));
          }
        });
    List<Draft> found = new ArrayList<>();
    Optional<String> last = Optional.empty();
    for (Map<String, AttributeValue> row : page.items()) {
      Item item = Item.read(row);
      last = Optional.of(DraftCodec.id(item));
      if (!item.has(DraftCodec.SENT)) {
        found.add(DraftCodec.draft(inboxId, item, blobs));
      }
    }
    return new Page(found, page.lastEvaluatedKey().isEmpty() ? Optional.empty() : last);
  }

  /** How many drafts there are; empty where there are too many to count. */
  public OptionalLong count(String inboxId) {
    long count = 0;
    Map<String, AttributeValue> from = Map.of();
    for (int pages = 0; pages < COUNTED_PAGES; pages++) {
      Map<String, AttributeValue> start = from;
      QueryResponse page =
          mail.query(query -> {
            query
                .keyConditionExpression("pk = :pk AND begins_with(sk, :prefix)")
                .filterExpression("attribute_not_exists(sent)")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(Keys.inbox(inboxId)),
                        ":prefix", AttributeValue.fromS(DraftCodec.PREFIX)))
                .select(Select.COUNT)
                .consistentRead(true);
            if (!start.isEmpty()) {
              query.exclusiveStartKey(start);
            }
          });
      count += page.count();
      from = page.lastEvaluatedKey();
      if (from.isEmpty()) {
        return OptionalLong.of(count);
      }
    }
    return OptionalLong.empty();
  }

  /** What became of a draft that was to be put. */
  public enum Put {
    DONE,
    /** The revision before it is not there any more. */
    CHANGED,
    /** The thread that it would wait in is deleted. */
    NO_THREAD,
    /** As many wait in that thread as may. */
    TOO_MANY
  }

  /**
   * Puts a draft in the place of the revision before it. One that begins to wait for an answer is
   * named by the head of its thread in the same moment.
   *
   * @param before empty for a new one
   * @param also adds what has to be true with it to the transaction
   */
  public Put put(Account account, Optional<Draft> before, Draft next, Consumer<UnitOfWork> also) {
    byte[] content = DraftCodec.compressed(next.content());
    // Named by what it says: another change of the same revision writes another object.
    Optional<String> object =
        content.length > LARGE
            ? Optional.of("%s-%d-%.16s".formatted(next.id(), next.revision(), Hash.sha256(content)))
            : Optional.empty();
    object.ifPresent(name -> blobs.keepDocument(next.inboxId(), name, content));
    Put put = commit(account, before, next.in(object), content, also);
    if (put == Put.DONE && before.isPresent()) {
      forget(before.get(), before.get().filesOwner().equals(next.filesOwner()));
    }
    return put;
  }

  /**
   * Writes down that a draft was not sent when its time had come, and tells of it; nothing where
   * this revision is not there any more.
   *
   * @param type that it failed, or was cancelled
   * @param why begins with a code
   * @param threadId of the thread that it was for
   */
  public void unsent(
      Account account,
      Draft draft,
      EventType type,
      String why,
      Optional<String> threadId,
      Instant now) {
    transactions.run(() -> {
      Optional<Item> row =
          mail.get(Keys.inbox(draft.inboxId()), Keys.draft(draft.id()))
              .filter(item -> item.number("version") == draft.revision());
      if (row.isEmpty()) {
        return new Attempt.Done<>(draft);
      }
      UnitOfWork work = new UnitOfWork();
      InboxCounters read =
          mail.get(Keys.inbox(draft.inboxId()), Keys.SEQ)
              .map(CountersCodec::counters)
              .orElse(InboxCounters.NONE);
      InboxLedger ledger = new InboxLedger(mail, account, draft.inboxId(), read, now);
      unsent.add(work, ledger, row.get(), type, why, threadId, now);
      ledger.commit(work);
      return new Attempt.Write<>(work, draft);
    });
  }

  private Put commit(
      Account account,
      Optional<Draft> before,
      Draft next,
      byte[] content,
      Consumer<UnitOfWork> also) {
    return transactions.run(() -> {
      Optional<Draft> read = find(next.inboxId(), next.id());
      if (read.map(draft -> draft.waiting(next.waiting())).equals(Optional.of(next))) {
        // A lost answer: it is put.
        return new Attempt.Done<>(Put.DONE);
      }
      if (!read.map(Draft::revision).equals(before.map(Draft::revision))) {
        return new Attempt.Done<>(Put.CHANGED);
      }
      UnitOfWork work = new UnitOfWork();
      Draft draft = next;
      Optional<Waiting> begins =
          next.waiting()
              .filter(waiting -> waiting.revision() == next.revision())
              .filter(waiting -> waiting.threadId().isPresent());
      if (begins.isPresent()) {
        Optional<MailThread> head =
            threads
                .surviving(next.inboxId(), begins.get().threadId().orElseThrow())
                .filter(one -> one.deletedAt().isEmpty());
        if (head.isEmpty()) {
          return new Attempt.Done<>(Put.NO_THREAD);
        }
        List<WaitingDraft> named = named(head.get());
        boolean added = named.stream().noneMatch(one -> one.id().equals(next.id()));
        if (added && named.size() >= MOST_WAITING) {
          return new Attempt.Done<>(Put.TOO_MANY);
        }
        draft = next.waiting(begins.map(waiting -> placed(waiting, next, head.get())));
        name(work, account, head.get(), named, next);
      }
      work.putVersion(
          mail, DraftCodec.item(draft, content), before.map(Draft::revision).orElse(0L));
      move(work, next, before.flatMap(Draft::sendAt), next.sendAt());
      also.accept(work);
      return new Attempt.Write<>(work, Put.DONE);
    });
  }

  private List<WaitingDraft> named(MailThread head) {
    return ConditionalSends.drafts(mail, head).stream()
        .map(row ->
            new WaitingDraft(DraftCodec.id(row), DraftCodec.waiting(row).orElseThrow().revision()))
        .toList();
  }

  // All that is in the thread came before, by inbox time, which may be ahead of the clock; but a
  // draft that waited before there was the thread has waited for what is in it already.
  private static Waiting placed(Waiting waiting, Draft draft, MailThread head) {
    return waiting.since().isBefore(draft.updatedAt())
        ? waiting
        : waiting.behind(Instant.ofEpochMilli(head.lastActivity()));
  }

  private void name(
      UnitOfWork work, Account account, MailThread head, List<WaitingDraft> named, Draft draft) {
    List<WaitingDraft> all = new ArrayList<>(named);
    all.removeIf(one -> one.id().equals(draft.id()));
    all.add(new WaitingDraft(draft.id(), draft.revision()));
    work.putVersion(
        mail,
        ThreadCodec.item(head.waiting(head.conditional(), all), account.feed()),
        head.version());
  }

  /** Deletes a draft; false where this revision is not there any more. */
  public boolean delete(Draft draft) {
    boolean deleted = deleteRow(draft);
    if (deleted) {
      forget(draft);
    }
    return deleted;
  }

  /** Deletes the objects of a draft that is gone, or has become a message that has its own. */
  public void forget(Draft draft) {
    forget(draft, false);
  }

  // After the commit: killed in between, or failing, it leaves objects that nothing names.
  private void forget(Draft draft, boolean keepsFiles) {
    try {
      draft.object().ifPresent(name -> blobs.deleteDocument(draft.inboxId(), name));
      if (!keepsFiles) {
        draft.files().forEach(file -> blobs.deleteAttachment(draft.filesOwner(), file.filename()));
      }
    } catch (SdkException e) {
      LOG.warn("objects of draft {} stay, which nothing names any more", draft.id(), e);
    }
  }

  private boolean deleteRow(Draft draft) {
    return transactions.run(() -> {
      Optional<Draft> read = find(draft.inboxId(), draft.id());
      if (!read.map(Draft::revision).equals(Optional.of(draft.revision()))) {
        return new Attempt.Done<>(false);
      }
      UnitOfWork work = new UnitOfWork();
      work.deleteVersion(mail, DraftCodec.key(draft.inboxId(), draft.id()), draft.revision());
      move(work, draft, draft.sendAt(), Optional.empty());
      return new Attempt.Write<>(work, true);
    });
  }

  /** Adds to a transaction that this revision of a draft has become a message. */
  public void sent(UnitOfWork work, Draft draft, Message message, Instant now) {
    work.putVersion(mail, DraftCodec.sent(draft, message.key(), now), draft.revision());
    move(work, draft, draft.sendAt(), Optional.empty());
  }

  private void move(UnitOfWork work, Draft draft, Optional<Instant> from, Optional<Instant> to) {
    if (from.equals(to)) {
      return;
    }
    from.ifPresent(at -> dueIndex.remove(work, at, draft.id()));
    to.ifPresent(at ->
        dueIndex.put(
            work,
            new DueEntry(
                at, draft.id(), SendJob.QUEUE, new DraftJob(draft.inboxId(), draft.id()).json())));
  }
}
