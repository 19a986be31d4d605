package email.daimon.functions.store;

import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.aws.AwsClients;
import email.daimon.functions.jobs.JobsHandler;
import email.daimon.functions.store.Webhooks.Creation;
import email.daimon.functions.testing.RecordingSqs;
import email.daimon.functions.testing.TestAccounts;
import email.daimon.functions.testing.TestWebhooks;
import email.daimon.functions.testing.TimeLeft;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Account;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.Endpoint;
import email.daimon.model.Event;
import email.daimon.model.EventShards;
import email.daimon.model.EventType;
import email.daimon.model.Ids;
import email.daimon.model.Inbox;
import email.daimon.model.Tier;
import email.daimon.model.WebhookDelivery;
import email.daimon.model.WebhookHealth;
import email.daimon.model.WebhookStatus;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Webhooks of one account on tables of their own, with the function that works on them. */
final class HookHouse {
  /** Of today: what is long over is taken out of the tables. */
  static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(10));

  static final String ACCOUNT = "acc_1";
  static final String URL = "https://hooks.example.com/a";
  private final Map<String, String> environment;
  final RecordingSqs queue = new RecordingSqs();
  final Wiring wiring;
  final List<WebhookCall> calls = new ArrayList<>();
  Instant now = NOW;

  HookHouse() {
    environment = EmulatedServices.shared().environmentWithNewTables();
    wiring = wiring(UnaryOperator.identity());
    Account account = TestAccounts.account(ACCOUNT, Tier.DEVELOPER, NOW);
    commit(new UnitOfWork().put(wiring.mail(), AccountCodec.item(account)));
  }

  /** As another process has it. */
  Wiring wiring(UnaryOperator<AwsClients> change) {
    AwsClients clients = EmulatedServices.shared().clients().withSqs(queue.client());
    return new Wiring(Settings.of(environment), change.apply(clients), () -> now, new Random(1));
  }

  /** A live inbox of the account. */
  void inbox(String id) {
    Inbox inbox = TestAccounts.inbox(id, ACCOUNT, "agent", NOW);
    commit(new UnitOfWork().put(wiring.mail(), InboxCodec.item(inbox, 1)));
  }

  /** The same after its deletion. */
  void deleteInbox(String id) {
    Inbox inbox = TestAccounts.inbox(id, ACCOUNT, "agent", NOW);
    Item deleted = InboxCodec.item(inbox, 2).time("deletedAt", NOW);
    commit(
        new UnitOfWork().put(wiring.mail(), deleted.text("status", Inbox.Status.DELETED.name())));
  }

  void create(String id) {
    create(id, Optional.empty());
  }

  void create(String id, Optional<String> inboxId) {
    Creation creation =
        wiring
            .hooks()
            .webhooks()
            .create(TestWebhooks.wanted(id, ACCOUNT, inboxId, URL, TestWebhooks.NO_SECRET, NOW));
    if (!(creation instanceof Creation.Created)) {
      throw new AssertionError(creation);
    }
  }

  /** As the function that calls webhooks leaves an endpoint. */
  Endpoint stands(String id, WebhookStatus status) {
    Endpoint before = wiring.hooks().endpoints().find(id).orElseThrow();
    Endpoint after =
        new Endpoint(
            id,
            ACCOUNT,
            before.inboxId(),
            before.url(),
            status,
            new WebhookHealth(
                7, Optional.of(NOW), Optional.empty(), Optional.empty(), Optional.empty(), 2),
            before.dataKey(),
            before.secrets());
    commit(new UnitOfWork().put(wiring.work(), EndpointCodec.item(after)));
    return after;
  }

  /** A delivery of an event of a time, with its row. */
  WebhookDelivery deliver(String webhookId, Instant at, DeliveryStatus status) {
    return wiring
        .hooks()
        .deliveries()
        .plan(
            TestWebhooks.pending(webhookId, Ids.deterministicAt("evt", at, webhookId), at)
                .then(status, 0, List.of(), Optional.empty(), Optional.empty()));
  }

  /** An event row of the account's stream. */
  Event happen(EventType type, Instant at) {
    Event event =
        new Event(
            Ids.deterministicAt("evt", at, "event"),
            ACCOUNT,
            type.wireName(),
            type.inInbox() ? Optional.of("inbox_1") : Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1,
            at,
            Map.of());
    commit(new UnitOfWork().put(wiring.mail(), EventCodec.item(event, EventShards.ONE)));
    return event;
  }

  /** Works on a job and on what it leads to. */
  void run(Wiring by, Job job) {
    wiring.jobQueue().enqueue(List.of(job));
    runOn(by);
  }

  /** Works on what is in the queue, and on what that leads to. */
  void runOn(Wiring by) {
    while (!queue.sent().isEmpty()) {
      step(by);
    }
  }

  /** Takes one job out of the queue, works on it, and takes out the calls that it asks for. */
  void step(Wiring by) {
    String body = queue.sent().removeFirst().messageBody();
    if (isJob(body)
        && !new JobsHandler(by)
            .handleRequest(
                RecordingSqs.event(RecordingSqs.message(body)), TimeLeft.of(Duration.ofMinutes(1)))
            .getBatchItemFailures()
            .isEmpty()) {
      throw new AssertionError("the job failed");
    }
    queue.sent().stream()
        .filter(message -> !isJob(message.messageBody()))
        .forEach(message -> calls.add(WebhookCall.parse(message.messageBody())));
    queue.sent().removeIf(message -> !isJob(message.messageBody()));
  }

  private static boolean isJob(String body) {
    return body.contains("\"type\"");
  }

  /** Types of the account's events of today. */
  List<String> told() {
    return wiring
        .mail()
        .query(query ->
            query
                .keyConditionExpression("pk = :pk")
                .expressionAttributeValues(
                    Map.of(":pk", AttributeValue.fromS(Keys.events(ACCOUNT, NOW, 0)))))
        .items()
        .stream()
        .map(item -> EventCodec.event(Item.read(item)).type())
        .toList();
  }

  static WebhookChange moved(Optional<String> inboxId) {
    return new WebhookChange(
        Optional.empty(),
        Optional.empty(),
        Optional.of(inboxId),
        Optional.empty(),
        Optional.empty());
  }

  static WebhookChange events(Set<String> events) {
    return new WebhookChange(
        Optional.empty(),
        Optional.of(events),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  static WebhookChange url(String url) {
    return new WebhookChange(
        Optional.of(url), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  void commit(UnitOfWork unit) {
    wiring.transactions().run(() -> new Transactions.Attempt.Write<>(unit, unit));
  }
}
