package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.ThreadQueries.Found;
import email.daimon.model.Account;
import email.daimon.model.Inbox;
import email.daimon.model.MailThread;
import email.daimon.policy.ThreadFilter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Lists of threads, of an inbox or of a whole account, by last activity. What an index names is
 * looked up again before it is shown, so labels, counts and deletions are never old. A thread that
 * is touched between two pages moves to the top and may be missing from the page being read.
 */
public final class ThreadLists {
  /** Above so many threads an order by creation is not offered: no index has it. */
  public static final int MOST_BY_CREATION = 1_000;

  private static final int SHARD_CHUNK = 8;
  private static final int CHUNK = 50;
  private final Table mail;
  private final InstantSource clock;

  public ThreadLists(Table mail, InstantSource clock) {
    this.mail = requireNonNull(mail, "mail is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * What is asked for.
   *
   * @param span of last activity
   * @param after where the page before ended
   */
  public record Request(
      ThreadFilter filter,
      Span span,
      Optional<ThreadPlace> after,
      boolean ascending,
      boolean byCreation,
      int offset,
      int limit) {
    /** The first page of the newest threads. */
    public static Request newest(int limit) {
      return new Request(ThreadFilter.ALL, Span.ALL, Optional.empty(), false, false, 0, limit);
    }

    private Request everything() {
      return new Request(filter, span, Optional.empty(), false, false, 0, limit);
    }
  }

  /** There are more threads than can be put in order of creation. */
  public static final class TooManyThreadsException extends email.daimon.DaimonException {
    private static final long serialVersionUID = 1L;

    TooManyThreadsException() {
      super("more than " + MOST_BY_CREATION + " threads to be put in order of creation");
    }
  }

  /** The threads of an inbox. */
  public ThreadPage ofInbox(String inboxId, Request request) {
    ReadBudget budget = new ReadBudget();
    ThreadQueries queries =
        new ThreadQueries(mail, budget, request.byCreation() ? request.everything() : request);
    Span young = young();
    List<Merge.Source<Found>> sources = new ArrayList<>();
    if (request.byCreation() || mayBeRecent(request, young)) {
      sources.add(queries.recent(inboxId, young));
    }
    sources.add(queries.ofInbox(inboxId));
    return page(request, budget, sources, request.limit() + request.offset() + 1, Optional.empty());
  }

  /** The threads of all inboxes of an account. */
  public ThreadPage ofAccount(Account account, Request request) {
    ReadBudget budget = new ReadBudget();
    ThreadQueries queries =
        new ThreadQueries(mail, budget, request.byCreation() ? request.everything() : request);
    List<Merge.Source<Found>> shards = queries.ofAccount(account.id(), account.feed());
    List<Merge.Source<Found>> sources = new ArrayList<>();
    Span young = young();
    if (request.byCreation() || mayBeRecent(request, young)) {
      sources.add(queries.recent(account, young));
    }
    sources.addAll(shards);
    int wanted = request.limit() + request.offset() + 1;
    int chunk = shards.size() == 1 ? wanted : Math.max(SHARD_CHUNK, 2 * wanted / shards.size());
    // Counted from before the indexes are read.
    Instant since = clock.instant().minus(MovedThreads.UNSEEN);
    Function<Optional<ThreadPlace>, List<Found>> moved =
        end -> account.feed().moves() ? queries.moved(account.id(), since, end) : List.of();
    return page(request, budget, sources, chunk, Optional.of(moved));
  }

  private Span young() {
    return new Span(clock.millis() - MessageLists.INDEX_LAG.toMillis(), Long.MAX_VALUE);
  }

  static ThreadPlace activity(MailThread thread) {
    return new ThreadPlace(thread.lastActivity(), thread.id());
  }

  static Comparator<Found> order(boolean ascending) {
    Comparator<Found> oldestFirst = Comparator.comparing(Found::place);
    return ascending ? oldestFirst : oldestFirst.reversed();
  }

  private static boolean mayBeRecent(Request request, Span young) {
    boolean reached =
        request.ascending()
            || request.after().map(place -> place.time() >= young.from()).orElse(true);
    return reached && !request.span().and(young).empty();
  }

  private ThreadPage page(
      Request request,
      ReadBudget budget,
      List<Merge.Source<Found>> sources,
      int chunk,
      Optional<Function<Optional<ThreadPlace>, List<Found>>> moved) {
    boolean ofAccount = moved.isPresent();
    if (request.byCreation()) {
      return byCreation(request, budget, sources, moved);
    }
    Merge<Found> merge =
        new Merge<>(order(request.ascending()), chunk, () -> !budget.spent(), sources);
    Map<String, MailThread> rows = new LinkedHashMap<>();
    Optional<ThreadPlace> last = request.after();
    for (int passed = 0; passed < request.offset(); passed++) {
      List<Found> next = take(merge, 1, request.filter()::accepts);
      if (next.isEmpty()) {
        break;
      }
      last = Optional.of(next.getLast().place());
    }
    while (rows.size() < request.limit() && (rows.isEmpty() || !budget.spent())) {
      int wanted = Math.min(request.limit() - rows.size(), CHUNK);
      List<Found> candidates = take(merge, wanted, request.filter()::acceptsForGood);
      if (candidates.isEmpty()) {
        break;
      }
      last = Optional.of(candidates.getLast().place());
      boolean showMoved = ofAccount && request.after().isEmpty() && !request.ascending();
      heads(candidates, ofAccount, showMoved, budget).stream()
          .filter(request.filter()::accepts)
          .forEach(head -> rows.putIfAbsent(head.id(), head));
    }
    boolean more = merge.peek().isPresent() || merge.unread();
    // After the indexes were read: what was moved before has its note by now.
    Optional<ThreadPlace> end = more ? last : Optional.empty();
    List<Found> between = moved.map(threads -> threads.apply(end)).orElse(List.of());
    heads(between, true, false, budget).stream()
        .filter(request.filter()::accepts)
        .forEach(head -> rows.putIfAbsent(head.id(), head));
    Comparator<MailThread> order = Comparator.comparing(ThreadLists::activity);
    List<MailThread> sorted =
        rows.values().stream().sorted(request.ascending() ? order : order.reversed()).toList();
    if (sorted.size() <= request.limit()) {
      return new ThreadPage(sorted, more, last);
    }
    List<MailThread> page = sorted.subList(0, request.limit());
    return new ThreadPage(page, true, Optional.of(activity(page.getLast())));
  }

  private static List<Found> take(Merge<Found> merge, int count, Predicate<MailThread> wanted) {
    List<Found> taken = new ArrayList<>();
    while (taken.size() < count) {
      Optional<Found> next = merge.next();
      if (next.isEmpty()) {
        break;
      }
      next.filter(found -> wanted.test(found.head())).ifPresent(taken::add);
    }
    return taken;
  }

  private ThreadPage byCreation(
      Request request,
      ReadBudget budget,
      List<Merge.Source<Found>> sources,
      Optional<Function<Optional<ThreadPlace>, List<Found>>> moved) {
    Merge<Found> merge =
        new Merge<>(order(false), MOST_BY_CREATION + 1, () -> !budget.spent(), sources);
    Map<String, Found> all = new HashMap<>();
    take(merge, MOST_BY_CREATION + 1, _ -> true)
        .forEach(found -> all.putIfAbsent(found.head().id(), found));
    moved
        .map(threads -> threads.apply(Optional.empty()))
        .orElse(List.of())
        .forEach(found -> all.putIfAbsent(found.head().id(), found));
    if (all.size() > MOST_BY_CREATION || merge.unread()) {
      throw new TooManyThreadsException();
    }
    Comparator<Found> oldestFirst = Comparator.comparing(found -> creation(found.head()));
    List<Found> sorted =
        all.values().stream()
            .filter(found -> request.filter().accepts(found.head()))
            .filter(found ->
                request
                    .after()
                    .map(after ->
                        request.ascending()
                            ? creation(found.head()).compareTo(after) > 0
                            : creation(found.head()).compareTo(after) < 0)
                    .orElse(true))
            .sorted(request.ascending() ? oldestFirst : oldestFirst.reversed())
            .skip(request.offset())
            .toList();
    List<Found> page = sorted.subList(0, Math.min(request.limit(), sorted.size()));
    List<MailThread> rows =
        heads(page, moved.isPresent(), true, budget).stream()
            .filter(request.filter()::accepts)
            .toList();
    return new ThreadPage(
        rows,
        sorted.size() > page.size(),
        page.isEmpty() ? request.after() : Optional.of(creation(page.getLast().head())));
  }

  private static ThreadPlace creation(MailThread thread) {
    return new ThreadPlace(thread.createdAt().toEpochMilli(), thread.id());
  }

  /**
   * The heads as they are now, in the order of the candidates; without those that have moved on
   * since the index saw them, unless {@code showMoved}, and those of deleted inboxes.
   */
  private List<MailThread> heads(
      List<Found> candidates, boolean ofAccount, boolean showMoved, ReadBudget budget) {
    Set<Map<String, AttributeValue>> keys = new LinkedHashSet<>();
    for (Found found : candidates) {
      if (!found.settled()) {
        String inbox = Keys.inbox(found.head().inboxId());
        keys.add(Item.key(inbox, Keys.thread(found.head().id())));
        if (ofAccount) {
          keys.add(Item.key(inbox, Keys.META));
        }
      }
    }
    Map<String, MailThread> heads = new HashMap<>();
    Map<String, Inbox> inboxes = new HashMap<>();
    for (Item item : mail.getAll(keys)) {
      budget.item(item);
      if (item.text("sk").equals(Keys.META)) {
        Inbox inbox = InboxCodec.inbox(item);
        inboxes.put(inbox.id(), inbox);
      } else {
        MailThread head = ThreadCodec.thread(item);
        heads.put(head.id(), head);
      }
    }
    List<MailThread> now = new ArrayList<>();
    for (Found found : candidates) {
      MailThread head = found.settled() ? found.head() : heads.get(found.head().id());
      if (head == null || !head.listed()) {
        continue;
      }
      Inbox inbox = inboxes.get(head.inboxId());
      boolean live = inbox == null || inbox.status() != Inbox.Status.DELETED;
      if (live && (showMoved || activity(head).equals(found.place()))) {
        now.add(head);
      }
    }
    return now;
  }
}
