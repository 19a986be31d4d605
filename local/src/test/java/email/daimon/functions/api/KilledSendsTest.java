package email.daimon.functions.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import email.daimon.functions.Wiring;
import email.daimon.functions.aws.AwsClients;
import email.daimon.functions.send.SendHandler;
import email.daimon.functions.sesevents.SesEventsHandler;
import email.daimon.functions.store.SendJob;
import email.daimon.functions.sweep.SweepHandler;
import email.daimon.functions.testing.DyingClients;
import email.daimon.functions.testing.DyingClients.Killed;
import email.daimon.functions.testing.RecordingSqs;
import email.daimon.functions.testing.TimeLeft;
import email.daimon.local.ses.LocalSes;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Message;
import email.daimon.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * Mails sent while everything goes wrong: the API function and the worker are killed after each of
 * their calls to the outside in turn, messages come twice, late and in any order, transactions meet
 * conflicts and lose their answers, SES loses its, drops connections, throttles and refuses. Nobody
 * gets a mail twice; every mail ends sent, bounced or failed, or is unknown where a kill or a fault
 * within its attempt explains it.
 */
final class KilledSendsTest {
  private static final int CALLS_OF_A_SEND = 8;
  private static final int CALLS_OF_A_BATCH = 45;
  private static final int BATCH = 5;
  private static final int SWEEP_EVERY = 50;
  private static final Duration PAST_EVERY_LEASE = Duration.ofMinutes(3);
  private static final Duration VISIBILITY_TIMEOUT = Duration.ofMinutes(6);
  private static final Set<String> OPEN = Set.of("queued", "scheduled", "sending");
  @TempDir private Path folder;
  private final Random random = new Random(20261121);
  private final TestApi api =
      new TestApi(
          Map.of(
              "DEFAULT_TIER", "enterprise", "SES_CONFIGURATION_SET", LocalSes.CONFIGURATION_SET));
  private final RecordingSqs queue = new RecordingSqs();
  private final EmulatedServices services = EmulatedServices.shared();
  private final SendTally tally = new SendTally();
  private final SendFaults faults = new SendFaults(random, tally);
  private final SendAttempts attempts = new SendAttempts();
  private final UnrulyQueue jobs =
      new UnrulyQueue(
          api.clock,
          random,
          new UnrulyQueue.Lines(Injected.JOBS_DOUBLED, Injected.JOBS_LATE, Injected.JOBS_OVERTAKEN),
          tally,
          SQSMessage::getBody);
  private final UnrulyQueue reports =
      new UnrulyQueue(
          api.clock,
          random,
          new UnrulyQueue.Lines(
              Injected.REPORTS_DOUBLED, Injected.REPORTS_LATE, Injected.REPORTS_OVERTAKEN),
          tally,
          KilledSendsTest::mailOfReport);
  private LocalSes ses;
  private AwsClients clients;
  private Wiring wiring;
  private SweepHandler sweep;
  private String reportsUrl;
  private int turn;

  @Test
  void nobodyGetsAMailTwice() throws IOException {
    run(150);
  }

  @Test
  @Tag("slow")
  void nobodyGetsAMailTwiceOfManyMore() throws IOException {
    int mails = Integer.getInteger("daimon.sends", 10_000);
    run(mails);
    assertThat(tally.never()).as("never done to %d mails", mails).isEmpty();
  }

  private void run(int mails) throws IOException {
    String name = "killed-sends-events-" + mails;
    ses = new LocalSes(folder, name, api.clock);
    SqsClient sqs = services.clients().sqs();
    reportsUrl = sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
    clients =
        faults.on(attempts.seeing(services.clients().withSqs(queue.client()).withSes(ses.client)));
    wiring = wiring(clients);
    sweep = new SweepHandler(wiring);
    var own = api.open("killed-sends");
    sweep();
    List<String> ids = new ArrayList<>();
    faults.begin(services.faults(), ses.faults);
    try (var _ = ses.carrier()) {
      for (int i = 0; i < mails; i++) {
        ids.add(ask(own, new PlannedMail(i)));
        if (i % 10 == 9) {
          api.clock.advance(Duration.ofSeconds(random.nextInt(40)));
          work(random.nextInt(jobs.size() + 1));
          report();
        }
        if (i % SWEEP_EVERY == SWEEP_EVERY - 1) {
          sweep();
        }
      }
      settle(own, ids);
    } finally {
      services.faults().clear();
    }
    SentMails sent = new SentMails(api, own, ses.outbox, attempts);
    String counted = sent.check(ids);
    tally.count(Injected.ATTEMPTS_CUT, attempts.kills());
    new SendsPage(tally.tables(), counted).write(mails);
  }

  private Wiring wiring(AwsClients own) {
    return new Wiring(api.wiring.settings(), own, api.clock, random);
  }

