package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.CodeMail.Code;
import email.daimon.functions.store.CodeMail.Consumed;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.policy.MessageFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The codes of an inbox's mails: found by marks of their own, so that mails without codes cost
 * nothing, and consumed once.
 */
public final class MailCodes {
  private static final int MOST_LOOKED_AT = 200;
  private final Table mail;
  private final Transactions transactions;
  private final ThreadReads threads;

  public MailCodes(Table mail, Transactions transactions) {
    this.mail = requireNonNull(mail, "mail is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.threads = new ThreadReads(mail);
  }

  /** Which mails with codes are asked for, at most {@code limit} of them. */
  public record Request(
      String inboxId, MessageFilter filter, Span span, boolean ascending, int limit) {}

  /**
   * A page of mails.
   *
   * @param more whether something may follow
   * @param last inbox time of the last mail looked at
   * @param settled nothing at or before this inbox time can still appear
   */
  public record Page(List<CodeMail> mails, boolean more, long last, long settled) {
    public Page {
      mails = List.copyOf(mails);
    }
  }

  /** Up to which inbox time everything is there to be seen: one read unit. */
  public long settled(String inboxId) {
    return mail.get(Keys.inbox(inboxId), Keys.SEQ)
        .map(CountersCodec::counters)
        .map(counters -> counters.inboxTime())
        .orElse(0L);
  }

  /** One page. What is flagged or deleted is passed over, up to a bound: then the page is short. */
  public Page page(Request request) {
    long settled = settled(request.inboxId());
    List<CodeMail> found = new ArrayList<>();
    Span rest = request.span();
    long last = request.ascending() ? rest.from() - 1 : rest.end();
    int lookedAt = 0;
    boolean more = !rest.empty();
    while (more && found.size() < request.limit() && lookedAt < MOST_LOOKED_AT) {
      int wanted = request.limit() - found.size();
      List<Item> marks = marks(request, rest, wanted + 1);
      more = marks.size() > wanted;
      List<Item> chunk = marks.subList(0, Math.min(wanted, marks.size()));
      found.addAll(mails(request, chunk));
      lookedAt += chunk.size();
      if (!chunk.isEmpty()) {
        last = CodesCodec.key(chunk.getLast()).inboxTime();
        rest = request.ascending() ? new Span(last + 1, rest.end()) : new Span(rest.from(), last);
      }
    }
    return new Page(found, more, last, Math.max(settled, request.ascending() ? last : 0));
  }

  /** A code by its id, if its mail is live and passes. */
  public Optional<Code> find(String inboxId, String codeId, MessageFilter filter) {
    String pk = Keys.inbox(inboxId);
    return mail.get(pk, Keys.code(codeId))
        .map(CodesCodec::place)
        .flatMap(place ->
            mail.get(pk, Keys.codes(place.key()))
                .flatMap(mark -> mails(inboxId, filter, List.of(mark)).stream().findFirst())
                .map(found -> new Code(found, place.position())));
  }

  /**
   * Consumes a code, with one conditional write. The same consumer may consume it again, after a
   * lost answer for instance.
   *
   * @return the code as it is then: consumed by this one, or by another who came first
   */
  public Code consume(Code code, String consumer, Instant now) {
    Message message = code.mail().message();
    Map<String, AttributeValue> key =
        Item.key(Keys.inbox(message.inboxId()), Keys.codes(message.key()));
    Item mark =
        transactions
            .updateIf(
                mail,
                key,
                CodesCodec.CONSUME,
                CodesCodec.FREE,
                CodesCodec.values(consumer, now),
                CodesCodec.names(code.position()))
            .or(() -> mail.getAll(List.of(key)).stream().findFirst())
            .orElseThrow(() -> new IllegalStateException("a code without its mark: " + code.id()));
    Consumed by = CodesCodec.consumed(mark, code.position()).orElseThrow();
    return new Code(code.mail().with(code.position(), by), code.position());
  }

  private List<Item> marks(Request request, Span span, int count) {
    return mail
        .query(query ->
            query
                .keyConditionExpression("pk = :pk AND sk BETWEEN :first AND :end")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(Keys.inbox(request.inboxId())),
                        ":first", AttributeValue.fromS(CodesCodec.MARK + span.firstText()),
                        ":end", AttributeValue.fromS(CodesCodec.MARK + span.endText())))
                .scanIndexForward(request.ascending())
                .limit(count)
                .consistentRead(true))
        .items()
        .stream()
        .map(Item::read)
        .toList();
  }

  private List<CodeMail> mails(Request request, List<Item> marks) {
    return mails(request.inboxId(), request.filter(), marks);
  }

  /** The mails of these marks that pass, in their order: one batch of strong reads. */
  private List<CodeMail> mails(String inboxId, MessageFilter filter, List<Item> marks) {
    String pk = Keys.inbox(inboxId);
    Set<Map<String, AttributeValue>> keys = new LinkedHashSet<>();
    for (Item mark : marks) {
      keys.add(Item.key(pk, Keys.message(CodesCodec.key(mark))));
      keys.add(Item.key(pk, Keys.thread(mark.text("threadId"))));
    }
    Map<MessageKey, Message> rows = new HashMap<>();
    Map<String, MailThread> heads = new HashMap<>();
    for (Item item : mail.getAll(keys)) {
      if (item.text("sk").startsWith("M#")) {
        rows.put(MessageCodec.key(item), MessageCodec.message(item));
      } else {
        MailThread head = ThreadCodec.thread(item);
        heads.put(head.id(), head);
      }
    }
    heads.putAll(survivors(inboxId, heads.values()));
    return marks.stream()
        .filter(mark -> live(heads, mark.text("threadId")))
        .flatMap(mark ->
            Optional.ofNullable(rows.get(CodesCodec.key(mark)))
                .filter(filter::accepts)
                .map(row -> mail(row, mark))
                .stream())
        .toList();
  }

  // A thread that was merged away lives and dies with the surviving one.
  private Map<String, MailThread> survivors(String inboxId, Collection<MailThread> heads) {
    List<String> merged =
        heads.stream().filter(head -> head.mergedInto().isPresent()).map(MailThread::id).toList();
    return merged.isEmpty() ? Map.of() : threads.surviving(inboxId, merged);
  }

  private static boolean live(Map<String, MailThread> heads, String threadId) {
    return Optional.ofNullable(heads.get(threadId))
        .filter(head -> head.deletedAt().isPresent())
        .isEmpty();
  }

  private static CodeMail mail(Message row, Item mark) {
    return new CodeMail(
        row,
        IntStream.range(0, row.insights().codes().size())
            .mapToObj(position -> CodesCodec.consumed(mark, position))
            .toList());
  }
}
