package email.daimon.functions.store;

import static email.daimon.functions.store.StoreTestHouse.INBOX;
import static email.daimon.functions.store.TestMail.ACCOUNT;
import static email.daimon.functions.store.TestMail.named;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.Stored.Outcome;
import email.daimon.model.Event;
import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a mailbox keeps, and what it counts, while conflicts and lost answers come at random. */
final class MailboxTest {
  private final RandomFaults faults = new RandomFaults();
  private final StoreTestHouse house = new StoreTestHouse();

  @BeforeEach
  void begin() {
    faults.begin();
  }

  @AfterEach
  void end() {
    faults.end();
  }

  @Test
  void firstMailBeginsAThread() {
    Stored stored = house.store(named("a"));

    assertThat(stored.outcome()).isEqualTo(Outcome.STORED);
    Message message = house.mailbox.message(INBOX, stored.key().id()).orElseThrow();
    MailThread thread = house.mailbox.thread(INBOX, message.threadId()).orElseThrow();
    assertThat(thread.subject()).isEqualTo("Subject of a");
    assertThat(thread.anchor()).isEqualTo("<" + thread.id() + "@daimon.email>");
    assertThat(thread.participants()).containsExactly("ann@example.com", "bot@daimon.email");
    assertThat(thread.messages()).isEqualTo(1);
    assertThat(thread.unread()).isEqualTo(1);
    assertThat(counters(1, 1, 1)).isTrue();
    assertThat(types()).containsExactly("message.received");
    assertThat(DocumentCodec.listForm(house.mailbox.beside(message).orElseThrow()).textBody())
        .isEqualTo("body of a");
  }

  @Test
  void inboxTimeIsLaterThanAllThatIsThereEvenWhenTheClockStands() {
    long first = house.store(named("a")).key().inboxTime();
    long second = house.store(named("b")).key().inboxTime();
    house.pass(Duration.ofSeconds(-5));
    long third = house.store(named("c")).key().inboxTime();

    assertThat(second).isEqualTo(first + 1);
    assertThat(third).isEqualTo(second + 1);
    assertThat(house.events()).extracting(Event::sequence).containsExactly(1L, 2L, 3L);
  }

  @Test
  void sameWorkTwiceStoresOnceAndWritesNoObjects() {
    house.store(named("a"));
    List<String> objects = new ArrayList<>();

    Stored again = house.mailbox.store(named("a").to(INBOX), () -> objects.add("written"));

    assertThat(again.outcome()).isEqualTo(Outcome.KNOWN);
    assertThat(objects).isEmpty();
    assertThat(house.messages()).hasSize(1);
    assertThat(types()).containsExactly("message.received");
  }

  @Test
  void replyJoinsItsParentsThread() {
    house.store(named("a"));
    house.store(named("b").answering("a"));
    house.store(named("c").after("a", "b"));

    assertThat(house.listedThreads()).hasSize(1);
    assertThat(house.inThread(house.heads().getFirst().id())).hasSize(3);
    assertThat(counters(3, 3, 1)).isTrue();
  }

  @Test
  void inReplyToCountsBeforeReferencesAndTheLastReferenceBeforeTheFirst() {
    house.store(named("a"));
    house.store(named("b"));
    house.store(named("spam").labelled("spam").answering("b").after("a"));
    house.store(named("spam2").labelled("spam").after("b", "a"));

    assertThat(house.message(named("spam")).threadId())
        .isEqualTo(house.message(named("b")).threadId());
    assertThat(house.message(named("spam2")).threadId())
        .isEqualTo(house.message(named("a")).threadId());
  }

  @Test
  void sameSubjectIsNoThread() {
    house.store(named("a"));
    house.mailbox.store(named("b").to(INBOX), () -> {});

    assertThat(house.listedThreads()).hasSize(2);
  }

  @Test
  void ancestorThatComesLateJoinsItsAnswers() {
    house.store(named("b").answering("a"));
    house.store(named("a"));

    assertThat(house.listedThreads()).hasSize(1);
    assertThat(house.message(named("a")).threadId())
        .isEqualTo(house.message(named("b")).threadId());
  }

  @Test
  void messageThatConnectsTwoThreadsMergesTheYoungerIntoTheOlder() {
    house.store(named("a"));
    house.store(named("c").answering("b"));
    String older = house.message(named("a")).threadId();
    String younger = house.message(named("c")).threadId();

    Stored connecting = house.store(named("b").answering("a"));

    assertThat(house.mailbox.thread(INBOX, younger).orElseThrow().id()).isEqualTo(older);
    assertThat(house.listedThreads()).extracting(MailThread::id).containsExactly(older);
    assertThat(house.listedThreads().getFirst().messages()).isEqualTo(3);
    assertThat(counters(3, 3, 1)).isTrue();
    assertThat(house.events().getLast().detail()).isEqualTo(Map.of("merged_from", younger));
    house.run(connecting.jobs());
    assertThat(house.inThread(older)).hasSize(3);
    assertThat(house.due()).isEmpty();
  }

