package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.ThreadLists.Request;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Account;
import email.daimon.model.Account.ThreadFeed;
import email.daimon.model.AccountStatus;
import email.daimon.model.MailThread;
import email.daimon.model.Tier;
import email.daimon.policy.ThreadFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class ThreadListsTest {
  private static final String INBOX = "inbox_a";
  private final LaggingIndexes[] lag = new LaggingIndexes[1];
  private final ReadFixture fixture =
      new ReadFixture(client -> (lag[0] = new LaggingIndexes(client)).client());
  private final ThreadLists lists = new ThreadLists(fixture.mail, fixture.clock);

  @Test
  void latestActivityFirst() {
    store("thread_a");
    store("thread_b");
    store("thread_a");

    assertThat(ids(lists.ofInbox(INBOX, Request.newest(20))))
        .containsExactly("thread_a", "thread_b");
    assertThat(ids(lists.ofAccount(account(), Request.newest(20))))
        .containsExactly("thread_a", "thread_b");
  }

  @Test
  void anInboxsThreadsAreCompleteAlthoughTheIndexLags() {
    store("thread_a");
    store("thread_b");
    fixture.clock.advance(Duration.ofMinutes(1));
    lag[0].freeze(fixture.mail.name());
    store("thread_a");
    store("thread_c");

    assertThat(ids(lists.ofInbox(INBOX, Request.newest(20))))
        .containsExactly("thread_c", "thread_a", "thread_b");
  }

  @Test
  void anAccountsThreadsAreCompleteAlthoughTheIndexLags() {
    store("thread_a");
    fixture.store("inbox_b", draft -> draft.thread("thread_b"));
    fixture.clock.advance(Duration.ofMinutes(1));
    lag[0].freeze(fixture.mail.name());
    store("thread_a");
    fixture.store("inbox_b", draft -> draft.thread("thread_c"));

    for (boolean byCreation : new boolean[] {false, true}) {
      Request newest =
          new Request(ThreadFilter.ALL, Span.ALL, Optional.empty(), false, byCreation, 0, 20);
      assertThat(ids(lists.ofAccount(account(), newest)))
          .containsExactlyElementsOf(
              byCreation
                  ? List.of("thread_c", "thread_b", "thread_a")
                  : List.of("thread_c", "thread_a", "thread_b"));
    }
  }

  @Test
  void whatHappenedJustBeforeMidnightIsSeenAfterIt() {
    fixture.clock.advance(
        Duration.between(fixture.clock.instant(), Instant.parse("2026-03-16T23:59:58Z")));
    lag[0].freeze(fixture.mail.name());
    store("thread_a");
    fixture.clock.advance(Duration.ofSeconds(4));
    store("thread_b");

    assertThat(ids(lists.ofAccount(account(), Request.newest(20))))
        .containsExactly("thread_b", "thread_a");
  }

  @Test
  void whatAnIndexSaysOfLabelsAndDeletionIsLookedUpAgain() {
    store("thread_a");
    store("thread_b");
    lag[0].freeze(fixture.mail.name());
    fixture.put(fixture.head("thread_a").labelled(Set.of("urgent"), fixture.clock.instant()));
    fixture.put(fixture.head("thread_b").deleted(fixture.clock.instant()));

    for (ThreadPage page :
        List.of(
            lists.ofInbox(INBOX, Request.newest(20)),
            lists.ofAccount(account(), Request.newest(20)))) {
      assertThat(ids(page)).containsExactly("thread_a");
      assertThat(page.rows().getFirst().labels()).containsExactly("urgent");
    }
  }

  @Test
  void filtersByLabelUnreadSubjectAndActivity() {
    store("thread_a");
    Instant between = fixture.clock.instant();
    fixture.store(INBOX, draft -> draft.thread("thread_b").read());
    fixture.put(fixture.head("thread_b").labelled(Set.of("vip"), fixture.clock.instant()));

    assertThat(ids(new ThreadFilter(Optional.of("vip"), Optional.empty(), List.of())))
        .containsExactly("thread_b");
    assertThat(ids(new ThreadFilter(Optional.empty(), Optional.of(true), List.of())))
        .containsExactly("thread_a");
    assertThat(
            ids(new ThreadFilter(Optional.empty(), Optional.empty(), ThreadFilter.words("HELL"))))
        .containsExactly("thread_b", "thread_a");
    assertThat(ids(new ThreadFilter(Optional.empty(), Optional.empty(), ThreadFilter.words("no"))))
        .isEmpty();
    Request since =
        new Request(
            ThreadFilter.ALL,
            new Span(between.toEpochMilli() + 1, Long.MAX_VALUE),
            Optional.empty(),
            false,
            false,
            0,
            20);
    assertThat(ids(lists.ofInbox(INBOX, since))).containsExactly("thread_b");
    assertThat(ids(lists.ofAccount(account(), since))).containsExactly("thread_b");
  }

  @Test
  void orderOfCreation() {
    store("thread_a");
    store("thread_b");
    store("thread_a");
    Request newest = new Request(ThreadFilter.ALL, Span.ALL, Optional.empty(), false, true, 0, 1);

    ThreadPage first = lists.ofInbox(INBOX, newest);
    ThreadPage second =
        lists.ofInbox(
            INBOX, new Request(ThreadFilter.ALL, Span.ALL, first.last(), false, true, 0, 1));

    assertThat(ids(first)).containsExactly("thread_b");
    assertThat(ids(second)).containsExactly("thread_a");
    assertThat(second.more()).isFalse();
  }

  @Test
  void aListIsTwoQueriesAndOneBatch() {
    for (int i = 0; i < 30; i++) {
      store("thread_" + i);
    }
    fixture.clock.advance(Duration.ofMinutes(1));
    EmulatedServices.shared().usage().reset();
    lists.ofInbox(INBOX, Request.newest(20));
    Map<String, Double> ofInbox = EmulatedServices.shared().usage().snapshot();
    EmulatedServices.shared().usage().reset();
    lists.ofAccount(account(), Request.newest(20));
    Map<String, Double> ofAccount = EmulatedServices.shared().usage().snapshot();

    assertThat(ofInbox).containsEntry("dynamodb.Query", 2.0);
    assertThat(ofInbox).containsEntry("dynamodb.BatchGetItem", 1.0);
    assertThat(ofAccount).containsEntry("dynamodb.Query", 2.0);
    assertThat(ofAccount).containsEntry("dynamodb.BatchGetItem", 1.0);
  }

  @Property(tries = 12)
  void pagesOfAGrowingFeedNeitherRepeatNorSkip(
      @ForAll @IntRange(min = 1, max = 9) int limit, @ForAll boolean ascending, @ForAll long seed) {
    EmulatedServices.deleteTablesOfTests();
    ReadFixture mailbox = new ReadFixture();
    ThreadLists pages = new ThreadLists(mailbox.mail, mailbox.clock);
    Random random = new Random(seed);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      expected.add(store(mailbox, "thread_" + i, random));
    }
    List<String> read = new ArrayList<>();
    Optional<ThreadPlace> after = Optional.empty();
    ThreadPage page;
    do {
      page =
          pages.ofAccount(
              account(mailbox.feed),
              new Request(ThreadFilter.ALL, Span.ALL, after, ascending, false, 0, limit));
      read.addAll(ids(page));
      after = page.last();
      if (random.nextInt(3) == 0) {
        mailbox.feed =
            new ThreadFeed(
                0, mailbox.feed.generation() + 1, Math.min(16, mailbox.feed.shards() * 4));
      }
      if (page.more() && read.size() < 40 && random.nextBoolean()) {
        String id = store(mailbox, "thread_new" + read.size(), random);
        if (ascending) {
          expected.add(id);
        }
      }
    } while (page.more());

    assertThat(read).containsExactlyElementsOf(ascending ? expected : expected.reversed());
  }

  private static String store(ReadFixture mailbox, String thread, Random random) {
    String inbox = "inbox_" + random.nextInt(3);
    mailbox.store(inbox, draft -> draft.thread(thread).after(Duration.ofMillis(random.nextInt(3))));
    mailbox.clock.advance(Duration.ofMillis(1));
    return thread;
  }

  private void store(String thread) {
    fixture.store(INBOX, draft -> draft.thread(thread));
  }

  private static Account account() {
    return account(ThreadFeed.FIRST);
  }

  private static Account account(ThreadFeed feed) {
    return new Account(
        ReadFixture.ACCOUNT, Tier.FREE, AccountStatus.ACTIVE, Instant.EPOCH, 3, feed);
  }

  private List<String> ids(ThreadFilter filter) {
    return ids(
        lists.ofInbox(INBOX, new Request(filter, Span.ALL, Optional.empty(), false, false, 0, 20)));
  }

  private static List<String> ids(ThreadPage page) {
    return page.rows().stream().map(MailThread::id).toList();
  }
}
