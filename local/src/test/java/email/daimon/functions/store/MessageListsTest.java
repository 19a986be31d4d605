package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.MessageLists.Request;
import email.daimon.functions.store.MessagePage.Row;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Direction;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.policy.MessageFilter;
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

final class MessageListsTest {
  private static final String INBOX = "inbox_a";
  private final LaggingIndexes[] lag = new LaggingIndexes[1];
  private final ReadFixture fixture =
      new ReadFixture(client -> (lag[0] = new LaggingIndexes(client)).client());
  private final MessageLists lists = new MessageLists(fixture.mail, fixture.clock);

  @Test
  void newestFirstWithTheirTexts() {
    Message first = fixture.store(INBOX, draft -> draft.text("one"));
    Message second = fixture.store(INBOX, draft -> draft.text("two"));
    fixture.store("inbox_b");

    MessagePage page = lists.page(Request.newest(INBOX, MessageFilter.DEFAULT, 20));

    assertThat(ids(page)).containsExactly(second.id(), first.id());
    assertThat(page.rows()).extracting(row -> row.form().textBody()).containsExactly("two", "one");
    assertThat(page.more()).isFalse();
    assertThat(page.counters().messages()).isEqualTo(2);
    assertThat(page.settled()).isEqualTo(second.key().inboxTime());
  }

  @Test
  void inboundAndUnflaggedUnlessAskedFor() {
    Message plain = fixture.store(INBOX);
    Message sent = fixture.store(INBOX, MessageDraft::outbound);
    Message spam = fixture.store(INBOX, draft -> draft.labels("spam"));

    assertThat(ids(MessageFilter.DEFAULT)).containsExactly(plain.id());
    assertThat(ids(filter(Optional.empty(), false, "", "", "")))
        .containsExactly(sent.id(), plain.id());
    assertThat(ids(filter(Optional.of(Direction.OUTBOUND), false, "", "", "")))
        .containsExactly(sent.id());
    assertThat(ids(filter(Optional.of(Direction.INBOUND), true, "", "", "")))
        .containsExactly(spam.id(), plain.id());
    assertThat(ids(filter(Optional.of(Direction.INBOUND), false, "spam", "", "")))
        .containsExactly(spam.id());
    assertThat(ids(filter(Optional.empty(), false, "", "sent", ""))).containsExactly(sent.id());
    assertThat(ids(filter(Optional.of(Direction.INBOUND), false, "", "", "ALICE@example.org")))
        .containsExactly(plain.id());
  }

  @Test
  void aFullPageKnowsWhetherItIsTheLast() {
    for (int i = 0; i < 20; i++) {
      fixture.store(INBOX);
    }

    assertThat(lists.page(Request.newest(INBOX, MessageFilter.DEFAULT, 20)).more()).isFalse();
    assertThat(lists.page(Request.newest(INBOX, MessageFilter.DEFAULT, 19)).more()).isTrue();
  }

  @Test
  void unreadIsCompleteAlthoughItsIndexLags() {
    Message old = fixture.store(INBOX);
    Message readSince = fixture.store(INBOX);
    fixture.clock.advance(Duration.ofMinutes(1));
    lag[0].freeze(fixture.mail.name());
    fixture.put(MessageDraft.changed(readSince, true, Set.of(), Optional.empty()), "x");
    Message young = fixture.store(INBOX);

    assertThat(ids(unread())).containsExactly(young.id(), old.id());
  }

  @Test
  void threadIsCompleteAlthoughItsIndexLags() {
    Message first = fixture.store(INBOX, draft -> draft.thread("thread_x"));
    fixture.store(INBOX, draft -> draft.thread("thread_y"));
    lag[0].freeze(fixture.mail.name());
    List<String> expected = new ArrayList<>(List.of(first.id()));
    for (int i = 0; i < 30; i++) {
      expected.add(
          fixture
              .store(INBOX, draft -> draft.thread("thread_x").after(Duration.ofMillis(100)))
              .id());
    }

    Request request =
        new Request(INBOX, MessageFilter.ofThread("thread_x", false), Span.ALL, true, 0, 100, true);
    assertThat(ids(lists.page(request))).containsExactlyElementsOf(expected);
  }

  @Test
  void aDeletedThreadIsGoneAtOnceThoughItsRowsAreMendedLater() {
    fixture.store(INBOX, draft -> draft.thread("thread_gone"));
    Message stays = fixture.store(INBOX, draft -> draft.thread("thread_stays"));
    fixture.put(deleted(fixture.head("thread_gone")));

    assertThat(ids(MessageFilter.DEFAULT)).containsExactly(stays.id());
    assertThat(ids(MessageFilter.ofThread("thread_gone", true))).isEmpty();
  }

  @Test
  void aMergedThreadAnswersWithTheSurvivingOne() {
    Message moved = fixture.store(INBOX, draft -> draft.thread("thread_young"));
    Message kept = fixture.store(INBOX, draft -> draft.thread("thread_old"));
    fixture.put(merged(fixture.head("thread_young"), "thread_old"));
    fixture.put(withNewest(fixture.head("thread_old"), List.of(kept, moved)));

    MessagePage page = lists.page(Request.newest(INBOX, MessageFilter.DEFAULT, 20));
    assertThat(page.rows()).extracting(row -> row.message().threadId()).containsOnly("thread_old");
    assertThat(ids(MessageFilter.ofThread("thread_young", false)))
        .containsExactly(kept.id(), moved.id());
  }

