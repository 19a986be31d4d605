package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.Sends.Claim;
import email.daimon.functions.store.Sends.Submitted;
import email.daimon.model.DeliveryNews;
import email.daimon.model.DeliveryNews.Kind;
import email.daimon.model.Event;
import email.daimon.model.Message;
import email.daimon.model.Outgoing.UnlessReplied;
import email.daimon.model.SendRecipient.Status;
import email.daimon.model.SendTags;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** A mail that is sent, step by step: each is taken once, and what is known of it is true. */
class SendsTest {
  private final StoreTestHouse house = new StoreTestHouse();
  private final Sends sends = house.wiring.sends();

  @Test
  void aMailIsStoredWithItsThreadItsEventAndItsDueEntry() {
    Message message = submit(TestSend.named("a"));
    assertThat(message.status()).isEqualTo("queued");
    assertThat(types()).containsExactly("message.queued");
    assertThat(house.due()).hasSize(1);
    assertThat(house.listedThreads())
        .singleElement()
        .satisfies(thread -> {
          assertThat(thread.messages()).isOne();
          assertThat(thread.inbound()).isZero();
          assertThat(message.outgoing().orElseThrow().anchor()).isEqualTo(thread.anchor());
        });
  }

  @Test
  void submittedTwiceItIsStoredOnce() {
    Message first = submit(TestSend.named("a"));
    Message second = submit(TestSend.named("a"));
    assertThat(second.key()).isEqualTo(first.key());
    assertThat(types()).containsExactly("message.queued");
  }

  @Test
  void ofTwoWorkersOneClaims() {
    SendJob job = SendJob.of(submit(TestSend.named("a")));
    assertThat(claim(job, "one")).isInstanceOf(Claim.Mine.class);
    assertThat(claim(job, "two")).isInstanceOf(Claim.Nothing.class);
    assertThat(claim(job, "one")).as("its answer was lost").isInstanceOf(Claim.Mine.class);
  }

  @Test
  void aClaimThatLedToNothingIsTakenOverWhenItsLeaseIsOver() {
    SendJob job = SendJob.of(submit(TestSend.named("a")));
    Message claimed = mine(job, "one");
    house.pass(Sends.LEASE.plusSeconds(1));
    assertThat(claim(job, "two")).isInstanceOf(Claim.Mine.class);
    assertThat(sends.attempting(claimed)).as("the first is too late").isEmpty();
  }

  @Test
  void aWorkerKilledAfterTheMarkLeavesTheMailUnknownAndItIsSaidAfterFifteenMinutes() {
    SendJob job = SendJob.of(submit(TestSend.named("a")));
    assertThat(sends.attempting(mine(job, "one"))).isPresent();
    house.pass(Sends.LEASE.plusSeconds(1));
    assertThat(claim(job, "two")).isInstanceOf(Claim.Nothing.class);
    assertThat(found(job).status()).isEqualTo("unknown");
    assertThat(types()).containsExactly("message.queued");
    house.pass(Sends.UNTIL_UNKNOWN);
    assertThat(claim(job, "three")).isInstanceOf(Claim.Nothing.class);
    assertThat(claim(job, "four")).isInstanceOf(Claim.Nothing.class);
    assertThat(types()).containsExactly("message.queued", "message.unknown");
    assertThat(house.due()).isEmpty();
  }

  @Test
  void aReportSettlesAnUnknownMail() {
    SendJob job = SendJob.of(submit(TestSend.named("a")));
    sends.attempting(mine(job, "one"));
    house.pass(Sends.LEASE.plusSeconds(1));
    claim(job, "two");
    report(job, "one", Kind.DELIVERY, false, "ANN@example.com");
    report(job, "one", Kind.DELIVERY, false, "ann@example.com");
    assertThat(found(job).status()).isEqualTo("sent");
    assertThat(types()).containsExactly("message.queued", "message.resolved", "message.sent");
  }

