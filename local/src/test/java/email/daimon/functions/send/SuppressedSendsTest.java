package email.daimon.functions.send;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.SendLimits;
import email.daimon.functions.Wiring;
import email.daimon.functions.store.SendFixture;
import email.daimon.functions.store.SendJob;
import email.daimon.functions.store.Sends;
import email.daimon.functions.store.Sends.Claim;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.AccountStatus;
import email.daimon.model.DeliveryNews;
import email.daimon.model.DeliveryNews.Kind;
import email.daimon.model.Event;
import email.daimon.model.Message;
import email.daimon.model.Outgoing;
import email.daimon.model.SendRecipient;
import email.daimon.model.SendTags;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * A mail that waited while one of its recipients was suppressed: nobody is sent to, and its sender
 * hears why, as at the call.
 */
final class SuppressedSendsTest {
  private static final List<String> TWO = List.of("ann@example.com", "Bob@example.com");
  // Far ahead: the emulator's time to live goes by the machine's clock and takes what is past.
  private Instant now = Instant.parse("2046-03-16T10:00:00Z");
  private final Wiring wiring = EmulatedServices.shared().wiring(() -> now, new Random(13));
  private final Sends sends = wiring.sends();
  private final SendFixture fixture = new SendFixture(wiring, 1, now);
  private final CountingTransport transport = new CountingTransport(() -> now);
  private final Worker worker =
      new Worker(
          sends,
          new Release(
              sends, wiring.inboxes(), wiring.suppressions(), SendLimits.of(wiring.settings())),
          new Assembly(wiring.documents(), wiring.blobs()),
          transport,
          _ -> Optional.empty(),
          () -> UUID.randomUUID().toString(),
          () -> now);

  @Test
  void aScheduledMailFailsWholeWhenItIsDue() {
    SendJob job = later(Duration.ofHours(1));
    suppress(Kind.BOUNCE);
    pass(Duration.ofHours(1));
    worker.send(job);
    worker.send(job);
    failed(
        job,
        "RECIPIENT_SUPPRESSED: bob@example.com is suppressed since 2046-03-16T10:00:00Z:"
            + " a mail to it bounced for good.");
    assertThat(fixture.events(job))
        .extracting(Event::type)
        .containsExactly("message.scheduled", "message.failed");
    assertThat(fixture.events(job).getLast().detail())
        .containsEntry("to", "ann@example.com\nBob@example.com")
        .containsEntry("reason", reasons(job).getFirst());
  }

  @Test
  void aMovedMailFailsAtItsNewTime() {
    SendJob job = later(Duration.ofHours(1));
    suppress(Kind.COMPLAINT);
    assertThat(sends.reschedule(fixture.account(), job.inboxId(), job.key(), now)).isPresent();
    worker.send(job);
    failed(
        job,
        "RECIPIENT_SUPPRESSED: bob@example.com is suppressed since 2046-03-16T10:00:00Z:"
            + " a mail to it was complained of.");
  }

  @Test
  void aMailThatWaitedForATransportFailsAndGivesItsQuotaBack() {
    SendJob job = atOnce();
    sends.park(job);
    assertThat(used()).isEqualTo(2);
    suppress(Kind.BOUNCE);
    long other = used() - 2;
    worker.send(job);
    failed(job, reason());
    assertThat(used()).isEqualTo(other);
  }

  @Test
  void aMailResolvedToBeSentAgainFails() {
    SendJob job = atOnce();
    Message marked = sends.attempting(claimed(job)).orElseThrow();
    sends.settle(fixture.account(), marked, way -> Settlement.lost(way, now));
    suppress(Kind.BOUNCE);
    pass(Duration.ofSeconds(1));
    assertThat(sends.resolve(fixture.account(), job.inboxId(), job.key(), one -> one, true))
        .isPresent();
    worker.send(job);
    failed(job, reason());
  }

  @Test
  void aMailWhoseWorkerIsGoneFails() {
    SendJob job = atOnce();
    Message claimed = claimed(job);
    suppress(Kind.BOUNCE);
    worker.send(job);
    assertThat(found(job).status()).as("the worker may still be at it").isEqualTo("sending");
    pass(Sends.LEASE.plusSeconds(1));
    worker.send(job);
    failed(job, reason());
    assertThat(sends.attempting(claimed)).as("the first comes back").isEmpty();
  }

  @Test
  void aMailOfAPausedAccountFailsWhenItIsResumed() {
    SendJob job = atOnce();
    String account = fixture.account().id();
    wiring.accounts().setStatus(account, AccountStatus.UNDER_REVIEW, now);
    worker.send(job);
    suppress(Kind.BOUNCE);
    wiring.accounts().setStatus(account, AccountStatus.ACTIVE, now);
    pass(Duration.ofHours(1));
    worker.send(job);
    failed(job, reason());
  }

  @Test
  void whatIsLiftedMeanwhileIsSentAndWhatTheCallJudgedJustNowIsNotJudgedAgain() {
    SendJob lifted = later(Duration.ofHours(1));
    SendJob quick = atOnce();
    suppress(Kind.BOUNCE);
    worker.send(quick);
    assertThat(transport.times(quick.key().id())).as("asked for before the bounce").hasSize(1);
    wiring.suppressions().remove(fixture.account().id(), "bob@example.com");
    pass(Duration.ofHours(1));
    worker.send(lifted);
    assertThat(transport.times(lifted.key().id())).hasSize(1);
  }

  private SendJob later(Duration in) {
    return fixture.submitTo(TWO, "waits", Optional.of(now.plus(in)), now);
  }

  private SendJob atOnce() {
    return fixture.submitTo(TWO, "quick", Optional.empty(), now);
  }

  private Message claimed(SendJob job) {
    Claim claim = sends.claim(fixture.account(), found(job), "gone", Optional.empty());
    return ((Claim.Mine) claim).message();
  }

  /** Another mail to Bob comes back. */
  private void suppress(Kind kind) {
    SendJob other = fixture.submitTo(List.of("Bob@example.com"), "other", Optional.empty(), now);
    DeliveryNews.Recipient bob =
        new DeliveryNews.Recipient("bob@example.com", Optional.of("550"), Optional.of("unknown"));
    SendTags tags = new SendTags(other.accountId(), other.inboxId(), other.key(), "another");
    assertThat(
            sends.report(
                fixture.account(),
                new DeliveryNews(
                    kind, tags, now, Optional.empty(), Optional.empty(), List.of(bob), true, "")))
        .isTrue();
  }

  private void failed(SendJob job, String reason) {
    assertThat(found(job).status()).isEqualTo("failed");
    assertThat(reasons(job)).containsExactly(reason, reason);
    assertThat(transport.times(job.key().id())).isEmpty();
    assertThat(found(job).outgoing().flatMap(Outgoing::counted)).isEmpty();
    assertThat(fixture.events(job).getLast().type()).isEqualTo("message.failed");
  }

  private List<String> reasons(SendJob job) {
    return found(job).outgoing().orElseThrow().recipients().stream()
        .map(SendRecipient::reason)
        .flatMap(Optional::stream)
        .toList();
  }

  private String reason() {
    return "RECIPIENT_SUPPRESSED: bob@example.com is suppressed since 2046-03-16T10:00:00Z:"
        + " a mail to it bounced for good.";
  }

  private long used() {
    return wiring.sendQuota().used(fixture.account().id(), now);
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private Message found(SendJob job) {
    return sends.find(job.inboxId(), job.key()).orElseThrow();
  }
}