  // The caller repeats the same call until it is answered, as it is told to.
  private String ask(TestApi.Opened own, PlannedMail mail) {
    int number = mail.number();
    TestApi.Call call =
        TestApi.post("/v1/inboxes/" + own.inboxId() + "/send")
            .key(own.inboxKey())
            .header("idempotency-key", "the-same-call-again-" + number)
            .raw(mail.request());
    int killedAfter = number % 2 == 0 ? 1 + number / 2 % CALLS_OF_A_SEND : Integer.MAX_VALUE;
    while (true) {
      DyingClients dying = new DyingClients(killedAfter);
      try {
        SendApiHandler handler = new SendApiHandler(wiring(dying.of(clients)));
        TestApi.Answer answer = api.through(handler, call);
        if (answer.status() == 202 || answer.status() == 200) {
          return answer.result().path("id").asText();
        }
        assertThat(answer.status()).as(answer.body()).isIn(409, 503);
        api.clock.advance(Duration.ofSeconds(31));
      } catch (Killed _) {
        tally.apiKilledAfter(MailRows.words(dying.lastCall().orElseThrow()));
      } finally {
        killedAfter = Integer.MAX_VALUE;
        collect();
      }
    }
  }

  private void collect() {
    synchronized (queue.sent()) {
      for (SendMessageRequest message : queue.sent()) {
        Duration delay =
            Duration.ofSeconds(Optional.ofNullable(message.delaySeconds()).orElse(0).longValue());
        if (message.queueUrl().equals(url(SesEventsHandler.QUEUE))) {
          reports.put(RecordingSqs.message(message), delay);
        } else if (message.queueUrl().equals(url(SendJob.QUEUE))) {
          // The sweep has jobs of its own beside these.
          jobs.put(RecordingSqs.message(message), delay);
        }
      }
      queue.clear();
    }
  }

  private String url(String role) {
    return api.wiring.settings().queueUrl(role);
  }

  private void work(int messages) {
    for (int left = messages; left > 0; left -= BATCH) {
      List<SQSMessage> batch = jobs.receive(BATCH);
      if (batch.isEmpty()) {
        return;
      }
      DyingClients dying =
          new DyingClients(turn++ % 2 == 0 ? 1 + turn / 2 % CALLS_OF_A_BATCH : Integer.MAX_VALUE);
      Wiring process = wiring(attempts.watching(dying.of(clients)));
      try {
        Set<String> failed =
            new SendHandler(process)
                .handleRequest(event(batch), null).getBatchItemFailures().stream()
                    .map(one -> one.getItemIdentifier())
                    .collect(Collectors.toSet());
        jobs.back(
            batch.stream().filter(one -> failed.contains(one.getMessageId())).toList(),
            VISIBILITY_TIMEOUT);
      } catch (Killed _) {
        tally.workerKilledAfter(MailRows.words(dying.lastCall().orElseThrow()));
        // What was not deleted comes back, and may come at once.
        tally.count(Injected.JOBS_AGAIN, batch.size());
        jobs.back(batch, random.nextBoolean() ? Duration.ZERO : VISIBILITY_TIMEOUT);
      }
      collect();
    }
  }

  /** Hands on the reports whose time has come; returns whether there were any. */
  private boolean report() {
    SqsClient sqs = services.clients().sqs();
    while (true) {
      var messages =
          sqs.receiveMessage(r -> r.queueUrl(reportsUrl).maxNumberOfMessages(10)).messages();
      if (messages.isEmpty()) {
        break;
      }
      messages.forEach(m -> {
        reports.put(RecordingSqs.message(m.body()), Duration.ZERO);
        var _ = sqs.deleteMessage(r -> r.queueUrl(reportsUrl).receiptHandle(m.receiptHandle()));
      });
    }
    SesEventsHandler handler = new SesEventsHandler(wiring);
    boolean some = false;
    for (var batch = reports.receive(10); !batch.isEmpty(); batch = reports.receive(10)) {
      assertThat(handler.handleRequest(event(batch), null).getBatchItemFailures()).isEmpty();
      some = true;
    }
    collect();
    return some;
  }

  private static String mailOfReport(SQSMessage message) {
    try {
      var envelope = Json.parse(message.getBody().getBytes(StandardCharsets.UTF_8));
      return Json.parse(envelope.path("Message").asText().getBytes(StandardCharsets.UTF_8))
          .path("mail")
          .path("messageId")
          .asText();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SQSEvent event(List<SQSMessage> batch) {
    return RecordingSqs.event(batch.toArray(SQSMessage[]::new));
  }

  private void sweep() {
    var _ = sweep.handleRequest(new ScheduledEvent(), TimeLeft.of(Duration.ZERO));
    collect();
  }

  private void settle(TestApi.Opened own, List<String> ids) {
    List<Message> open = messages(own, ids);
    for (int round = 0; round < 200; round++) {
      work(jobs.size());
      await().atMost(Duration.ofMinutes(2)).until(this::allIsTold);
      boolean some = report();
      open = messages(own, open.stream().map(Message::id).toList());
      open = open.stream().filter(message -> OPEN.contains(message.status())).toList();
      if (!some && open.isEmpty() && jobs.isEmpty() && reports.isEmpty()) {
        return;
      }
      api.clock.advance(PAST_EVERY_LEASE);
      sweep();
    }
    throw new AssertionError(
        "still open: " + open.stream().map(message -> message.outgoing().orElseThrow()).toList());
  }

  // SES has reported on every mail that it took.
  private boolean allIsTold() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("outbox"))) {
      return files.noneMatch(file -> file.toString().endsWith(".new"));
    }
  }

  private List<Message> messages(TestApi.Opened own, List<String> ids) {
    return ids.stream()
        .map(id -> wiring.mailbox().message(own.inboxId(), id).orElseThrow())
        .toList();
  }
}
