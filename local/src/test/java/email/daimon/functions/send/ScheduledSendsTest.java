package email.daimon.functions.send;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import email.daimon.functions.SendLimits;
import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.aws.AwsClients;
import email.daimon.functions.store.SendFixture;
import email.daimon.functions.store.SendJob;
import email.daimon.functions.store.Sends;
import email.daimon.functions.sweep.SweepHandler;
import email.daimon.functions.testing.RecordingSqs;
import email.daimon.functions.testing.TimeLeft;
import email.daimon.local.testing.EmulatedServices;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Scheduled mails under a moved clock: some are cancelled, some moved, some are asked for within
 * the look-ahead, messages come twice, and the sweep is off for 37 minutes. Exactly those that were
 * not cancelled go, once each, at most a minute late.
 */
class ScheduledSendsTest {
  private static final int MINUTES = 120;
  private static final int OFF_FROM = 50;
  private static final int OFF_FOR = 37;
  private static final int BATCH = 10;
  private static final int INBOXES = 50;
  private static final Duration LATE = Duration.ofSeconds(60);
  private final Random random = new Random(20261121);
  // Far ahead: the emulator's time to live goes by the machine's clock and takes what is past.
  private Instant now = Instant.parse("2046-03-16T10:40:00Z");
  private final Instant begun = now;
  private final RecordingSqs sent = new RecordingSqs();
  private final DelayingQueue queue = new DelayingQueue(random, 0.02);
  private final CountingTransport transport = new CountingTransport(() -> now);
  private final Map<String, Instant> wanted = new HashMap<>();
  private final Map<String, SendJob> jobs = new HashMap<>();
  private final List<String> movable = new ArrayList<>();
  private int cancelled;
  private int moved;
  private final EmulatedServices services = EmulatedServices.alone();
  private Wiring wiring;
  private SendFixture fixture;
  private Duration lookAhead;

