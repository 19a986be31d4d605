package email.daimon.functions.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
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
import email.daimon.local.services.Fault;
import email.daimon.local.ses.Carrier;
import email.daimon.local.ses.LocalSes;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Message;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.sesv2.SesV2Client;
import software.amazon.awssdk.services.sesv2.model.SendEmailRequest;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Mails sent while everything goes wrong: the API function and the worker are killed after each of
 * their calls to the outside in turn, queue messages come twice, late and in any order,
 * transactions meet conflicts and lose their answers, SES loses its. Nobody gets a mail twice;
 * every mail ends sent, bounced or failed, or is unknown where a kill or a lost answer within its
 * attempt explains it.
 */
final class KilledSendsTest {
  private static final int CALLS_OF_A_SEND = 14;
  private static final int BATCH = 5;
  private static final Duration PAST_EVERY_LEASE = Duration.ofMinutes(3);
  @TempDir private Path folder;
  private final Random random = new Random(20261121);
  private final TestApi api =
      new TestApi(
          Map.of(
              "DEFAULT_TIER", "enterprise", "SES_CONFIGURATION_SET", LocalSes.CONFIGURATION_SET));
  private final RecordingSqs queue = new RecordingSqs();
  private final List<SQSEvent.SQSMessage> waiting = new ArrayList<>();
  private final List<SQSEvent.SQSMessage> deferred = new ArrayList<>();
  private final Set<String> hurt = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> counts = new ConcurrentSkipListMap<>();
  private final EmulatedServices services = EmulatedServices.shared();
  private LocalSes ses;
  private Wiring wiring;
  private String eventsUrl;
  private int turn;

  @Test
  void nobodyGetsAMailTwice() throws IOException {
    run(150);
  }

  @Test
  @Tag("slow")
  void nobodyGetsAMailTwiceOfManyMore() throws IOException {
    run(Integer.getInteger("daimon.sends", 10_000));
  }

  private void run(int mails) throws IOException {
    String name = "killed-sends-events-" + mails;
    ses = new LocalSes(folder, name, api.clock);
    SqsClient sqs = services.clients().sqs();
    eventsUrl = sqs.getQueueUrl(r -> r.queueName(name)).queueUrl();
    wiring = wiring(clients());
    var own = api.open("killed-sends");
    SweepHandler sweep = new SweepHandler(wiring);
    sweep.handleRequest(new ScheduledEvent(), TimeLeft.of(Duration.ZERO));
    trouble();
    List<String> ids = new ArrayList<>();
    try (Carrier _ = ses.carrier()) {
      for (int i = 0; i < mails; i++) {
        ids.add(ask(own, i));
        if (i % 10 == 9) {
          work(random.nextInt(waiting.size() + 1));
          events();
        }
      }
      settle(own, ids, sweep);
    } finally {
      services.faults().clear();
    }
    check(own, ids, mails);
  }

  private AwsClients clients() {
    return services.clients().withSqs(queue.client()).withSes(noticing(ses.client));
  }

