package email.daimon.functions.store;

import static email.daimon.functions.store.TestMail.ACCOUNT;
import static email.daimon.functions.store.TestMail.named;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.jobs.JobsHandler;
import email.daimon.functions.store.ThreadLists.Request;
import email.daimon.functions.sweep.SweepHandler;
import email.daimon.functions.testing.RecordingSqs;
import email.daimon.functions.testing.TimeLeft;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Account;
import email.daimon.model.Account.ThreadFeed;
import email.daimon.model.MailThread;
import email.daimon.policy.ThreadFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** An account's thread feed is spread over more partitions while it is written and read. */
final class FeedGrowthTest {
  private static final Duration INDEX_IS_BLIND = Duration.ofSeconds(8);
  private static final int PAGE = 7;
  private final AtomicLong now = new AtomicLong(TestMail.RECEIVED.toEpochMilli());
  private final RecordingSqs queue = new RecordingSqs();
  private final Wiring wiring = wiring();
  private final JobsHandler jobs = new JobsHandler(wiring);
  private final ThreadLists lists = new ThreadLists(wiring.mail(), this::now);

  @Test
  void fromOneToSixteenUnderLoadWithoutAGap() throws ExecutionException, InterruptedException {
    open();
    Set<String> still = ConcurrentHashMap.newKeySet();
    for (int i = 0; i < 90; i++) {
      still.add(store("still" + i, Optional.empty()));
      store("busy" + i, Optional.empty());
    }
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Integer> writer = threads.submit(() -> write(still, over));
      Future<Integer> reader = threads.submit(() -> read(still, over));
      try {
        wiring.feedGrowth().grow(ACCOUNT.id(), 16);
        assertThat(feed()).isEqualTo(new ThreadFeed(0, 1, 16));
        while (feed().moves()) {
          pass(Duration.ofSeconds(6));
          new SweepHandler(wiring).handleRequest(new ScheduledEvent(), TimeLeft.of(Duration.ZERO));
          List<Integer> waiting = new ArrayList<>(List.of(queue.sent().size()));
          for (int i = 0; i < waiting.getFirst(); i++) {
            work(Duration.ofSeconds(1));
          }
        }
      } finally {
        over.set(true);
      }
      assertThat(writer.get()).as("mails that came meanwhile").isPositive();
      assertThat(reader.get()).as("times that the whole feed was read").isPositive();
    }
    pass(Duration.ofMinutes(1));

