package email.daimon.functions.store;

import static email.daimon.functions.store.StoreTestHouse.INBOX;
import static email.daimon.functions.store.TestMail.ACCOUNT;
import static email.daimon.functions.store.TestMail.named;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.jobs.JobsHandler;
import email.daimon.functions.queue.JobQueue;
import email.daimon.functions.testing.RecordingSqs;
import email.daimon.functions.testing.TimeLeft;
import email.daimon.model.ApiKey;
import email.daimon.model.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** Function jobs: bulk work in chunks that may be done twice. */
final class JobsHandlerTest {
  private static final Duration PLENTY = Duration.ofMinutes(1);
  private final StoreTestHouse house = new StoreTestHouse();
  private final JobsHandler handler = new JobsHandler(house.wiring);
  private final RecordingSqs queue = house.queue;

  @Test
  void passThatFindsNothingIsTheLast() {
    house.wiring.jobQueue().enqueue(deletedThreadOf(60));

    handle(queue.sent().removeFirst(), PLENTY);
    assertThat(alive()).isZero();
    assertThat(house.due()).hasSize(1);
    SendMessageRequest second = queue.sent().removeFirst();
    assertThat(second.delaySeconds()).isEqualTo(5);
    handle(second, PLENTY);

    assertThat(queue.sent()).isEmpty();
    assertThat(house.due()).isEmpty();
  }

  @Test
  void whatTheIndexDidNotShowIsFoundByTheNextPass() {
    house.store(named("m0"));
    IntStream.range(1, 10).forEach(i -> house.store(named("m" + i).answering("m0")));
    house.indexesStandStill();
    IntStream.range(10, 60).forEach(i -> house.store(named("m" + i).answering("m0")));
    String thread = house.message(named("m0")).threadId();
    house
        .wiring
        .jobQueue()
        .enqueue(house.mailbox.deleteThread(ACCOUNT, INBOX, thread).orElseThrow().jobs());

    handle(queue.sent().removeFirst(), PLENTY);
    assertThat(alive()).as("neither in the head nor in the index yet").isPositive();
    house.indexesCatchUp();
    while (!queue.sent().isEmpty()) {
      handle(queue.sent().removeFirst(), PLENTY);
    }

    assertThat(alive()).isZero();
    assertThat(house.due()).isEmpty();
  }

  @Test
  void outOfTimeGoesOnWhereItStopped() {
    house.wiring.jobQueue().enqueue(deletedThreadOf(120));
    int calls = 0;

    while (!queue.sent().isEmpty()) {
      handle(queue.sent().removeFirst(), Duration.ofSeconds(1));
      calls++;
    }

    assertThat(alive()).isZero();
    assertThat(house.due()).isEmpty();
    assertThat(calls).isGreaterThan(3);
  }

  @Test
  void passOverSeveralCallsIsJudgedAsAWhole() {
    house.wiring.jobQueue().enqueue(deletedThreadOf(50));
    List<Integer> delays = new ArrayList<>();

    while (!queue.sent().isEmpty()) {
      SendMessageRequest next = queue.sent().removeFirst();
      delays.add(Optional.ofNullable(next.delaySeconds()).orElse(0));
      handle(next, Duration.ofSeconds(1));
    }

    assertThat(delays).as("the last call of the first pass finds nothing").containsOnlyOnce(5);
    assertThat(alive()).isZero();
    assertThat(house.due()).isEmpty();
  }

  @Test
  void jobTwiceIsAsJobOnce() {
    List<Job> jobs = deletedThreadOf(30);
    house.wiring.jobQueue().enqueue(jobs);
    SendMessageRequest job = queue.sent().removeFirst();

    handle(job, PLENTY);
    handle(job, PLENTY);
    handle(job, PLENTY);

    assertThat(alive()).isZero();
    assertThat(house.mailbox.counters(INBOX).messages()).isZero();
    assertThat(house.due()).isEmpty();
  }

  @Test
  void jobThatNoQueueTookIsFoundByTheSweep() {
    queue.refuse(true);
    new JobQueue(house.wiring.queues()).enqueue(deletedThreadOf(30));
    queue.refuse(false);

    house.sweep();
    assertThat(queue.sent()).isEmpty();
    house.pass(Duration.ofMinutes(2));
    house.sweep();

    assertThat(queue.sent()).hasSize(1);
    handle(queue.sent().removeFirst(), PLENTY);
    assertThat(alive()).isZero();
  }

  @Test
  void keysOfADeletedInboxAreRevokedThoughItsDeleterDiedBeforeThat() {
    IssuedKey ofInbox = key(ApiKey.Scope.INBOX, Optional.of(INBOX));
    IssuedKey ofAnother = key(ApiKey.Scope.INBOX, Optional.of("inbox_2"));
    IssuedKey ofAccount = key(ApiKey.Scope.ACCOUNT, Optional.empty());
    ApiKeys keys = house.wiring.apiKeys();
    keys.issue(List.of(ofInbox, ofAnother, ofAccount), _ -> {});
    UnitOfWork deletion = new UnitOfWork();
    Job job =
        house.wiring.jobs().request(deletion, Job.deleteInbox(ACCOUNT.id(), INBOX), house.now());
    house.wiring.transactions().run(() -> new Transactions.Attempt.Write<>(deletion, job));

    house.pass(Duration.ofMinutes(2));
    house.sweep();
    while (!queue.sent().isEmpty()) {
      handle(queue.sent().removeFirst(), PLENTY);
    }

    assertThat(keys.find(ACCOUNT.id(), ofInbox.key().id()).orElseThrow().revokedAt())
        .hasValue(house.now());
    assertThat(keys.authenticate(ofInbox.secret())).isEmpty();
    assertThat(keys.authenticate(ofAnother.secret())).isPresent();
    assertThat(keys.authenticate(ofAccount.secret())).isPresent();
    assertThat(house.due()).isEmpty();
  }

  @Test
  void whatIsNoJobFails() {
    var response =
        handler.handleRequest(RecordingSqs.event(RecordingSqs.message("{}")), TimeLeft.of(PLENTY));

    assertThat(response.getBatchItemFailures()).hasSize(1);
  }

  private void handle(SendMessageRequest job, Duration left) {
    assertThat(
            handler
                .handleRequest(RecordingSqs.event(job), TimeLeft.of(left))
                .getBatchItemFailures())
        .isEmpty();
  }

  private IssuedKey key(ApiKey.Scope scope, Optional<String> inboxId) {
    return IssuedKey.make(
        house.wiring.ids(), ACCOUNT.id(), Tier.FREE, scope, inboxId, "key", house.now());
  }

  private long alive() {
    return house.messages().stream().filter(m -> m.deletedAt().isEmpty()).count();
  }

  private List<Job> deletedThreadOf(int mails) {
    house.store(named("m0"));
    IntStream.range(1, mails).forEach(i -> house.store(named("m" + i).answering("m0")));
    String thread = house.message(named("m0")).threadId();
    return house.mailbox.deleteThread(ACCOUNT, INBOX, thread).orElseThrow().jobs();
  }
}
