package email.daimon.functions.send;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.SendLimits;
import email.daimon.functions.Wiring;
import email.daimon.functions.store.SendFixture;
import email.daimon.functions.store.SendJob;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * Scheduled mails of one thread that fall due in the same hour: so many go, the rest say why not.
 */
final class ThreadHourTest {
  // Far ahead: the emulator's time to live goes by the machine's clock and takes what is past.
  private Instant now = Instant.parse("2046-03-16T10:00:00Z");
  private final Wiring wiring = EmulatedServices.shared().wiring(() -> now, new Random(11));
  private final SendFixture fixture = new SendFixture(wiring, 1, now);
  private final CountingTransport transport = new CountingTransport(() -> now);
  private final Worker worker =
      new Worker(
          wiring.sends(),
          new Release(
              wiring.sends(),
              wiring.inboxes(),
              wiring.suppressions(),
              new SendLimits("off", 3, 1, false)),
          new Assembly(wiring.documents(), wiring.blobs()),
          transport,
          _ -> Optional.empty(),
          () -> UUID.randomUUID().toString(),
          () -> now);

  @Test
  void theHourOfAThreadIsTakenAtTheRelease() {
    Instant at = now.plus(Duration.ofMinutes(10));
    SendJob first = fixture.submit("hour-0", 0, at, now);
    String thread = found(first).threadId();
    List<SendJob> jobs = new ArrayList<>(List.of(first));
    for (int i = 1; i < 5; i++) {
      jobs.add(fixture.submitIn(thread, "hour-" + i, at, now));
    }
    now = at;
    jobs.forEach(worker::send);
    jobs.forEach(worker::send);
    assertThat(jobs.stream().map(job -> found(job).status()))
        .containsExactly("sent", "sent", "sent", "failed", "failed");
    assertThat(transport.messages()).isEqualTo(3);
    assertThat(found(jobs.getLast()).outgoing().orElseThrow().recipients().getFirst().reason())
        .hasValue("LOOP_SUSPECTED: its thread has had 3 mails within the hour");
    assertThat(wiring.sendQuota().used(fixture.account().id(), now)).isEqualTo(3);
    SendJob later = fixture.submitIn(thread, "hour-5", at.plus(Duration.ofHours(1)), now);
    now = at.plus(Duration.ofHours(1));
    worker.send(later);
    assertThat(found(later).status()).isEqualTo("sent");
  }

  private Message found(SendJob job) {
    return wiring.sends().find(job.inboxId(), job.key()).orElseThrow();
  }
}