  @Test
  void answerToADeletedThreadBeginsANewOneThatFurtherAnswersJoin() {
    house.store(named("a"));
    String deleted = house.message(named("a")).threadId();
    house.mailbox.deleteThread(ACCOUNT, INBOX, deleted);

    house.store(named("b").answering("a"));
    house.store(named("c").answering("a"));

    assertThat(house.message(named("b")).threadId()).isNotEqualTo(deleted);
    assertThat(house.message(named("c")).threadId())
        .isEqualTo(house.message(named("b")).threadId());
    assertThat(counters(2, 2, 1)).isTrue();
  }

  @Test
  void idsOfAnotherInboxMeanNothingHere() {
    house.mailbox.store(named("a").to("inbox_2"), () -> {});
    String foreign = house.mailbox.thread("inbox_2", threadIn("inbox_2")).orElseThrow().id();

    house.store(named("b").answering("a").after("a"));

    assertThat(house.message(named("b")).threadId()).isNotEqualTo(foreign);
    assertThat(house.mailbox.thread(INBOX, foreign)).isEmpty();
  }

  @Test
  void mailThatItsServerSendsAgainIsStoredOnce() {
    house.store(named("a"));

    Stored again = house.mailbox.store(named("a").to(INBOX, "ses-again"), () -> {});
    house.mailbox.store(named("a").to(INBOX, "ses-again"), () -> {});

    assertThat(again.outcome()).isEqualTo(Outcome.DUPLICATE);
    assertThat(house.messages()).hasSize(1);
    assertThat(house.messages().getFirst().duplicateCount()).isEqualTo(1);
    assertThat(types()).containsExactly("message.received");
  }

  @Test
  void otherBodyOrALongTimeIsAnotherMail() {
    house.store(named("a"));
    house.mailbox.store(named("a").saying("other").to(INBOX, "ses-2"), () -> {});
    house.pass(Duration.ofDays(8));
    house.mailbox.store(named("a").to(INBOX, "ses-3"), () -> {});

    assertThat(house.messages()).hasSize(3);
    assertThat(house.listedThreads()).hasSize(1);
  }

  @Test
  void flaggedMailStaysOutOfCountsAndLists() {
    house.store(named("a").labelled("spam"));
    house.store(named("b").labelled("virus"));
    house.store(named("c").labelled("unauthenticated"));

    assertThat(house.messages()).hasSize(3);
    assertThat(house.listedThreads()).isEmpty();
    assertThat(house.unread()).isEmpty();
    assertThat(counters(0, 0, 0)).isTrue();
    assertThat(types())
        .containsExactly("message.flagged", "message.quarantined", "message.flagged");
  }

  @Test
  void flaggedMailBringsNothingTogether() {
    house.store(named("a"));
    house.store(named("b"));
    house.store(named("spam").labelled("spam").after("a", "b"));

    assertThat(house.listedThreads()).hasSize(2);
  }

  @Test
  void changingAMessageMovesTheCounts() {
    String id = house.store(named("a")).key().id();

    change(id, Optional.of(true), Optional.empty());
    assertThat(counters(1, 0, 1)).isTrue();
    assertThat(house.unread()).isEmpty();
    change(id, Optional.of(false), Optional.of(Set.of("todo")));
    assertThat(counters(1, 1, 1)).isTrue();
    change(id, Optional.empty(), Optional.of(Set.of("spam")));
    assertThat(counters(0, 0, 0)).isTrue();
    assertThat(house.listedThreads()).isEmpty();
    change(id, Optional.empty(), Optional.of(Set.of()));
    assertThat(counters(1, 1, 1)).isTrue();
    assertThat(house.listedThreads().getFirst().unread()).isEqualTo(1);
  }

  @Test
  void deletedMessageIsReadableByIdAndCountsNoMore() {
    String id = house.store(named("a")).key().id();

    house.mailbox.delete(ACCOUNT, INBOX, id);
    Message again = house.mailbox.delete(ACCOUNT, INBOX, id).orElseThrow();

    assertThat(again.deletedAt()).hasValue(house.now());
    assertThat(house.mailbox.message(INBOX, id)).hasValue(again);
    assertThat(counters(0, 0, 0)).isTrue();
    assertThat(house.mailbox.delete(ACCOUNT, INBOX, "msg_none")).isEmpty();
  }