  @Test
  void acceptedItIsSendingUntilEveryRecipientIsDecided() {
    SendJob job = sent(TestSend.named("a").to("ann@example.com", "bob@example.com"));
    assertThat(found(job).status()).isEqualTo("sending");
    assertThat(house.due()).isEmpty();
    report(job, "one", Kind.BOUNCE, true, "bob@example.com");
    assertThat(found(job).status()).isEqualTo("sending");
    report(job, "one", Kind.DELIVERY, false, "ann@example.com");
    assertThat(found(job).status()).isEqualTo("sent");
    report(job, "one", Kind.BOUNCE, true, "ann@example.com");
    assertThat(found(job).status()).as("a late bounce wins").isEqualTo("bounced");
    assertThat(types())
        .containsExactly("message.queued", "message.bounced", "message.sent", "message.bounced");
  }

  @Test
  void reportsOutOfOrderAndDoubledDoNoHarm() {
    SendJob job = sent(TestSend.named("a"));
    report(job, "one", Kind.COMPLAINT, false, "ann@example.com");
    report(job, "one", Kind.DELIVERY, false, "ann@example.com");
    report(job, "one", Kind.DELAY, false, "ann@example.com");
    report(job, "one", Kind.SEND, false);
    report(job, "one", Kind.COMPLAINT, false, "ann@example.com");
    assertThat(found(job).status()).isEqualTo("sent");
    assertThat(found(job).outgoing().orElseThrow().recipients())
        .singleElement()
        .satisfies(one -> assertThat(one.status()).isEqualTo(Status.COMPLAINED));
    assertThat(types()).containsExactly("message.queued", "message.complained");
  }

  @Test
  void permanentBouncesAndComplaintsSuppressWithTheEvidence() {
    SendJob job = sent(TestSend.named("a").to("Ann@example.com", "bob@example.com"));
    report(job, "one", Kind.BOUNCE, true, "ann@example.com");
    report(job, "one", Kind.BOUNCE, false, "bob@example.com");
    report(job, "one", Kind.BOUNCE, true, "stranger@example.com");
    Suppressions suppressions = house.wiring.suppressions();
    assertThat(suppressions.list("acc_1", "", 10).suppressions())
        .singleElement()
        .satisfies(one -> {
          assertThat(one.address()).isEqualTo("ann@example.com");
          assertThat(one.messageId()).isEqualTo("msg_a");
          assertThat(one.reason()).isEqualTo("bounce");
        });
    assertThat(suppressions.among("acc_1", List.of("ANN@example.com"))).hasSize(1);
    assertThat(suppressions.among("acc_2", List.of("ann@example.com"))).isEmpty();
    assertThat(suppressions.remove("acc_1", "ann@example.com")).isTrue();
    assertThat(suppressions.list("acc_1", "", 10).suppressions()).isEmpty();
  }

  @Test
  void anAnswerToTheIdThatTheTransportGaveFindsTheThread() {
    SendJob job = sent(TestSend.named("a"));
    Stored stored = house.store(TestMail.named("b").answering("0100abc@email.amazonses.com"));
    assertThat(house.message(TestMail.named("b")).threadId()).isEqualTo(found(job).threadId());
    assertThat(stored.outcome()).isEqualTo(Stored.Outcome.STORED);
  }

  @Test
  void anAnswerFindsTheThreadByItsAnchorBeforeAnyIdIsKnown() {
    Message message = submit(TestSend.named("a"));
    String anchor = message.outgoing().orElseThrow().anchor().replaceAll("[<>]", "");
    house.store(TestMail.named("b").answering("unknown@elsewhere").after(anchor));
    assertThat(house.message(TestMail.named("b")).threadId()).isEqualTo(message.threadId());
  }

  @Test
  void whatFailsBeforeTheTransportTookItIsGivenBack() {
    SendQuota quota = house.wiring.sendQuota();
    SendJob job = SendJob.of(submit(TestSend.named("a").limitedTo(1)));
    assertThat(quota.used("acc_1", house.now())).isOne();
    submit(TestSend.named("a").limitedTo(1));
    assertThat(quota.used("acc_1", house.now())).as("the same mail again").isOne();
    assertThat(
            sends.submit(
                TestSend.named("b").limitedTo(1).submission(StoreTestHouse.INBOX, house.now())))
        .isEqualTo(new Submitted.NothingLeft(new SendQuota.Exhausted(SendQuota.Limit.ACCOUNT, 1)));
    sends.fail(TestMail.ACCOUNT, found(job), "no reason");
    sends.fail(TestMail.ACCOUNT, found(job), "no reason");
    assertThat(found(job).status()).isEqualTo("failed");
    assertThat(quota.used("acc_1", house.now())).isZero();
    assertThat(types()).containsExactly("message.queued", "message.failed");
  }

