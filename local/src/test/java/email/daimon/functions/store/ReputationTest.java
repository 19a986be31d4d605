package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.store.Sends.Claim;
import email.daimon.functions.store.Sends.Submitted;
import email.daimon.model.AccountStatus;
import email.daimon.model.DeliveryNews;
import email.daimon.model.DeliveryNews.Kind;
import email.daimon.model.Event;
import email.daimon.model.Message;
import email.daimon.model.SendTags;
import email.daimon.policy.SendTally;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an account's mail came to is counted once, and an account that harms is paused. */
final class ReputationTest {
  private static final String ACCOUNT = TestMail.ACCOUNT.id();
  private final StoreTestHouse house = new StoreTestHouse();
  private final Sends sends = house.wiring.sends();
  private final SendFixture fixture = new SendFixture(house.wiring, 1, house.now());

  @Test
  void aReportThatComesTwiceIsCountedOnce() {
    SendJob job = sent("a", 4);
    for (int i = 0; i < 3; i++) {
      report(job, Kind.DELIVERY, 0, 4);
      report(job, Kind.BOUNCE, 0, 2);
      report(job, Kind.COMPLAINT, 1, 3);
    }
    assertThat(total()).isEqualTo(new SendTally(4, 2, 2));
    assertThat(judged()).isEqualTo(new SendTally(4, 2, 2));
  }

  @Test
  void moreThanATenthThatBouncesIsPausedAndSaid() {
    SendJob job = sent("a", 50);
    report(job, Kind.BOUNCE, 0, 10);
    assertThat(status()).as("too few to judge by").isEqualTo(AccountStatus.ACTIVE);
    house.pass(Duration.ofDays(5));
    SendJob other = sent("b", 50);
    report(other, Kind.DELIVERY, 0, 50);
    report(job, Kind.BOUNCE, 0, 10);
    assertThat(status()).as("no more than a tenth").isEqualTo(AccountStatus.ACTIVE);
    report(other, Kind.BOUNCE, 0, 1);
    report(other, Kind.BOUNCE, 0, 4);
    assertThat(status()).isEqualTo(AccountStatus.UNDER_REVIEW);
    assertThat(judged()).as("as it was judged").isEqualTo(new SendTally(100, 11, 0));
    assertThat(total()).isEqualTo(new SendTally(100, 14, 0));
    assertThat(reviews())
        .singleElement()
        .satisfies(event ->
            assertThat(event.detail())
                .containsEntry("from", "active")
                .containsEntry("sent", "100")
                .containsEntry("bounced", "11")
                .containsEntry("complaints", "0"));
  }

  @Test
  void whatWasSentMoreThanSevenDaysAgoDoesNotSpeakAgainstAnAccount() {
    SendJob old = sent("a", 50);
    house.pass(Duration.ofDays(7));
    sent("b", 50);
    sent("c", 49);
    report(old, Kind.BOUNCE, 0, 50);
    assertThat(status()).isEqualTo(AccountStatus.ACTIVE);
    assertThat(judged()).isEqualTo(new SendTally(99, 0, 0));
    assertThat(total()).isEqualTo(new SendTally(149, 50, 0));
  }

  @Test
  void onceLookedAtOnlyWhatIsSentLaterCounts() {
    SendJob first = sent("a", 50);
    SendJob second = sent("b", 50);
    report(first, Kind.BOUNCE, 0, 20);
    assertThat(status()).isEqualTo(AccountStatus.UNDER_REVIEW);
    house.pass(Duration.ofHours(1));
    house.wiring.accounts().setStatus(ACCOUNT, AccountStatus.ACTIVE, house.now());
    assertThat(judged()).isEqualTo(SendTally.NONE);
    report(second, Kind.BOUNCE, 0, 50);
    assertThat(status()).as("sent before it was looked at").isEqualTo(AccountStatus.ACTIVE);
    house.pass(Duration.ofMinutes(1));
    SendJob third = sent("c", 50);
    SendJob fourth = sent("d", 50);
    report(third, Kind.BOUNCE, 0, 10);
    assertThat(status()).isEqualTo(AccountStatus.ACTIVE);
    report(fourth, Kind.BOUNCE, 0, 1);
    assertThat(status()).isEqualTo(AccountStatus.UNDER_REVIEW);
    assertThat(total()).isEqualTo(new SendTally(200, 81, 0));
    assertThat(reviews()).hasSize(2);
  }

  @Test
  void whatTheOperatorHasSuspendedStaysSuspended() {
    SendJob job = sent("a", 50);
    sent("b", 50);
    house.wiring.accounts().setStatus(ACCOUNT, AccountStatus.SUSPENDED, house.now());
    report(job, Kind.BOUNCE, 0, 50);
    assertThat(status()).isEqualTo(AccountStatus.SUSPENDED);
  }

  private SendJob sent(String name, int recipients) {
    TestSend send = TestSend.named(name).to(addresses(0, recipients).toArray(String[]::new));
    Message message =
        ((Submitted.Stored) sends.submit(send.submission("inbox_0", house.now()))).message();
    Claim claim = sends.claim(fixture.account(), message, "one", Optional.empty());
    Message marked = sends.attempting(((Claim.Mine) claim).message()).orElseThrow();
    for (int i = 0; i < 2; i++) {
      sends.settle(
          fixture.account(), marked, way -> way.accepted(house.now(), name, Optional.empty()));
    }
    return SendJob.of(message);
  }

  private void report(SendJob job, Kind kind, int from, int to) {
    DeliveryNews news =
        new DeliveryNews(
            kind,
            new SendTags(ACCOUNT, job.inboxId(), job.key(), "one"),
            house.now(),
            Optional.of(job.key().id()),
            Optional.of("<" + job.key().id() + "@email.amazonses.com>"),
            addresses(from, to).stream()
                .map(one -> new DeliveryNews.Recipient(one, Optional.empty(), Optional.empty()))
                .toList(),
            false,
            "");
    assertThat(sends.report(fixture.account(), news)).isTrue();
  }

  private static List<String> addresses(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "r" + i + "@example.com").toList();
  }

  private AccountStatus status() {
    return fixture.account().status();
  }

  private SendTally total() {
    return house.wiring.accounts().sent(ACCOUNT, house.now()).total();
  }

  private SendTally judged() {
    return house.wiring.accounts().judged(ACCOUNT, house.now());
  }

  private List<Event> reviews() {
    return house.events().stream()
        .filter(event -> event.type().equals("account.under_review"))
        .toList();
  }
}
