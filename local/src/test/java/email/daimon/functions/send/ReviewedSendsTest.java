package email.daimon.functions.send;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.SendLimits;
import email.daimon.functions.Wiring;
import email.daimon.functions.admin.Administration;
import email.daimon.functions.store.SendFixture;
import email.daimon.functions.store.SendJob;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.AccountStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Mails of an account that is paused wait, and go when it is resumed. */
final class ReviewedSendsTest {
  // Far ahead: the emulator's time to live goes by the machine's clock and takes what is past.
  private Instant now = Instant.parse("2046-03-16T10:40:00Z");
  private final Wiring wiring = EmulatedServices.shared().wiring(() -> now, new Random(7));
  private final SendFixture fixture = new SendFixture(wiring, 1, now);
  private final CountingTransport transport = new CountingTransport(() -> now);
  private final Worker worker =
      new Worker(
          wiring.sends(),
          new Release(
              wiring.sends(),
              wiring.inboxes(),
              wiring.suppressions(),
              SendLimits.of(wiring.settings())),
          new Assembly(wiring.documents(), wiring.blobs()),
          transport,
          _ -> Optional.empty(),
          () -> UUID.randomUUID().toString(),
          () -> now);

  @Test
  void aMailUnderReviewWaitsAndGoesOnceItIsLifted() {
    SendJob job = fixture.submit("waits", 0, now, now);
    String account = fixture.account().id();
    wiring.accounts().setStatus(account, AccountStatus.UNDER_REVIEW, now);
    for (int i = 0; i < 3; i++) {
      worker.send(job);
      assertThat(status(job)).isEqualTo("queued");
      now = now.plus(Duration.ofDays(3));
    }
    assertThat(transport.messages()).isZero();
    new Administration(wiring).run(List.of("account", "resume", account));
    worker.send(job);
    worker.send(job);
    assertThat(transport.times(job.key().id())).hasSize(1);
    assertThat(status(job)).isEqualTo("sent");
    assertThat(wiring.accounts().sent(account, now).total().sent()).isOne();
  }

  private String status(SendJob job) {
    return wiring.sends().find(job.inboxId(), job.key()).orElseThrow().status();
  }
}
