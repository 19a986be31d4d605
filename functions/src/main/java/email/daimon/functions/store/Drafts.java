package email.daimon.functions.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.EventType;
import email.daimon.model.InboxCounters;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.model.TextCut;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
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
  private static final Logger LOG = LoggerFactory.getLogger(Drafts.class);
  private static final int LARGE = 64 * 1024;
  private static final int COUNTED_PAGES = 2;
  private static final int MOST_TOLD = 400;
  private static final Duration REMEMBERED = Duration.ofDays(7);
  private static final String PREFIX = Keys.draft("");
  private final Table mail;
  private final Transactions transactions;
  private final DueIndex dueIndex;
  private final Blobs blobs;

  public Drafts(Table mail, Transactions transactions, DueIndex dueIndex, Blobs blobs) {
    this.mail = requireNonNull(mail, "mail is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.dueIndex = requireNonNull(dueIndex, "dueIndex is null");
    this.blobs = requireNonNull(blobs, "blobs is null");
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
    return mail.get(Keys.inbox(inboxId), Keys.draft(draftId)).map(item -> read(inboxId, item));
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
                      ":prefix", AttributeValue.fromS(PREFIX)))
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
      last = Optional.of(item.text("sk").substring(PREFIX.length()));
      if (!item.has("sent")) {
        found.add(read(inboxId, item));
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
                        ":prefix", AttributeValue.fromS(PREFIX)))
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

  /**
   * Puts a draft in the place of the revision before it; false where that is not there any more.
   *
   * @param before empty for a new one
   * @param also adds what has to be true with it to the transaction
   */
  public boolean put(Optional<Draft> before, Draft next, Consumer<UnitOfWork> also) {
    byte[] content = compressed(next.content());
    boolean large = content.length > LARGE;
    if (large) {
      blobs.keepDocument(next.inboxId(), objectName(next.id(), next.revision()), content);
    }
    boolean put = commit(before, next, large, content, also);
    if (put && before.isPresent()) {
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
    Map<String, String> detail =
        Map.of("draft_id", draft.id(), "reason", TextCut.head(why, MOST_TOLD));
    var _ =
        put(
            Optional.of(draft),
            draft.unsent(why, now),
            work -> {
              InboxCounters read =
                  mail.get(Keys.inbox(draft.inboxId()), Keys.SEQ)
                      .map(CountersCodec::counters)
                      .orElse(InboxCounters.NONE);
              InboxLedger ledger = new InboxLedger(mail, account, draft.inboxId(), read, now);
              ledger.append(work, type, threadId, Optional.empty(), detail);
              ledger.commit(work);
            });
  }

  private boolean commit(
      Optional<Draft> before,
      Draft next,
      boolean large,
      byte[] content,
      Consumer<UnitOfWork> also) {
    return transactions.run(() -> {
      Optional<Draft> read = find(next.inboxId(), next.id());
      if (read.equals(Optional.of(next))) {
        // A lost answer: it is put.
        return new Attempt.Done<>(true);
      }
      if (!read.map(Draft::revision).equals(before.map(Draft::revision))) {
        return new Attempt.Done<>(false);
      }
      UnitOfWork work = new UnitOfWork();
      work.putVersion(mail, item(next, large, content), before.map(Draft::revision).orElse(0L));
      move(work, next, before.flatMap(Draft::sendAt), next.sendAt());
      also.accept(work);
      return new Attempt.Write<>(work, true);
    });
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
      if (draft.content().length() > LARGE) {
        blobs.deleteDocument(draft.inboxId(), objectName(draft.id(), draft.revision()));
      }
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
      work.deleteVersion(mail, key(draft), draft.revision());
      move(work, draft, draft.sendAt(), Optional.empty());
      return new Attempt.Write<>(work, true);
    });
  }

  /** Adds to a transaction that this revision of a draft has become a message. */
  public void sent(UnitOfWork work, Draft draft, Message message, Instant now) {
    work.putVersion(
        mail,
        Item.of(Keys.inbox(draft.inboxId()), Keys.draft(draft.id()))
            .text("accountId", draft.accountId())
            .text("sent", message.key().text())
            .time("createdAt", draft.createdAt())
            .time("updatedAt", now)
            .number("version", draft.revision() + 1)
            .number(Keys.EXPIRES_AT, now.plus(REMEMBERED).getEpochSecond()),
        draft.revision());
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

  private static Map<String, AttributeValue> key(Draft draft) {
    return Item.key(Keys.inbox(draft.inboxId()), Keys.draft(draft.id()));
  }

  private static Item item(Draft draft, boolean large, byte[] content) {
    Item item =
        Item.of(Keys.inbox(draft.inboxId()), Keys.draft(draft.id()))
            .text("accountId", draft.accountId())
            .text("filesOwner", draft.filesOwner())
            .items("files", draft.files().stream().map(MessageCodec::file).toList())
            .texts("labels", draft.labels())
            .time("sendAt", draft.sendAt())
            .text("sendError", draft.sendError())
            .time("createdAt", draft.createdAt())
            .time("updatedAt", draft.updatedAt())
            .number("version", draft.revision());
    return large ? item.flag("large", true) : item.bytes("content", content);
  }

  private Draft read(String inboxId, Item item) {
    String id = item.text("sk").substring(PREFIX.length());
    Optional<MessageKey> sent = item.optionalText("sent").map(MessageKey::parse);
    return new Draft(
        id,
        item.text("accountId"),
        inboxId,
        sent.isPresent() ? "{}" : content(inboxId, id, item),
        item.text("filesOwner"),
        item.items("files").stream().map(MessageCodec::file).toList(),
        item.textSet("labels"),
        item.optionalTime("sendAt"),
        item.optionalText("sendError"),
        sent,
        item.time("createdAt"),
        item.time("updatedAt"),
        item.number("version"));
  }

  private String content(String inboxId, String id, Item item) {
    try (InputStream compressed =
            item.flag("large")
                ? blobs.document(inboxId, objectName(id, item.number("version")))
                : new ByteArrayInputStream(item.bytes("content"));
        InputStream plain = new GZIPInputStream(compressed)) {
      return new String(plain.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("the draft " + id, e);
    }
  }

  private static String objectName(String id, long revision) {
    return id + "-" + revision;
  }

  private static byte[] compressed(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("memory that cannot be written", e);
    }
    return bytes.toByteArray();
  }
}
