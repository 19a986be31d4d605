package email.daimon.functions.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.aws.AwsClients;
import email.daimon.functions.store.EventCodec;
import email.daimon.functions.store.MessageCodec;
import email.daimon.functions.store.WebhookCall;
import email.daimon.functions.store.WebhookRoute;
import email.daimon.functions.testing.DyingClients;
import email.daimon.functions.testing.RecordingSqs;
import email.daimon.functions.testing.TimeLeft;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.Event;
import email.daimon.model.EventShards;
import email.daimon.model.EventType;
import email.daimon.model.Message;
import email.daimon.model.WebhookDelivery;
import email.daimon.wire.EventSample;
import email.daimon.wire.EventSample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each event is planned once for each webhook that hears of it, whatever dies on the way. */
final class PlannerTest {
  private static final String INBOX = "inbox_0000000000000000000001";
  private static final Instant LAST = Instant.parse("2026-03-16T10:59:59.999Z");
  private static final Instant FIRST = Instant.parse("2026-03-16T11:00:00.001Z");
  private final Settings settings =
      Settings.of(EmulatedServices.shared().environmentWithNewTables());
  private final RecordingSqs queue = new RecordingSqs();
  private final Wiring wiring = wiring(clients());
  private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
  private List<WebhookRoute> routes =
      List.of(
          route("wh_all", false, "message.received", "message.delivered", "account.upgraded"),
          route("wh_received", false, "message.received"),
          route("wh_off", true, "message.received"));

  @Test
  void whoeverDiesBetweenWhichStepsEachEventIsPlannedOnceForEachWebhook() {
    int steps = 0;
    for (int last = 1; steps >= last - 1; last++) {
      List<Event> events = new ArrayList<>();
      events.add(stored(EventType.MESSAGE_RECEIVED, LAST.plusSeconds(7_200L * last)));
      events.add(stored(EventType.MESSAGE_SENT, FIRST.plusSeconds(7_200L * last)));
      DyingClients dying = new DyingClients(last);
      try {
        planner(wiring(dying.of(clients()))).plan(events);
      } catch (DyingClients.Killed _) {
        // As planned: the stream hands all of it over again.
      }
      steps = dying.calls();
      List<Event> again = new ArrayList<>(events);
      again.addAll(events);
      assertThat(planner(wiring).plan(again)).isEmpty();
      assertThat(calls()).contains(call("wh_all", events.get(0)), call("wh_all", events.get(1)));
      assertThat(calls()).contains(call("wh_received", events.get(0)));
      assertThat(calls()).doesNotContain(call("wh_received", events.get(1)));
      for (Event event : events) {
        delivered("wh_all", event);
      }
      delivered("wh_received", events.get(0));
      queue.clear();
      assertThat(planner(wiring).plan(again)).isEmpty();
      assertThat(queue.sent()).as("what was told is not told again").isEmpty();
      assertThat(rows("wh_all", events)).isEqualTo(2);
      assertThat(rows("wh_received", events)).isEqualTo(1);
      assertThat(rows("wh_off", events)).isZero();
    }
    assertThat(steps).isGreaterThan(7);
  }

  @Test
  void aDeliveryHasTheNameThatWasAskedForAndTheMessageItsGroup() {
    Event event = stored(EventType.MESSAGE_SENT, LAST);
    planner(wiring).plan(List.of(event));
    WebhookDelivery row = wiring.hooks().deliveries().find("wh_all", event.id()).orElseThrow();
    assertThat(row.eventType()).isEqualTo("message.delivered");
    assertThat(row.inboxId()).contains(INBOX);
    assertThat(row.messageId()).contains(event.message().orElseThrow().id());
    assertThat(row.status()).isEqualTo(DeliveryStatus.PENDING);
    assertThat(queue.sent().getFirst().messageGroupId()).isEqualTo("wh_all");
    String body = body(event);
    assertThat(body).startsWith("{\"event\":\"message.sent\",").contains("customer@example.com");
  }

  @Test
  void anEventThatNobodyHearsOfCostsTheLookUpAlone() {
    routes = List.of(route("wh_off", true, "message.received"));
    DyingClients none = new DyingClients(0);
    Planner planner = planner(wiring(none.of(clients())));
    List<Event> events =
        List.of(
            event(EventType.MESSAGE_RECEIVED, LAST),
            event(EventType.MESSAGE_SENT, LAST.plusMillis(1)),
            event(EventType.ACCOUNT_UPGRADED, LAST));
    assertThat(planner.plan(events)).isEmpty();
    assertThat(none.calls()).isZero();
    assertThat(asked).containsExactlyInAnyOrder(INBOX, "");
  }

  @Test
  void quietEventsAreToldToNobody() {
    Event loud = stored(EventType.MESSAGE_RECEIVED, LAST);
    Event quiet =
        new Event(
            loud.id(),
            loud.accountId(),
            loud.type(),
            loud.inboxId(),
            loud.threadId(),
            loud.message(),
            loud.sequence(),
            loud.at(),
            Map.of(Event.QUIET, "true"));
    assertThat(planner(wiring).plan(List.of(quiet))).isEmpty();
    assertThat(asked).isEmpty();
    assertThat(queue.sent()).isEmpty();
  }