  @Test
  void aScheduledMailIsMovedCancelledAndReleasedOnce() {
    Message message = submit(TestSend.named("a").at(house.now().plus(Duration.ofHours(1))));
    SendJob job = SendJob.of(message);
    assertThat(message.status()).isEqualTo("scheduled");
    assertThat(release(job, "one")).isInstanceOf(Claim.Nothing.class);
    assertThat(
            sends.reschedule(
                TestMail.ACCOUNT, "inbox_1", job.key(), house.now().plus(Duration.ofHours(2))))
        .isPresent();
    assertThat(house.due()).hasSize(1);
    house.pass(Duration.ofHours(2));
    assertThat(release(job, "one")).isInstanceOf(Claim.Mine.class);
    assertThat(sends.cancel(TestMail.ACCOUNT, "inbox_1", job.key())).isEmpty();
    Message other = submit(TestSend.named("b").at(house.now().plus(Duration.ofHours(1))));
    assertThat(sends.cancel(TestMail.ACCOUNT, "inbox_1", other.key())).isPresent();
    house.pass(Duration.ofHours(2));
    assertThat(release(SendJob.of(other), "two")).isInstanceOf(Claim.Nothing.class);
  }

  @Test
  void aScheduledMailTakesItsPartOfTheQuotaWithItsClaim() {
    SendJob first = SendJob.of(submit(TestSend.named("a").at(house.now().plusSeconds(60))));
    SendJob second = SendJob.of(submit(TestSend.named("b").at(house.now().plusSeconds(60))));
    house.pass(Duration.ofMinutes(2));
    assertThat(release(first, "one")).isInstanceOf(Claim.Mine.class);
    assertThat(release(first, "one")).as("its answer was lost").isInstanceOf(Claim.Mine.class);
    assertThat(house.wiring.sendQuota().used("acc_1", house.now())).isOne();
    assertThat(release(second, "two")).isInstanceOf(Claim.NothingLeft.class);
    assertThat(found(second).status()).isEqualTo("scheduled");
  }

  @Test
  void aClaimIsSweptUpWhenItsWorkerIsGoneWithoutTouchingTheIndex() {
    SendJob job = SendJob.of(submit(TestSend.named("a")));
    List<String> due = house.due();
    mine(job, "one");
    assertThat(house.due()).isEqualTo(due);
    house.sweep();
    house.pass(Sends.LEASE.plus(Duration.ofMinutes(2)));
    house.queue.clear();
    house.sweep();
    assertThat(house.queue.sent())
        .extracting(SendMessageRequest::messageBody)
        .containsOnly(job.json());
    mine(job, "two");
    assertThat(house.due()).as("the sweep has passed there").isNotEqualTo(due).hasSize(1);
  }

  @Test
  void parkedMailsGoWhenThereIsATransport() {
    SendJob job = SendJob.of(submit(TestSend.named("a")));
    sends.park(job);
    sends.park(job);
    assertThat(found(job).status()).isEqualTo("queued");
    assertThat(house.due()).hasSize(1);
    house.sweep();
    assertThat(house.queue.sent())
        .extracting(SendMessageRequest::messageBody)
        .containsExactly(job.json());
    assertThat(claim(job, "one")).isInstanceOf(Claim.Mine.class);
  }

  @Test
  void somebodysAnswerTakesBackWhatWaitedForNobodyToAnswer() {
    house.store(TestMail.named("q"));
    String thread = house.message(TestMail.named("q")).threadId();
    TestSend followUp = TestSend.named("a").in(thread).at(house.now().plus(Duration.ofDays(1)));
    SendJob human = SendJob.of(submit(followUp.unless(UnlessReplied.SOMEBODY)));
    SendJob plain =
        SendJob.of(submit(TestSend.named("b").in(thread).at(house.now().plus(Duration.ofDays(1)))));
    house.store(TestMail.named("r").answering("q"));
    assertThat(found(human).status()).isEqualTo("cancelled");
    assertThat(found(plain).status()).isEqualTo("scheduled");
    assertThat(types()).contains("message.cancelled");
    assertThat(house.due()).hasSize(1);
  }

