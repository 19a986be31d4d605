package email.daimon.functions.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.aws.AwsClients;
import email.daimon.functions.secrets.WebhookSecrets.SealedSecret;
import email.daimon.functions.store.WebhookCall;
import email.daimon.functions.store.WebhookChange;
import email.daimon.functions.store.Webhooks.Changed;
import email.daimon.functions.testing.DyingClients.Killed;
import email.daimon.functions.testing.RecordingSqs;
import email.daimon.functions.testing.TestWebhooks;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Endpoint;
import email.daimon.model.Ids;
import email.daimon.model.WebhookDelivery;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/**
 * The function that calls webhooks on tables of its own, under a clock that goes from one thing
 * that is due to the next: messages of both queues, and entries of the due index, each of which the
 * sweep sends twice.
 */
final class WebhookHouse {
  static final String ACCOUNT = "acc_000000000000000000001";
  private static final Duration HIDDEN = Duration.ofSeconds(240);
  private static final int BATCH = 10;
  private final EmulatedServices services = EmulatedServices.shared();
  private final Map<String, String> environment = environment();
  private final Random random = new Random(7);
  private final RecordingSqs sqs = new RecordingSqs();
  private final PriorityQueue<Waiting> queue =
      new PriorityQueue<>(Comparator.comparing(Waiting::at));
  private final Map<String, Integer> swept = new HashMap<>();
  private final List<String> failures = new ArrayList<>();
  // Far ahead: the emulator's time to live goes by the machine's clock and takes what is past.
  private Instant now = Instant.parse("2046-03-16T10:30:00Z");
  final Wiring wiring = wiring(clients());
  private Supplier<DeliverHandler> next = () -> new DeliverHandler(wiring);
  private DeliverHandler handler = next.get();

  private record Waiting(Instant at, boolean slow, SendMessageRequest message) {}

  private record Due(String key, Instant at, String body) {}

  private Map<String, String> environment() {
    Map<String, String> lenient = new HashMap<>(services.environmentWithNewTables());
    lenient.put("STRICT_WEBHOOKS", "false");
    return lenient;
  }

  AwsClients clients() {
    return services.clients().withSqs(sqs.client());
  }

  Wiring wiring(AwsClients clients) {
    return new Wiring(Settings.of(environment), clients, () -> now, random);
  }

  /** From now on this one handles messages; once it is killed one that calls by {@code post}. */
  void handler(DeliverHandler other, Post post) {
    handler = other;
    next = () -> new DeliverHandler(wiring, post);
  }

  Instant now() {
    return now;
  }

  RecordingSqs sqs() {
    return sqs;
  }

  /** A webhook of the whole account at a URL. */
  String webhook(String url) {
    String id = new Ids(random).next("wh", now);
    String secret = wiring.hooks().webhookSecrets().make();
    SealedSecret sealed = wiring.hooks().webhookSecrets().seal(ACCOUNT, id, secret, now);
    var _ =
        wiring
            .hooks()
            .webhooks()
            .create(TestWebhooks.wanted(id, ACCOUNT, Optional.empty(), url, sealed, now));
    return id;
  }

  /** As its owner changes it, and dies before the queue is told. */
  void change(String webhookId, WebhookChange change) {
    Changed changed = wiring.hooks().webhooks().change(ACCOUNT, webhookId, change, now);
    if (!(changed instanceof Changed.Done)) {
      throw new AssertionError(changed);
    }
  }

  /** As the API asks for a look at an endpoint. */
  void look(String webhookId) {
    wiring.hooks().webhookQueue().enqueue(new WebhookCall(webhookId, Optional.empty()));
    collect();
  }

  /** Plans the telling of a new event, as the planner does. */
  String tell(String... webhookIds) {
    String event = new Ids(random).next("evt", now);
    wiring.hooks().eventBodies().keep(event, ("{\"id\":\"" + event + "\"}").getBytes(UTF_8), now);
    for (String webhookId : webhookIds) {
      var _ = wiring.hooks().deliveries().plan(TestWebhooks.pending(webhookId, event, now));
      send(webhookId, event);
    }
    return event;
  }

  void send(String webhookId, String event) {
    wiring.queues().send(WebhookCall.QUEUE, new WebhookCall(webhookId, Optional.of(event)).json());
    collect();
  }

  WebhookDelivery delivery(WebhookCall call) {
    return wiring
        .hooks()
        .deliveries()
        .find(call.webhookId(), call.eventId().orElseThrow())
        .orElseThrow();
  }

