package email.daimon.functions.store;

import static email.daimon.functions.store.StoreTestHouse.INBOX;
import static email.daimon.functions.store.TestMail.ACCOUNT;
import static email.daimon.functions.store.TestMail.named;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.Sends.Claim;
import email.daimon.functions.store.Sends.Submitted;
import email.daimon.model.AccountStatus;
import email.daimon.model.DeliveryNews;
import email.daimon.model.DeliveryNews.Kind;
import email.daimon.model.Event;
import email.daimon.model.EventType;
import email.daimon.model.Message;
import email.daimon.model.SendTags;
import email.daimon.model.Subscription;
import email.daimon.model.Tier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each type of events is written by the fact that it names, once, and where it belongs. */
final class EventTypesTest {
  private final StoreTestHouse house = new StoreTestHouse(Map.of("INBOUND_RATE", "3"));
  private final Sends sends = house.wiring.sends();
  private final List<String> told = new ArrayList<>();
  private int seen;

  @Test
  void everyTypeIsWrittenByItsFact() {
    mailsComeIn();
    aThreadChanges();
    mailsAreSent();
    mailsAreNotSent();
    aMailIsUnknown();
    theAccountChanges();

    assertThat(told).containsExactlyInAnyOrderElementsOf(typesWithoutWebhooks());
    assertThat(house.events())
        .allSatisfy(event ->
            assertThat(event.inboxId().isPresent())
                .as(event.type())
                .isEqualTo(EventType.named(event.type()).orElseThrow().inInbox()));
  }

  private void mailsComeIn() {
    house.store(named("a"));
    expect(EventType.MESSAGE_RECEIVED);
    house.store(named("s").labelled("spam"));
    expect(EventType.MESSAGE_FLAGGED);
    house.store(named("v").labelled("virus"));
    expect(EventType.MESSAGE_QUARANTINED);
    house.store(named("b").labelled("blocked"));
    expect();
    house.store(named("f"));
    expect("message.received", "inbox.flooded");
    told.remove("message.received");
  }

  private void aThreadChanges() {
    String thread = house.message(named("a")).threadId();
    house.mailbox.label(ACCOUNT, INBOX, thread, _ -> Set.of("vip"));
    expect(EventType.THREAD_UPDATED);
    house.mailbox.label(ACCOUNT, INBOX, thread, _ -> Set.of("vip"));
    expect();
    house.mailbox.markRead(ACCOUNT, INBOX, thread);
    expect(EventType.THREAD_UPDATED);
    house.mailbox.deleteThread(ACCOUNT, INBOX, thread);
    expect(EventType.THREAD_DELETED);
    told.remove("thread.updated");
  }

  private void mailsAreSent() {
    SendJob job = out(submitted(TestSend.named("x").to("ann@example.com", "bob@example.com")));
    expect(EventType.MESSAGE_QUEUED);
    report(job, Kind.SEND, "ann@example.com", "bob@example.com");
    expect();
    report(job, Kind.DELAY, "ann@example.com");
    expect(EventType.MESSAGE_DELAYED);
    report(job, Kind.DELIVERY, "ann@example.com");
    expect(EventType.MESSAGE_SENT);
    report(job, Kind.BOUNCE, "bob@example.com");
    expect(EventType.MESSAGE_BOUNCED);
    report(job, Kind.COMPLAINT, "ann@example.com");
    expect(EventType.MESSAGE_COMPLAINED);
    assertThat(house.events().getLast().detail()).containsEntry("to", "ann@example.com");
  }

  private void mailsAreNotSent() {
    Message later = submitted(TestSend.named("l").at(house.now().plus(Duration.ofHours(1))));
    expect(EventType.MESSAGE_SCHEDULED);
    sends.cancel(ACCOUNT, INBOX, later.key());
    expect(EventType.MESSAGE_CANCELLED);
    SendJob rejected = out(submitted(TestSend.named("r")));
    report(rejected, Kind.REJECT);
    expect("message.queued", "message.failed");
    told.remove("message.queued");
  }

  private void aMailIsUnknown() {
    SendJob job = SendJob.of(submitted(TestSend.named("u")));
    sends.attempting(mine(job));
    house.pass(Sends.LEASE.plusSeconds(1));
    claim(job, "two");
    expect(EventType.MESSAGE_QUEUED);
    house.pass(Sends.UNTIL_UNKNOWN);
    claim(job, "three");
    expect(EventType.MESSAGE_UNKNOWN);
    report(job, Kind.SEND);
    expect(EventType.MESSAGE_RESOLVED);
    told.remove("message.queued");
  }

  private void theAccountChanges() {
    new SendFixture(house.wiring, 1, house.now());
    // Later than the inbox's time: across inboxes and account the order is that of the clock.
    house.pass(Duration.ofMinutes(1));
    change(Tier.FREE);
    expect(EventType.ACCOUNT_DOWNGRADED);
    change(Tier.GROWTH);
    expect(EventType.ACCOUNT_UPGRADED);
    status(AccountStatus.UNDER_REVIEW);
    expect(EventType.ACCOUNT_UNDER_REVIEW);
    status(AccountStatus.SUSPENDED);
    expect(EventType.ACCOUNT_SUSPENDED);
    status(AccountStatus.ACTIVE);
    expect(EventType.ACCOUNT_RESUMED);
  }

  private static List<String> typesWithoutWebhooks() {
    return Arrays.stream(EventType.values())
        .map(EventType::wireName)
        .filter(name -> !name.startsWith("webhook."))
        .toList();
  }

  private void expect(EventType type) {
    expect(type.wireName());
  }

  private void expect(String... types) {
    List<Event> events = house.events();
    assertThat(events.subList(seen, events.size())).extracting(Event::type).containsExactly(types);
    seen = events.size();
    told.addAll(List.of(types));
  }

  private Message submitted(TestSend send) {
    return ((Submitted.Stored) sends.submit(send.submission(INBOX, house.now()))).message();
  }

  private SendJob out(Message message) {
    SendJob job = SendJob.of(message);
    Message marked = sends.attempting(mine(job)).orElseThrow();
    sends.settle(
        ACCOUNT, marked, way -> way.accepted(house.now(), "0100", Optional.of("<0100@ses>")));
    return job;
  }

  private Message mine(SendJob job) {
    return ((Claim.Mine) claim(job, "one")).message();
  }

  private Claim claim(SendJob job, String attempt) {
    Message read = sends.find(job.inboxId(), job.key()).orElseThrow();
    return sends.claim(ACCOUNT, read, attempt, Optional.empty());
  }

  private void report(SendJob job, Kind kind, String... recipients) {
    sends.report(
        ACCOUNT,
        new DeliveryNews(
            kind,
            new SendTags(job.accountId(), job.inboxId(), job.key(), "one"),
            house.now(),
            Optional.of("0100"),
            Optional.of("<0100@ses>"),
            Arrays.stream(recipients)
                .map(one -> new DeliveryNews.Recipient(one, Optional.empty(), Optional.empty()))
                .toList(),
            true,
            ""));
  }

  private void change(Tier to) {
    house
        .wiring
        .accounts()
        .changeTier(
            new TierChange(
                ACCOUNT.id(),
                to,
                true,
                Optional.of(Subscription.NONE),
                Optional.empty(),
                "to " + to,
                house.now(),
                (_, _) -> {}));
  }

  private void status(AccountStatus status) {
    house.wiring.accounts().setStatus(ACCOUNT.id(), status, house.now());
  }
}