  @Test
  void whatDoesNotFitIntoTheCommitOfAnAnswerIsTakenBackBeforeIt() {
    List<SendJob> waiting = new ArrayList<>();
    for (String name : List.of("q1", "q2", "q3")) {
      house.store(TestMail.named(name));
      String thread = house.message(TestMail.named(name)).threadId();
      for (int i = 0; i < ConditionalSends.MOST; i++) {
        waiting.add(
            SendJob.of(
                submit(
                    TestSend.named(name + "-" + i)
                        .in(thread)
                        .at(house.now().plus(Duration.ofDays(1)))
                        .unless(UnlessReplied.SOMEBODY))));
      }
    }
    house.storeTogether(List.of(TestMail.named("r").answering("q1").after("q1", "q2", "q3")));
    assertThat(waiting).allMatch(job -> found(job).status().equals("cancelled"));
    assertThat(types().stream().filter("message.cancelled"::equals)).hasSize(waiting.size());
    assertThat(house.heads()).allMatch(head -> head.conditional().isEmpty());
    assertThat(house.messages().stream().filter(one -> one.messageId().contains("r@"))).hasSize(1);
  }

  @Test
  void onlySoManyMayBeToldToWaitButWhatIsDueGoes() {
    house.store(TestMail.named("q"));
    String thread = house.message(TestMail.named("q")).threadId();
    Function<String, TestSend> unless =
        name -> TestSend.named(name).in(thread).unless(UnlessReplied.SOMEBODY);
    Instant tomorrow = house.now().plus(Duration.ofDays(1));
    for (int i = 0; i < ConditionalSends.MOST; i++) {
      submit(unless.apply("a" + i).at(tomorrow));
    }
    TestSend more = unless.apply("more").at(tomorrow);
    assertThat(sends.submit(more.submission(StoreTestHouse.INBOX, house.now())))
        .isInstanceOf(Submitted.TooManyConditional.class);
    assertThat(submit(unless.apply("due")).status()).isEqualTo("queued");
  }

  private SendJob sent(TestSend send) {
    SendJob job = SendJob.of(submit(send));
    Message marked = sends.attempting(mine(job, "one")).orElseThrow();
    sends.settle(
        TestMail.ACCOUNT,
        marked,
        way -> way.accepted(house.now(), "0100abc", Optional.of("<0100abc@email.amazonses.com>")));
    return job;
  }

  private Message submit(TestSend send) {
    Submitted submitted = sends.submit(send.submission(StoreTestHouse.INBOX, house.now()));
    assertThat(submitted).isInstanceOf(Submitted.Stored.class);
    return ((Submitted.Stored) submitted).message();
  }

  private Claim claim(SendJob job, String attempt) {
    return sends.claim(TestMail.ACCOUNT, found(job), attempt, Optional.empty());
  }

  private Claim release(SendJob job, String attempt) {
    return sends.claim(
        TestMail.ACCOUNT, found(job), attempt, Optional.of(TestSend.need(1, house.now(), 1)));
  }

  private Message mine(SendJob job, String attempt) {
    return ((Claim.Mine) claim(job, attempt)).message();
  }

  private Message found(SendJob job) {
    return sends.find(job.inboxId(), job.key()).orElseThrow();
  }

  private void report(
      SendJob job, String attempt, Kind kind, boolean permanent, String... recipients) {
    DeliveryNews news =
        new DeliveryNews(
            kind,
            new SendTags(job.accountId(), job.inboxId(), job.key(), attempt),
            house.now(),
            Optional.of("0100abc"),
            Optional.of("<0100abc@email.amazonses.com>"),
            Arrays.stream(recipients)
                .map(one ->
                    new DeliveryNews.Recipient(
                        one, Optional.of("550"), Optional.of("no such user")))
                .toList(),
            permanent,
            "");
    assertThat(sends.report(TestMail.ACCOUNT, news)).isTrue();
  }

  private List<String> types() {
    return house.events().stream()
        .map(Event::type)
        .filter(type -> !type.equals("message.received") && !type.equals("message.scheduled"))
        .toList();
  }
}