  Endpoint endpoint(String webhookId) {
    return wiring.hooks().endpoints().find(webhookId).orElseThrow();
  }

  /** Goes on until nothing is due any more before a time; the clock stands there then. */
  void until(Instant end) {
    while (true) {
      Optional<Instant> message = Optional.ofNullable(queue.peek()).map(Waiting::at);
      Optional<Due> entry = nextDue();
      boolean entryFirst =
          entry.isPresent() && (message.isEmpty() || !entry.get().at().isAfter(message.get()));
      Optional<Instant> next = entryFirst ? entry.map(Due::at) : message;
      if (next.isEmpty() || next.get().isAfter(end)) {
        now = end;
        return;
      }
      now = next.get().isAfter(now) ? next.get() : now;
      if (entryFirst) {
        sweep(entry.get());
      } else {
        work();
      }
    }
  }

  void pass(Duration time) {
    until(now.plus(time));
  }

  /** Ids of messages that a handler said it failed with. */
  List<String> failures() {
    return failures;
  }

  /** Messages that wait in both queues. */
  int waiting() {
    return queue.size();
  }

  /** How many rows the work table has whose key begins so. */
  long rows(String prefix) {
    return scan().stream()
        .filter(item -> item.get("pk").s().startsWith(prefix))
        .filter(item -> !item.get("pk").s().equals("D#MARK"))
        .count();
  }

  private void work() {
    List<Waiting> batch = new ArrayList<>();
    boolean slow = queue.peek().slow();
    List<Waiting> others = new ArrayList<>();
    while (batch.size() < BATCH && !queue.isEmpty() && !queue.peek().at().isAfter(now)) {
      Waiting next = queue.poll();
      (next.slow() == slow ? batch : others).add(next);
    }
    queue.addAll(others);
    SQSMessage[] messages = new SQSMessage[batch.size()];
    for (int i = 0; i < messages.length; i++) {
      messages[i] = RecordingSqs.message(batch.get(i).message());
      messages[i].setMessageId("m" + i);
      messages[i].setEventSourceArn(
          "arn:aws:sqs:us-east-1:000000000000:"
              + (slow ? "slow-webhooks-queue" : "webhooks-queue"));
    }
    SQSEvent event = RecordingSqs.event(messages);
    try {
      Set<String> failed =
          handler.handleRequest(event, null).getBatchItemFailures().stream()
              .map(BatchItemFailure::getItemIdentifier)
              .collect(Collectors.toSet());
      failures.addAll(failed);
      for (int i = 0; i < messages.length; i++) {
        if (failed.contains(messages[i].getMessageId())) {
          again(batch.get(i));
        }
      }
    } catch (Killed _) {
      batch.forEach(this::again);
      handler = next.get();
    }
    collect();
  }

  private void again(Waiting message) {
    queue.add(new Waiting(now.plus(HIDDEN), message.slow(), message.message()));
  }

  private void sweep(Due entry) {
    swept.merge(entry.key(), 1, Integer::sum);
    if (entry.body().contains("webhook_id") && !entry.body().contains("\"type\"")) {
      wiring.queues().send(WebhookCall.QUEUE, entry.body());
      collect();
    }
  }

  private Optional<Due> nextDue() {
    return scan().stream()
        .filter(item -> item.get("pk").s().startsWith("D#") && item.containsKey("due"))
        .map(this::due)
        .filter(due -> swept.getOrDefault(due.key(), 0) < 2)
        .min(Comparator.comparing(Due::at));
  }

  private Due due(Map<String, AttributeValue> item) {
    String key = item.get("pk").s() + item.get("sk").s();
    Instant at = Instant.ofEpochMilli(Long.parseLong(item.get("due").n()));
    boolean second = swept.containsKey(key);
    return new Due(key, second ? at.plusSeconds(60) : at, item.get("body").s());
  }

  private List<Map<String, AttributeValue>> scan() {
    return wiring
        .work()
        .dynamoDb()
        .scanPaginator(scan -> scan.tableName(wiring.work().name()).consistentRead(true))
        .items()
        .stream()
        .toList();
  }

  private void collect() {
    for (SendMessageRequest message : sqs.sent()) {
      int delay = message.delaySeconds() == null ? 0 : message.delaySeconds();
      boolean slow = message.queueUrl().endsWith("/slow-webhooks-queue");
      queue.add(new Waiting(now.plusSeconds(delay), slow, message));
    }
    sqs.clear();
  }
}