    assertThat(feed()).isEqualTo(new ThreadFeed(1, 1, 16));
    assertThat(partitions()).allMatch(pk -> pk.contains("#F1#")).hasSizeGreaterThan(10);
    assertThat(whole()).containsAll(still).doesNotHaveDuplicates();
  }

  @Test
  void whatAWriterStillPutInTheOldGenerationIsMovedToo() {
    open();
    Account before = account();
    store("first", Optional.empty());
    wiring.feedGrowth().grow(ACCOUNT.id(), 4);
    String late = store(before, "late", Optional.empty());

    moveAll();

    assertThat(feed()).isEqualTo(new ThreadFeed(1, 1, 4));
    assertThat(partitions()).allMatch(pk -> pk.contains("#F1#"));
    assertThat(whole()).contains(late).hasSize(2);
  }

  @Test
  void theSameJobAgainMovesNothingAndOpensNothing() {
    open();
    store("first", Optional.empty());
    wiring.feedGrowth().grow(ACCOUNT.id(), 4);
    wiring.feedGrowth().next(Job.moveFeed(ACCOUNT.id(), 0), Optional.empty());
    wiring.feedGrowth().next(Job.moveFeed(ACCOUNT.id(), 0), Optional.empty());
    moveAll();

    wiring.feedGrowth().next(Job.moveFeed(ACCOUNT.id(), 0), Optional.empty());

    assertThat(feed()).isEqualTo(new ThreadFeed(1, 1, 4));
  }

  @Test
  void itOnlyGrowsAndNotTwiceAtATime() {
    open();
    FeedGrowth growth = wiring.feedGrowth();
    assertThat(growth.grow("acc_none", 4)).isEmpty();
    growth.grow(ACCOUNT.id(), 4);

    growth.grow(ACCOUNT.id(), 8);
    assertThat(feed()).isEqualTo(new ThreadFeed(0, 1, 4));
    moveAll();
    growth.grow(ACCOUNT.id(), 2);
    assertThat(feed()).isEqualTo(new ThreadFeed(1, 1, 4));
    growth.grow(ACCOUNT.id(), 8);
    assertThat(feed()).isEqualTo(new ThreadFeed(1, 2, 8));
    assertThatThrownBy(() -> growth.grow(ACCOUNT.id(), 65))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void eventsAreSpreadFromTheDayAfterOn() {
    open();
    wiring.feedGrowth().grow(ACCOUNT.id(), 8);

    assertThat(account().eventShards().on(now())).isEqualTo(1);
    assertThat(account().eventShards().on(now().plus(Duration.ofDays(1)))).isEqualTo(8);
  }

  private int write(Set<String> still, AtomicBoolean over) {
    int written = 0;
    while (!over.get()) {
      still.add(store("new" + written, Optional.empty()));
      store("answer" + written, Optional.of("busy" + written % 90));
      written++;
    }
    return written;
  }

  /** Reads page after page; whatever was there at the beginning and is not touched is there. */
  private int read(Set<String> still, AtomicBoolean over) {
    int times = 0;
    while (!over.get()) {
      Set<String> before = new HashSet<>(still);
      assertThat(whole()).containsAll(before).doesNotHaveDuplicates();
      times++;
    }
    return times;
  }

  /** The whole feed; of threads that move to the top meanwhile the first sight. */
  private List<String> whole() {
    List<String> ids = new ArrayList<>();
    Optional<ThreadPlace> after = Optional.empty();
    ThreadPage page;
    do {
      page =
          lists.ofAccount(
              account(), new Request(ThreadFilter.ALL, Span.ALL, after, false, false, 0, PAGE));
      page.rows().stream().map(MailThread::id).forEach(ids::add);
      after = page.last();
    } while (page.more());
    return ids;
  }

  private void moveAll() {
    pass(Duration.ofMinutes(3));
    new SweepHandler(wiring).handleRequest(new ScheduledEvent(), TimeLeft.of(Duration.ZERO));
    while (!queue.sent().isEmpty()) {
      work(Duration.ofMinutes(1));
      pass(Duration.ofSeconds(30));
    }
  }

  private void work(Duration left) {
    assertThat(
            jobs.handleRequest(RecordingSqs.event(queue.sent().removeFirst()), TimeLeft.of(left))
                .getBatchItemFailures())
        .isEmpty();
  }

  private String store(String name, Optional<String> parent) {
    return store(account(), name, parent);
  }

  private String store(Account account, String name, Optional<String> parent) {
    pass(Duration.ofMillis(40));
    TestMail mail = parent.map(id -> named(name).answering(id)).orElseGet(() -> named(name));
    Arrival arrival = mail.to("inbox_1");
    Stored stored =
        wiring
            .mailbox()
            .store(
                new Arrival(
                    account,
                    arrival.message(),
                    arrival.anchorDomain(),
                    arrival.canonicalId(),
                    arrival.bodyHash(),
                    arrival.ancestors(),
                    arrival.claimed(),
                    arrival.beside()),
                () -> {});
    return wiring.mailbox().message("inbox_1", stored.key().id()).orElseThrow().threadId();
  }

  private List<String> partitions() {
    return wiring
        .mail()
        .dynamoDb()
        .scan(scan -> scan.tableName(wiring.mail().name()))
        .items()
        .stream()
        .map(Item::read)
        .filter(item -> item.text("sk").startsWith("T#"))
        .map(item -> item.text("i2pk"))
        .distinct()
        .toList();
  }

  private void open() {
    wiring.transactions().put(wiring.mail(), AccountCodec.item(ACCOUNT));
  }

  private Account account() {
    return wiring.accounts().find(ACCOUNT.id()).orElseThrow();
  }

  private ThreadFeed feed() {
    return account().feed();
  }

  private Instant now() {
    return Instant.ofEpochMilli(now.get());
  }

  private void pass(Duration time) {
    now.addAndGet(time.toMillis());
  }

  private Wiring wiring() {
    EmulatedServices services = EmulatedServices.shared();
    Map<String, String> environment = new HashMap<>(services.environmentWithNewTables());
    environment.put("SWEEP_LOOK_AHEAD_SECONDS", "0");
    UnseenMoves moves = new UnseenMoves(services.clients().dynamoDb(), INDEX_IS_BLIND, this::now);
    return new Wiring(
        Settings.of(environment),
        services.clients().withDynamoDb(moves.client()).withSqs(queue.client()),
        this::now,
        new Random(1));
  }
}