  // Remembers the mails whose call of SES gave no answer.
  private SesV2Client noticing(SesV2Client client) {
    return (SesV2Client)
        Proxy.newProxyInstance(
            SesV2Client.class.getClassLoader(),
            new Class<?>[] {SesV2Client.class},
            (_, method, arguments) -> {
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                if (arguments[0] instanceof SendEmailRequest request) {
                  count("SES calls failed or lost");
                  request.emailTags().stream()
                      .filter(tag -> tag.name().equals("message"))
                      .forEach(
                          tag -> hurt.add(tag.value().substring(tag.value().indexOf('-') + 1)));
                }
                throw e.getCause();
              }
            });
  }

  private Wiring wiring(AwsClients clients) {
    return new Wiring(api.wiring.settings(), clients, api.clock, random);
  }

  private void trouble() {
    for (Fault.Action action : List.of(Fault.Action.CONFLICT, Fault.Action.LOSE)) {
      services
          .faults()
          .randomly(new Fault(Fault.Step.DB_WRITE, action, Duration.ZERO), 0.03, random);
    }
    ses.faults.randomly(
        new Fault(Fault.Step.SES_SEND, Fault.Action.LOSE, Duration.ZERO), 0.03, random);
    ses.faults.randomly(
        new Fault(
            Fault.Step.SES_SEND,
            Fault.Action.FAIL,
            Duration.ZERO,
            Optional.of(Fault.Failure.BROKEN)),
        0.02,
        random);
    ses.faults.randomly(
        new Fault(
            Fault.Step.SES_SEND,
            Fault.Action.FAIL,
            Duration.ZERO,
            Optional.of(Fault.Failure.THROTTLED)),
        0.02,
        random);
    ses.faults.randomly(
        new Fault(Fault.Step.SES_SEND, Fault.Action.TWICE, Duration.ZERO), 0.05, random);
  }

  // The caller repeats the same call until it is answered, as it is told to.
  private String ask(TestApi.Opened own, int number) {
    String to =
        number % 20 == 7
            ? "bounce+" + number + "@simulator.amazonses.com"
            : "r" + number + "@example.com";
    TestApi.Call call =
        TestApi.post("/v1/inboxes/" + own.inboxId() + "/send")
            .key(own.inboxKey())
            .header("idempotency-key", "the-same-call-again-" + number)
            .body("{'to': '" + to + "', 'subject': 's" + number + "', 'text': 'hello'}");
    Optional<Integer> killedAfter =
        number % 2 == 0 ? Optional.of(1 + number / 2 % CALLS_OF_A_SEND) : Optional.empty();
    while (true) {
      try {
        SendApiHandler handler = new SendApiHandler(wiring(dying(killedAfter)));
        TestApi.Answer answer = api.through(handler, call);
        if (answer.status() == 202 || answer.status() == 200) {
          return answer.result().path("id").asText();
        }
        assertThat(answer.status()).as(answer.body()).isIn(409, 503);
        count("calls told to come again");
        api.clock.advance(Duration.ofSeconds(31));
      } catch (Killed _) {
        count("API function killed");
      } finally {
        killedAfter = Optional.empty();
        collect();
      }
    }
  }

  private AwsClients dying(Optional<Integer> after) {
    return after.map(last -> new DyingClients(last).of(clients())).orElseGet(this::clients);
  }

  private void collect() {
    synchronized (queue.sent()) {
      for (var message : queue.sent()) {
        if (message.queueUrl().equals(api.wiring.settings().queueUrl(SesEventsHandler.QUEUE))) {
          count("reports of SES deferred");
          deferred.add(RecordingSqs.message(message));
          continue;
        }
        if (!message.queueUrl().equals(api.wiring.settings().queueUrl(SendJob.QUEUE))) {
          // The sweep has jobs of its own.
          continue;
        }
        waiting.add(RecordingSqs.message(message));
        if (random.nextInt(20) == 0) {
          count("queue messages doubled");
          waiting.add(RecordingSqs.message(message));
        }
      }
      queue.clear();
    }
  }

  private void work(int messages) {
    for (int left = messages; left > 0 && !waiting.isEmpty(); left -= BATCH) {
      List<SQSEvent.SQSMessage> batch = new ArrayList<>();
      for (int i = 0; i < BATCH && !waiting.isEmpty(); i++) {
        batch.add(waiting.remove(random.nextInt(waiting.size())));
      }
      Optional<Integer> killedAfter =
          turn++ % 2 == 0
              ? Optional.of(1 + turn / 2 % (BATCH * CALLS_OF_A_SEND))
              : Optional.empty();
      SQSEvent event = RecordingSqs.event(batch.toArray(SQSEvent.SQSMessage[]::new));
      try {
        new SendHandler(wiring(dying(killedAfter))).handleRequest(event, null);
      } catch (Killed _) {
        count("worker killed");
        batch.forEach(message -> hurt.add(SendJob.parse(message.getBody()).key().id()));
        // What was not deleted comes back.
        waiting.addAll(batch);
      }
      collect();
    }
  }

  private int events() {
    SesEventsHandler handler = new SesEventsHandler(wiring);
    SqsClient sqs = services.clients().sqs();
    int all = deferred.size();
    List<SQSEvent.SQSMessage> again = List.copyOf(deferred);
    deferred.clear();
    again.forEach(message -> handle(handler, List.of(message)));
    while (true) {
      var messages =
          sqs.receiveMessage(r -> r.queueUrl(eventsUrl).maxNumberOfMessages(10)).messages();
      if (messages.isEmpty()) {
        collect();
        return all;
      }
      handle(handler, messages.stream().map(m -> RecordingSqs.message(m.body())).toList());
      messages.forEach(m -> {
        var _ = sqs.deleteMessage(r -> r.queueUrl(eventsUrl).receiptHandle(m.receiptHandle()));
      });
      all += messages.size();
    }
  }

  private static void handle(SesEventsHandler handler, List<SQSEvent.SQSMessage> batch) {
    SQSEvent event = RecordingSqs.event(batch.toArray(SQSEvent.SQSMessage[]::new));
    assertThat(handler.handleRequest(event, null).getBatchItemFailures()).isEmpty();
  }

  private void settle(TestApi.Opened own, List<String> ids, SweepHandler sweep) {
    for (int round = 0; round < 200; round++) {
      work(waiting.size());
      boolean quiet = events() == 0 && waiting.isEmpty() && deferred.isEmpty();
      boolean open =
          messages(own, ids).stream()
              .anyMatch(
                  message -> List.of("queued", "scheduled", "sending").contains(message.status()));
      if (quiet && !open) {
        return;
      }
      api.clock.advance(PAST_EVERY_LEASE);
      sweep.handleRequest(new ScheduledEvent(), TimeLeft.of(Duration.ZERO));
      collect();
    }
    throw new AssertionError(
        "still open: "
            + messages(own, ids).stream()
                .filter(message -> List.of("queued", "sending").contains(message.status()))
                .map(message -> message.outgoing().orElseThrow())
                .toList());
  }

  private List<Message> messages(TestApi.Opened own, List<String> ids) {
    return ids.stream()
        .map(id -> wiring.mailbox().message(own.inboxId(), id).orElseThrow())
        .toList();
  }

  private void check(TestApi.Opened own, List<String> ids, int mails) throws IOException {
    Map<String, Integer> copies = new TreeMap<>();
    ses.outbox
        .list(Optional.empty(), Integer.MAX_VALUE)
        .forEach(mail -> mail.recipients().forEach(to -> copies.merge(to, 1, Integer::sum)));
    assertThat(copies.values()).as("copies of a mail").containsOnly(1);
    assertThat(new HashSet<>(ids)).hasSize(mails);
    Map<String, Integer> ends = new TreeMap<>();
    for (Message message : messages(own, ids)) {
      ends.merge(message.status(), 1, Integer::sum);
      String to = message.to().getFirst();
      switch (message.status()) {
        case "sent", "bounced" -> assertThat(copies).containsKey(to);
        case "failed" -> assertThat(copies).doesNotContainKey(to);
        case "unknown" -> {
          assertThat(copies).as("told by SES, yet unknown").doesNotContainKey(to);
          assertThat(hurt).as("unknown without a cause").contains(message.id());
        }
        default -> throw new AssertionError(message.id() + " is " + message.status());
      }
    }
    checkQuota(messages(own, ids));
    table(mails, copies.size(), ends);
  }

  // No kill leaves counted what was not stored, nor uncounted what was.
  private void checkQuota(List<Message> messages) {
    Map<Instant, Integer> counted = new TreeMap<>();
    for (Message message : messages) {
      message
          .outgoing()
          .orElseThrow()
          .counted()
          .ifPresent(use -> counted.merge(use.day(), use.recipients(), Integer::sum));
    }
    String account = messages.getFirst().accountId();
    assertThat(counted).isNotEmpty();
    counted.forEach((day, recipients) ->
        assertThat(wiring.sendQuota().used(account, day)).isEqualTo(recipients.longValue()));
  }

  private void table(int mails, int accepted, Map<String, Integer> ends) throws IOException {
    StringBuilder page = new StringBuilder();
    page.append("| injected | times |\n|---|---|\n");
    counts.forEach((what, times) -> page.append("| %s | %d |%n".formatted(what, times)));
    page.append("\n| counted | |\n|---|---|\n");
    page.append("| mails asked for | %d |%n".formatted(mails));
    page.append("| taken by SES, each once | %d |%n".formatted(accepted));
    ends.forEach((status, number) -> page.append("| %s | %d |%n".formatted(status, number)));
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "sends-under-faults-" + mails + ".md"), page);
    System.out.println(page);
  }

  private void count(String what) {
    counts.merge(what, 1, Integer::sum);
  }
}
