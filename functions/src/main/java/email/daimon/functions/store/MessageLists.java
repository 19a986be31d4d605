package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.MessagePage.Row;
import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import email.daimon.policy.MessageFilter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Lists of an inbox's messages by inbox time. What is younger than {@link #INDEX_LAG} is always
 * taken from the rows themselves, so a page is complete although indexes lag.
 */
public final class MessageLists {
  /** How far an index may be behind its table before a list relies on it. */
  public static final Duration INDEX_LAG = Duration.ofSeconds(10);

  private static final long LOOK_AHEAD = 256 * 1024;

  private final Table mail;
  private final InstantSource clock;
  private final PageReader reader;

  public MessageLists(Table mail, InstantSource clock) {
    this.mail = requireNonNull(mail, "mail is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.reader = new PageReader(mail);
  }

  /**
   * What is asked for.
   *
   * @param offset how many matching messages to pass over
   * @param texts whether rows come with their texts
   */
  public record Request(
      String inboxId,
      MessageFilter filter,
      Span span,
      boolean ascending,
      int offset,
      int limit,
      boolean texts) {
    /** Where a list stands before its first message. */
    long start() {
      return ascending ? span.from() - 1 : span.end();
    }

    private Request inThread(String threadId) {
      return new Request(inboxId, filter.inThread(threadId), span, ascending, offset, limit, texts);
    }

    /** The first page of an inbox's newest messages. */
    public static Request newest(String inboxId, MessageFilter filter, int limit) {
      return new Request(inboxId, filter, Span.ALL, false, 0, limit, true);
    }
  }

  /** One page. */
  public MessagePage page(Request request) {
    Optional<String> threadId = request.filter().threadId();
    if (threadId.isEmpty()) {
      return page(request, List.of());
    }
    return reader
        .head(request.inboxId(), threadId.get())
        .filter(head -> head.deletedAt().isEmpty())
        .map(head -> page(request.inThread(head.id()), head.newest()))
        .orElseGet(() -> MessagePage.empty(request, counters(request.inboxId())));
  }

  private MessagePage page(Request request, List<MessageKey> thread) {
    // Read before the rows: everything up to this inbox time is then there to be seen.
    InboxCounters counters = counters(request.inboxId());
    ReadBudget budget = new ReadBudget();
    Merge<Candidate> candidates = candidates(request, thread, budget);
    Place place = new Place(request);
    int passedOver = 0;
    while (passedOver < request.offset()
        && nextLikely(candidates, request.filter(), place).isPresent()) {
      passedOver++;
    }
    List<Row> rows = new ArrayList<>();
    while (rows.size() < request.limit() && (rows.isEmpty() || !budget.spent())) {
      List<Candidate> chunk = chunk(request, candidates, place, request.limit() - rows.size());
      if (chunk.isEmpty()) {
        break;
      }
      rows.addAll(reader.read(request, chunk, budget));
    }
    boolean more = more(candidates, request.filter(), budget);
    long settled = Math.max(counters.inboxTime(), place.newest);
    return new MessagePage(rows, more, place.last, settled, counters);
  }

  private static List<Candidate> chunk(
      Request request, Merge<Candidate> candidates, Place place, int wanted) {
    List<Candidate> chunk = new ArrayList<>();
    while (chunk.size() < Math.min(wanted, PageReader.CHUNK)) {
      Optional<Candidate> next = nextLikely(candidates, request.filter(), place);
      if (next.isEmpty()) {
        break;
      }
      chunk.add(next.get());
    }
    return chunk;
  }

  /** The counters of an inbox. */
  public InboxCounters counters(String inboxId) {
    return mail.get(Keys.inbox(inboxId), Keys.SEQ)
        .map(CountersCodec::counters)
        .orElse(InboxCounters.NONE);
  }

  /** Where the reading stands. */
  private static final class Place {
    private long last;
    private long newest;

    private Place(Request request) {
      last = request.start();
    }

    private void at(Candidate candidate) {
      last = candidate.key().inboxTime();
      newest = Math.max(newest, last);
    }
  }

  /** The next candidate that may pass; empty at the end and where no more may be read. */
  private static Optional<Candidate> nextLikely(
      Merge<Candidate> candidates, MessageFilter filter, Place place) {
    Optional<Candidate> next = candidates.next();
    next.ifPresent(place::at);
    while (next.isPresent() && !likely(next.get(), filter)) {
      next = candidates.next();
      next.ifPresent(place::at);
    }
    return next;
  }

  // Looks a little further, so that a full page knows whether it was the last.
  private static boolean more(
      Merge<Candidate> candidates, MessageFilter filter, ReadBudget budget) {
    budget.leave(LOOK_AHEAD);
    Optional<Candidate> next = candidates.peek();
    while (next.isPresent() && !likely(next.get(), filter)) {
      candidates.next();
      next = candidates.peek();
    }
    return next.isPresent() || candidates.unread();
  }

  private static boolean likely(Candidate candidate, MessageFilter filter) {
    return candidate
        .image()
        .map(image -> candidate.settled() ? filter.accepts(image) : filter.acceptsForGood(image))
        .orElse(true);
  }

  private Merge<Candidate> candidates(Request request, List<MessageKey> thread, ReadBudget budget) {
    MessageQueries queries = new MessageQueries(mail, budget, request.ascending());
    Span young = new Span(clock.millis() - INDEX_LAG.toMillis(), Long.MAX_VALUE);
    Span span = request.span();
    Span recent = span.and(young);
    Span settled = span.and(new Span(0, young.from()));
    List<Merge.Source<Candidate>> sources = new ArrayList<>();
    if (request.filter().threadId().isPresent()) {
      String threadId = request.filter().threadId().get();
      // The head's own list does for what an index may not show yet, unless it is full of that.
      if (thread.size() == MailThread.NEWEST && young.holds(thread.getLast().inboxTime())) {
        sources.add(onlyOf(threadId, queries.rows(request.inboxId(), recent)));
      }
      sources.add(queries.known(thread, span));
      sources.add(queries.ofThread(request.inboxId(), threadId, span));
    } else if (request.filter().unreadOnly()) {
      sources.add(queries.rows(request.inboxId(), recent));
      sources.add(queries.unread(request.inboxId(), settled));
    } else if (request.filter().scheduledOnly()) {
      sources.add(queries.rows(request.inboxId(), recent));
      sources.add(queries.scheduled(request.inboxId(), settled));
    } else {
      sources.add(queries.rows(request.inboxId(), span));
    }
    int chunk = request.offset() + request.limit() + 1;
    return new Merge<>(Candidate.order(request.ascending()), chunk, () -> !budget.spent(), sources);
  }

  private static Merge.Source<Candidate> onlyOf(
      String threadId, Merge.Source<Candidate> everything) {
    return count -> {
      Merge.Chunk<Candidate> chunk = everything.next(count);
      List<Candidate> rows =
          chunk.rows().stream()
              .filter(row -> row.image().map(Message::threadId).equals(Optional.of(threadId)))
              .toList();
      return new Merge.Chunk<>(rows, chunk.more());
    };
  }
}