  @ParameterizedTest
  @ValueSource(ints = {0, 600})
  void eachGoesOnceAndInTime(int lookAheadSeconds) {
    run(300, lookAheadSeconds);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 600})
  @Tag("slow")
  void eachOfManyGoesOnceAndInTime(int lookAheadSeconds) {
    run(Integer.getInteger("daimon.scheduled", 100_000), lookAheadSeconds);
  }

  @AfterEach
  void stop() {
    services.close();
  }

  private void run(int mails, int lookAheadSeconds) {
    wiring = wiring(lookAheadSeconds);
    lookAhead = Duration.ofSeconds(lookAheadSeconds);
    fixture = new SendFixture(wiring, INBOXES, now);
    SendHandler handler =
        new SendHandler(
            Optional.of(worker()),
            wiring.sends(),
            wiring.draftRelease(),
            wiring.deferral(SendJob.QUEUE));
    SweepHandler sweep = new SweepHandler(wiring);
    int asked = 0;
    for (int minute = 0; minute < MINUTES + 65; minute++) {
      now = begun.plus(Duration.ofMinutes(minute));
      boolean off = minute >= OFF_FROM && minute < OFF_FROM + OFF_FOR;
      if (!off) {
        sweep.handleRequest(new ScheduledEvent(), TimeLeft.of(Duration.ZERO));
        collect();
      }
      int until = Math.min(mails, (minute + 1) * mails / (MINUTES / 2));
      for (; asked < until; asked++) {
        ask(asked);
      }
      change();
      work(handler, now.plusSeconds(60));
    }
    check(mails);
  }

  private void ask(int number) {
    Instant at =
        number % 10 == 0
            ? now.plusSeconds(random.nextInt(120))
            : begun.plusMillis(random.nextLong(Duration.ofMinutes(MINUTES).toMillis()));
    at = at.isBefore(now) ? now : at;
    SendJob job = fixture.submit("s" + number, number % INBOXES, at, now);
    String id = job.key().id();
    jobs.put(id, job);
    wanted.put(id, at);
    movable.add(id);
    collect();
    handOver(job, at);
  }

  // As the API does: what is due soon goes to the queue at once as well as to the index.
  private void handOver(SendJob job, Instant at) {
    if (!at.isAfter(now.plus(lookAhead).plus(Sends.UNTIL_SWEPT))) {
      Duration left = Duration.between(now, at);
      wiring
          .queues()
          .send(SendJob.QUEUE, job.json(), left.isNegative() ? Duration.ZERO : left, Map.of());
      collect();
    }
  }

  private void change() {
    for (int i = 0; i < Math.max(1, jobs.size() / 400) && !movable.isEmpty(); i++) {
      String id = movable.remove(random.nextInt(movable.size()));
      SendJob job = jobs.get(id);
      if (random.nextBoolean()) {
        if (wiring.sends().cancel(fixture.account(), job.inboxId(), job.key()).isPresent()) {
          wanted.remove(id);
          cancelled++;
        }
      } else {
        Instant at = now.plusSeconds(random.nextInt(3_600));
        if (wiring
            .sends()
            .reschedule(fixture.account(), job.inboxId(), job.key(), at)
            .isPresent()) {
          wanted.put(id, at);
          moved++;
          handOver(job, at);
        }
      }
    }
  }

  private void work(SendHandler handler, Instant until) {
    while (queue.next().filter(next -> next.isBefore(until)).isPresent()) {
      Instant next = queue.next().orElseThrow();
      now = next.isAfter(now) ? next : now;
      List<SendMessageRequest> there = queue.take(now);
      for (int i = 0; i < there.size(); i += BATCH) {
        List<SendMessageRequest> batch = there.subList(i, Math.min(there.size(), i + BATCH));
        SQSEvent event =
            RecordingSqs.event(
                batch.stream().map(RecordingSqs::message).toArray(SQSEvent.SQSMessage[]::new));
        assertThat(handler.handleRequest(event, null).getBatchItemFailures()).isEmpty();
      }
      collect();
    }
  }

  private void collect() {
    String url = wiring.settings().queueUrl(SendJob.QUEUE);
    sent.sent().stream()
        .filter(message -> message.queueUrl().equals(url))
        .forEach(message -> queue.add(message, now));
    sent.clear();
  }

  private void check(int mails) {
    Instant back = begun.plus(Duration.ofMinutes(OFF_FROM + OFF_FOR));
    Instant off = begun.plus(Duration.ofMinutes(OFF_FROM));
    Duration latest = Duration.ZERO;
    List<String> wrong = new ArrayList<>();
    for (String id : jobs.keySet()) {
      List<Instant> times = transport.times(id);
      Instant at = wanted.get(id);
      if (at == null ? !times.isEmpty() : times.size() != 1) {
        wrong.add(id + " wanted " + at + " sent " + times);
        continue;
      }
      if (at != null) {
        Instant due = !at.isBefore(off) && at.isBefore(back) ? back : at;
        Duration late = Duration.between(due, times.getFirst());
        latest = late.compareTo(latest) > 0 ? late : latest;
        if (times.getFirst().isBefore(at)) {
          wrong.add(id + " early: wanted " + at + " sent " + times);
        }
      }
    }
    System.out.printf(
        "scheduled: %d mails, look-ahead %s: %d cancelled, %d moved, %d messages doubled; %d sent,"
            + " %d wrong, latest %s%n",
        mails,
        lookAhead,
        cancelled,
        moved,
        queue.doubles(),
        transport.messages(),
        wrong.size(),
        latest);
    assertThat(wrong).isEmpty();
    assertThat(latest).isLessThanOrEqualTo(LATE);
    assertThat(jobs).hasSize(mails);
  }

  private Worker worker() {
    return new Worker(
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
  }

  private Wiring wiring(int lookAheadSeconds) {
    Map<String, String> environment = new HashMap<>(services.environmentWithNewTables());
    environment.put("SWEEP_LOOK_AHEAD_SECONDS", Integer.toString(lookAheadSeconds));
    AwsClients clients = services.clients().withSqs(sent.client());
    return new Wiring(Settings.of(environment), clients, () -> now, new Random(1));
  }
}
