package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.BulkChanges.Chunk;
import email.daimon.functions.store.Transactions.Attempt;
import email.daimon.model.Account;
import email.daimon.model.Account.ThreadFeed;
import email.daimon.policy.FeedSpread;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Spreads an account over more partitions while it is in use. A new generation of its thread feed
 * is written to at once; a job moves the threads of the old one, and readers read both until it is
 * through. Events are spread from the day after on.
 */
public final class FeedGrowth {
  private static final int CHUNK = 25;
  private final Table mail;
  private final Jobs jobs;
  private final Transactions transactions;
  private final InstantSource clock;

  public FeedGrowth(Table mail, Jobs jobs, Transactions transactions, InstantSource clock) {
    this.mail = requireNonNull(mail, "mail is null");
    this.jobs = requireNonNull(jobs, "jobs is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * Opens a new generation of so many partitions. The job that moves the older one lies two minutes
   * in the due index: until then functions may write as they remember the account.
   *
   * @param partitions 2 to {@link FeedSpread#MOST}
   * @return the account as it is then: unchanged where it has so many, or still moves; empty where
   *     there is none
   */
  public Optional<Account> grow(String accountId, int partitions) {
    if (partitions < 2 || partitions > FeedSpread.MOST) {
      throw new IllegalArgumentException(partitions + " partitions");
    }
    return transactions.run(() -> {
      Optional<Account> found = find(accountId);
      if (found.isEmpty() || !mayGrow(found.get(), partitions)) {
        return new Attempt.Done<>(found);
      }
      Account before = found.get();
      Instant now = clock.instant();
      Account after =
          before.spread(
              before.feed().grown(partitions),
              before.eventShards().from(dayAfter(now), partitions));
      UnitOfWork unit = new UnitOfWork();
      unit.update(
          mail,
          meta(accountId),
          "SET feedGeneration = :next, feedShards = :partitions, #events = :events",
          "feedGeneration = :now",
          Map.of(
              ":next", number(after.feed().generation()),
              ":now", number(before.feed().generation()),
              ":partitions", number(partitions),
              ":events", AccountCodec.shards(after.eventShards())),
          Map.of("#events", AccountCodec.EVENT_SHARDS));
      jobs.request(unit, Job.moveFeed(accountId, before.feed().generation()), now);
      return new Attempt.Write<>(unit, Optional.of(after));
    });
  }

  /** Moves the next threads out of the oldest generation. */
  public Chunk next(Job job, Optional<String> position) {
    Optional<Account> account = find(job.accountId());
    int old = generation(job);
    if (account.isEmpty() || account.get().feed().oldestGeneration() != old) {
      return Chunk.none();
    }
    Place place = position.map(Place::parse).orElse(Place.FIRST);
    List<Item> found = page(job.accountId(), old, place);
    int moved = move(account.get(), found);
    Optional<Place> next =
        found.size() == CHUNK
            ? Optional.of(new Place(place.shard(), found.getLast().text("i2sk")))
            : Optional.of(new Place(place.shard() + 1, ""))
                .filter(one -> one.shard() < account.get().feed().shards());
    return new Chunk(moved, next.map(Place::text), List.of());
  }

  /** Reads the oldest generation no more, once a whole pass has found nothing in it. */
  public void close(Job job) {
    int old = generation(job);
    transactions.updateIf(
        mail,
        meta(job.accountId()),
        "SET feedOldest = :next",
        "feedOldest = :old",
        Map.of(":next", number(old + 1), ":old", number(old)),
        Map.of());
  }

  private static int generation(Job job) {
    return Integer.parseInt(job.detail(Job.GENERATION));
  }

  /**
   * How far a pass has come.
   *
   * @param after place of the last thread that was looked at
   */
  private record Place(int shard, String after) {
    static final Place FIRST = new Place(0, "");

    static Place parse(String text) {
      String[] parts = text.split(" ", 2);
      return new Place(Integer.parseInt(parts[0]), parts[1]);
    }

    String text() {
      return shard + " " + after;
    }
  }

  private static boolean mayGrow(Account account, int partitions) {
    ThreadFeed feed = account.feed();
    return partitions > feed.shards() && feed.oldestGeneration() == feed.generation();
  }

  // Writers remember an account for seconds, so none may begin to count within the minute.
  private static LocalDate dayAfter(Instant now) {
    return LocalDate.ofInstant(now.plus(2, ChronoUnit.MINUTES), ZoneOffset.UTC).plusDays(1);
  }

  private Optional<Account> find(String accountId) {
    return mail.get(Keys.account(accountId), Keys.META).map(AccountCodec::account);
  }

  private List<Item> page(String accountId, int generation, Place place) {
    return mail.first(
        CHUNK,
        query ->
            query
                .indexName("by2")
                .keyConditionExpression("i2pk = :feed AND i2sk > :after")
                .expressionAttributeValues(
                    Map.of(
                        ":feed",
                        AttributeValue.fromS(Keys.feed(accountId, generation, place.shard())),
                        ":after",
                        AttributeValue.fromS(place.after().isEmpty() ? " " : place.after()))));
  }

  // An index takes a thread out of one partition and puts it into the other, and may show it in
  // neither for a moment: readers look for those that were just moved by the note.
  private int move(Account account, List<Item> threads) {
    if (threads.isEmpty()) {
      return 0;
    }
    transactions.put(mail, MovedThreads.note(account.id(), threads, clock.instant()));
    int moved = 0;
    for (Item thread : threads) {
      String id = ThreadCodec.thread(thread).id();
      String partition =
          Keys.feed(
              account.id(), account.feed().generation(), Keys.shard(id, account.feed().shards()));
      Optional<Item> after =
          transactions.updateIf(
              mail,
              Item.key(thread.text("pk"), thread.text("sk")),
              "SET i2pk = :new",
              "i2pk = :old",
              Map.of(
                  ":new", AttributeValue.fromS(partition),
                  ":old", AttributeValue.fromS(thread.text("i2pk"))),
              Map.of());
      moved += after.isPresent() ? 1 : 0;
    }
    return moved;
  }

  private static Map<String, AttributeValue> meta(String accountId) {
    return Item.key(Keys.account(accountId), Keys.META);
  }

  private static AttributeValue number(long value) {
    return AttributeValue.fromN(Long.toString(value));
  }
}
