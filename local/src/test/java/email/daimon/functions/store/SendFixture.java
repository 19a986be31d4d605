package email.daimon.functions.store;

import email.daimon.functions.Wiring;
import email.daimon.functions.store.Inboxes.Creation;
import email.daimon.functions.store.Sends.Submitted;
import email.daimon.functions.testing.TestAccounts;
import email.daimon.model.Account;
import email.daimon.model.Event;
import email.daimon.model.Inbox;
import email.daimon.model.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An account without a daily limit and its inboxes, for tests that send. */
public final class SendFixture {
  private final Wiring wiring;
  private final List<Inbox> inboxes = new ArrayList<>();

  public SendFixture(Wiring wiring, int count, Instant now) {
    this.wiring = wiring;
    for (int i = 0; i < count; i++) {
      Inbox inbox = TestAccounts.inbox("inbox_" + i, TestMail.ACCOUNT.id(), "agent-" + i, now);
      Creation creation =
          wiring
              .inboxes()
              .create(
                  TestAccounts.opening(
                      inbox, i == 0 ? Optional.of(account(now)) : Optional.empty()));
      if (!(creation instanceof Creation.Created)) {
        throw new AssertionError(creation);
      }
      inboxes.add(inbox);
    }
  }

  /** The account as it is now. */
  public Account account() {
    return wiring.accounts().find(TestMail.ACCOUNT.id()).orElseThrow();
  }

  /** Asks one of the inboxes to send a mail at a time. */
  public SendJob submit(String name, int inbox, Instant at, Instant now) {
    Submission submission = TestSend.named(name).at(at).submission(inboxes.get(inbox).id(), now);
    return SendJob.of(((Submitted.Stored) wiring.sends().submit(submission)).message());
  }

  /** Asks the first inbox to send a mail in a thread at a time. */
  public SendJob submitIn(String thread, String name, Instant at, Instant now) {
    Submission submission =
        TestSend.named(name).in(thread).at(at).submission(inboxes.getFirst().id(), now);
    return SendJob.of(((Submitted.Stored) wiring.sends().submit(submission)).message());
  }

  /** Asks the first inbox to send a mail to so many, at once or at a time. */
  public SendJob submitTo(List<String> to, String name, Optional<Instant> at, Instant now) {
    TestSend send = TestSend.named(name).to(to.toArray(String[]::new));
    Submission submission = at.map(send::at).orElse(send).submission(inboxes.getFirst().id(), now);
    return SendJob.of(((Submitted.Stored) wiring.sends().submit(submission)).message());
  }

  /** What happened to a mail, oldest first. */
  public List<Event> events(SendJob job) {
    return wiring
        .events()
        .page(
            new Events.Request(
                account(),
                Optional.empty(),
                event -> event.message().filter(job.key()::equals).isPresent(),
                100),
            EventPlace.OLDEST)
        .events();
  }

  private static Account account(Instant now) {
    return TestAccounts.account(TestMail.ACCOUNT.id(), Tier.ENTERPRISE, now);
  }
}