  @Test
  void aMessageThatWasDeletedMeanwhileIsNotSentOut() {
    Sample sample = sample(EventType.MESSAGE_RECEIVED, LAST);
    put(sample.subject().orElseThrow().message().deleted(LAST));
    planner(wiring).plan(List.of(sample.event()));
    assertThat(body(sample.event())).contains("\"deleted\":true").doesNotContain("customer@");
  }

  @Test
  void whatTheQueueDoesNotTakeIsPlannedAgain() {
    Event event = stored(EventType.MESSAGE_RECEIVED, LAST);
    queue.refuse(true);
    assertThat(planner(wiring).plan(List.of(event))).containsExactly(event.id());
    queue.refuse(false);
    assertThat(planner(wiring).plan(List.of(event))).isEmpty();
    assertThat(calls())
        .containsExactlyInAnyOrder(call("wh_all", event), call("wh_received", event));
  }

  @Test
  void aRowThatIsNoEventIsReportedByItsNumberAndTheOthersArePlanned() {
    Event event = stored(EventType.MESSAGE_RECEIVED, LAST);
    Map<String, AttributeValue> poison =
        Map.of("pk", text("A#x"), "sk", text("evt_x"), "type", text("message.received"));
    DynamodbEvent batch = new DynamodbEvent();
    batch.setRecords(
        List.of(
            inserted("1", image(event)),
            inserted("2", poison),
            inserted("3", image(stored(EventType.MESSAGE_SENT, FIRST))),
            inserted("4", Map.of("pk", text("A#x"), "sk", text("M#x")))));
    var answer =
        new PlanHandler(planner(wiring)).handleRequest(batch, TimeLeft.of(Duration.ofSeconds(9)));
    assertThat(answer.getBatchItemFailures())
        .extracting(BatchItemFailure::getItemIdentifier)
        .containsExactly("2");
    assertThat(calls()).hasSize(3);
  }

  private Planner planner(Wiring through) {
    return new Planner(
        (account, inbox) -> {
          asked.add(inbox.orElse(""));
          return routes;
        },
        new EventReader(through.documents(), settings.publicUrl()),
        through.hooks().eventBodies(),
        through.hooks().deliveries(),
        through.queues(),
        () -> FIRST);
  }

  private Wiring wiring(AwsClients clients) {
    return new Wiring(settings, clients, () -> FIRST, new Random(1));
  }

  private AwsClients clients() {
    return EmulatedServices.shared().clients().withSqs(queue.client());
  }

  private Event stored(EventType type, Instant at) {
    Sample sample = sample(type, at);
    put(sample.subject().orElseThrow().message());
    return sample.event();
  }

  private static Event event(EventType type, Instant at) {
    return sample(type, at).event();
  }

  private static Sample sample(EventType type, Instant at) {
    return EventSample.of(type, "acc_0000000000000000000001", INBOX, at);
  }

  private void put(Message message) {
    wiring
        .mail()
        .dynamoDb()
        .putItem(put ->
            put.tableName(wiring.mail().name()).item(MessageCodec.item(message).attributes()));
  }

  /** As the function that calls webhooks would leave it. */
  private void delivered(String webhookId, Event event) {
    Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> row =
        new HashMap<>(
            wiring
                .work()
                .get("W#" + webhookId + "#" + event.at().getEpochSecond() / 3_600, event.id())
                .orElseThrow()
                .attributes());
    row.put(
        "status", software.amazon.awssdk.services.dynamodb.model.AttributeValue.fromS("DELIVERED"));
    wiring.work().dynamoDb().putItem(put -> put.tableName(wiring.work().name()).item(row));
  }

  private long rows(String webhookId, List<Event> events) {
    return events.stream()
        .filter(event -> wiring.hooks().deliveries().find(webhookId, event.id()).isPresent())
        .count();
  }

  private String body(Event event) {
    return new String(wiring.hooks().eventBodies().find(event.id()).orElseThrow(), UTF_8);
  }

  private List<WebhookCall> calls() {
    return queue.sent().stream().map(sent -> WebhookCall.parse(sent.messageBody())).toList();
  }

  private static WebhookCall call(String webhookId, Event event) {
    return new WebhookCall(webhookId, Optional.of(event.id()));
  }

  private static WebhookRoute route(String id, boolean disabled, String... events) {
    return new WebhookRoute(id, Optional.empty(), Set.of(events), disabled);
  }

  private static DynamodbStreamRecord inserted(String number, Map<String, AttributeValue> image) {
    StreamRecord change = new StreamRecord();
    change.setSequenceNumber(number);
    change.setKeys(Map.of("pk", image.get("pk"), "sk", image.get("sk")));
    change.setNewImage(image);
    DynamodbStreamRecord record = new DynamodbStreamRecord();
    record.setEventName("INSERT");
    record.setDynamodb(change);
    return record;
  }

  private static Map<String, AttributeValue> image(Event event) {
    Map<String, AttributeValue> image = new HashMap<>();
    EventCodec.item(event, EventShards.ONE)
        .attributes()
        .forEach((name, value) -> image.put(name, value(value)));
    return image;
  }

  private static AttributeValue value(
      software.amazon.awssdk.services.dynamodb.model.AttributeValue value) {
    if (value.hasM()) {
      Map<String, AttributeValue> nested = new HashMap<>();
      value.m().forEach((name, inner) -> nested.put(name, value(inner)));
      return new AttributeValue().withM(nested);
    }
    return value.s() == null ? new AttributeValue().withN(value.n()) : text(value.s());
  }

  private static AttributeValue text(String value) {
    return new AttributeValue(value);
  }
}