  @Test
  void labelsOfAThread() {
    house.store(named("a"));
    String id = house.message(named("a")).threadId();

    house.mailbox.label(ACCOUNT, INBOX, id, _ -> Set.of("x", "y"));
    house.mailbox.label(ACCOUNT, INBOX, id, labels -> Set.of("y"));

    assertThat(house.mailbox.thread(INBOX, id).orElseThrow().labels()).containsExactly("y");
    assertThat(house.listedThreads().getFirst().labels()).containsExactly("y");
    assertThat(house.mailbox.label(ACCOUNT, INBOX, "thread_none", l -> l)).isEmpty();
  }

  @Test
  void longThreadIsReadAtOnceAndItsRowsFollow() {
    String threadId = conversation(50);

    ThreadBulk read = house.mailbox.markRead(ACCOUNT, INBOX, threadId).orElseThrow();
    assertThat(read.messages()).isEqualTo(50);
    assertThat(counters(50, 0, 1)).isTrue();
    String unreadAgain = house.messages().getFirst().id();
    house.pass(Duration.ofSeconds(1));
    house.run(read.jobs());
    change(unreadAgain, Optional.of(false), Optional.empty());
    house.run(read.jobs());

    assertThat(house.unread()).extracting(Message::id).containsExactly(unreadAgain);
    assertThat(counters(50, 1, 1)).isTrue();
  }

  @Test
  void longThreadIsDeletedAtOnceAndItsRowsFollow() {
    String threadId = conversation(60);
    house.store(named("other"));

    ThreadBulk deleted = house.mailbox.deleteThread(ACCOUNT, INBOX, threadId).orElseThrow();
    assertThat(deleted.messages()).isEqualTo(60);
    assertThat(counters(1, 1, 1)).isTrue();
    assertThat(house.due()).hasSize(1);
    house.run(deleted.jobs());
    house.run(deleted.jobs());

    assertThat(house.messages().stream().filter(m -> m.deletedAt().isPresent())).hasSize(60);
    assertThat(house.inThread(threadId)).isEmpty();
    assertThat(house.unread()).hasSize(1);
    assertThat(house.due()).isEmpty();
    assertThat(types()).contains("thread.deleted");
    assertThat(house.mailbox.deleteThread(ACCOUNT, INBOX, threadId)).isEmpty();
  }

  @Test
  void messageOfADeletedThreadCannotBeChanged() {
    String threadId = conversation(30);
    String oldest = house.messages().getFirst().id();
    house.mailbox.deleteThread(ACCOUNT, INBOX, threadId);

    Message untouched = change(oldest, Optional.of(true), Optional.empty());

    assertThat(untouched.deletedAt()).isPresent();
    assertThat(counters(0, 0, 0)).isTrue();
  }

  @Test
  void deletedInboxTakesNothingAndLeavesAllLists() {
    conversation(3);

    house.run(List.of(Job.deleteInbox(ACCOUNT.id(), INBOX)));

    assertThat(house.listedThreads()).isEmpty();
    assertThat(house.store(named("late")).outcome()).isEqualTo(Outcome.CLOSED);
  }

  @Test
  void deletedInboxStaysClosedWhenWhatItHasSentIsTakenBack() {
    Sends sends = house.wiring.sends();
    Instant later = house.now().plus(Duration.ofHours(1));
    sends.submit(TestSend.named("scheduled").at(later).submission(INBOX, house.now()));
    Message scheduled = house.messages().getFirst();
    house.run(List.of(Job.deleteInbox(ACCOUNT.id(), INBOX)));

    assertThat(sends.cancel(ACCOUNT, INBOX, scheduled.key())).isPresent();

    assertThat(house.store(named("late")).outcome()).isEqualTo(Outcome.CLOSED);
  }

  private String conversation(int mails) {
    house.store(named("m0"));
    IntStream.range(1, mails).forEach(i -> house.store(named("m" + i).answering("m" + (i - 1))));
    return house.message(named("m0")).threadId();
  }

  private Message change(String id, Optional<Boolean> read, Optional<Set<String>> labels) {
    return house.mailbox.change(ACCOUNT, INBOX, id, new MessageChange(read, labels)).orElseThrow();
  }

  private String threadIn(String inboxId) {
    return house
        .mailbox
        .message(inboxId, named("a").to(inboxId).message().id())
        .orElseThrow()
        .threadId();
  }

  private List<String> types() {
    return house.events().stream().map(Event::type).toList();
  }

  private boolean counters(long messages, long unread, long threads) {
    InboxCounters counters = house.mailbox.counters(INBOX);
    assertThat(counters.messages()).as("messages").isEqualTo(messages);
    assertThat(counters.unread()).as("unread").isEqualTo(unread);
    assertThat(counters.threads()).as("threads").isEqualTo(threads);
    return true;
  }
}