  @Test
  void readsAtMostTwoMegabytesAndSaysThatThereIsMore() {
    Random random = new Random(2);
    for (int i = 0; i < 100; i++) {
      fixture.store(INBOX, draft -> draft.text(incompressible(random)));
    }
    EmulatedServices.shared().usage().reset();

    MessagePage page = lists.page(Request.newest(INBOX, MessageFilter.DEFAULT, 100));

    assertThat(page.more() || page.rows().size() == 100).isTrue();
    assertThat(EmulatedServices.shared().usage().snapshot().get("dynamodb.read-units"))
        .isLessThan(700);
  }

  @Test
  void aListIsOneQueryOneBatchAndTheCounters() {
    for (int i = 0; i < 25; i++) {
      int thread = i % 5;
      fixture.store(INBOX, draft -> draft.thread("thread_" + thread));
    }
    EmulatedServices.shared().usage().reset();

    lists.page(Request.newest(INBOX, MessageFilter.DEFAULT, 20));

    Map<String, Double> used = EmulatedServices.shared().usage().snapshot();
    assertThat(used).containsEntry("dynamodb.Query", 1.0);
    assertThat(used).containsEntry("dynamodb.BatchGetItem", 1.0);
    assertThat(used).containsEntry("dynamodb.GetItem", 1.0);
    assertThat(used.keySet()).noneMatch(what -> what.startsWith("s3"));
  }

  @Property(tries = 15)
  void pagesUnderInsertsNeitherRepeatNorSkip(
      @ForAll @IntRange(min = 1, max = 9) int limit, @ForAll boolean ascending, @ForAll long seed) {
    EmulatedServices.deleteTablesOfTests();
    ReadFixture mailbox = new ReadFixture();
    MessageLists pages = new MessageLists(mailbox.mail, mailbox.clock);
    Random random = new Random(seed);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 25; i++) {
      store(mailbox, random).ifPresent(expected::add);
    }
    List<String> read = new ArrayList<>();
    Span span = Span.ALL;
    MessagePage page;
    do {
      page =
          pages.page(new Request(INBOX, MessageFilter.DEFAULT, span, ascending, 0, limit, false));
      read.addAll(ids(page));
      span = ascending ? new Span(page.last() + 1, span.end()) : new Span(span.from(), page.last());
      for (int i = 0; page.more() && i < random.nextInt(3) && read.size() < 40; i++) {
        store(mailbox, random).filter(_ -> ascending).ifPresent(expected::add);
      }
    } while (page.more());

    assertThat(read).containsExactlyElementsOf(ascending ? expected : expected.reversed());
  }

  private static Optional<String> store(ReadFixture mailbox, Random random) {
    int kind = random.nextInt(4);
    Message message =
        mailbox.store(
            INBOX,
            draft -> kind == 0 ? draft.outbound() : kind == 1 ? draft.labels("spam") : draft);
    return kind < 2 ? Optional.empty() : Optional.of(message.id());
  }

  private static String incompressible(Random random) {
    return random
        .ints(30_000, 0x100, 0x2000)
        .mapToObj(c -> "" + (char) c)
        .reduce("", String::concat);
  }

  private static MessageFilter unread() {
    return new MessageFilter(
        Optional.of(Direction.INBOUND),
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.of(false));
  }

  private static MessageFilter filter(
      Optional<Direction> direction, boolean flagged, String label, String status, String from) {
    return new MessageFilter(
        direction,
        flagged,
        text(label),
        Optional.empty(),
        text(from),
        text(status),
        Optional.empty());
  }

  private static Optional<String> text(String value) {
    return Optional.of(value).filter(present -> !present.isEmpty());
  }

  private List<String> ids(MessageFilter filter) {
    return ids(lists.page(Request.newest(INBOX, filter, 20)));
  }

  private static List<String> ids(MessagePage page) {
    return page.rows().stream().map(Row::message).map(Message::id).toList();
  }

  private static MailThread deleted(MailThread t) {
    return changed(t, t.newest(), Optional.empty(), Optional.of(Instant.EPOCH));
  }

  private static MailThread merged(MailThread t, String into) {
    return changed(t, t.newest(), Optional.of(into), Optional.empty());
  }

  private static MailThread withNewest(MailThread t, List<Message> newest) {
    return changed(
        t, newest.stream().map(Message::key).toList(), Optional.empty(), Optional.empty());
  }

  private static MailThread changed(
      MailThread t,
      List<email.daimon.model.MessageKey> newest,
      Optional<String> mergedInto,
      Optional<Instant> deletedAt) {
    return new MailThread(
        t.id(),
        t.accountId(),
        t.inboxId(),
        t.anchor(),
        t.subject(),
        t.participants(),
        t.messages(),
        t.inbound(),
        t.unread(),
        t.labels(),
        t.createdAt(),
        t.lastActivity(),
        t.updatedAt(),
        newest,
        t.conditional(),
        t.drafts(),
        mergedInto,
        deletedAt,
        t.version() + 1);
  }
}
