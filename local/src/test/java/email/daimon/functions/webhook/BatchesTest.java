package email.daimon.functions.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import email.daimon.functions.queue.Parallel;
import email.daimon.functions.store.CallPlaces;
import email.daimon.functions.store.WebhookCall;
import email.daimon.functions.testing.RecordingSqs;
import email.daimon.model.AttemptOutcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BatchesTest {
  private static final int ROUNDS = 50;
  private final WebhookHouse house = new WebhookHouse();
  private final String webhook = house.webhook("http://localhost:1/");

  @Test
  void ofAThousandFailuresEachIsReportedOnce() {
    Post broken =
        (_, _) -> {
          throw new IllegalStateException("as nobody foresaw");
        };
    DeliverHandler handler = new DeliverHandler(house.wiring, broken);
    String event = house.tell(webhook);
    String body = new WebhookCall(webhook, Optional.of(event)).json();
    List<String> reported = Collections.synchronizedList(new ArrayList<>());
    List<Runnable> batches = new ArrayList<>();
    for (int batch = 0; batch < 100; batch++) {
      SQSMessage[] messages = new SQSMessage[10];
      for (int i = 0; i < messages.length; i++) {
        messages[i] = RecordingSqs.message(body);
        messages[i].setMessageId("m" + batch + "-" + i);
      }
      batches.add(() ->
          handler.handleRequest(RecordingSqs.event(messages), null).getBatchItemFailures().stream()
              .map(BatchItemFailure::getItemIdentifier)
              .forEach(reported::add));
    }
    Parallel.run(batches);

    assertThat(reported).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  void theEventThatLambdaHandsOverIsRead() throws Exception {
    SQSEvent event =
        LambdaEventSerializers.serializerFor(SQSEvent.class, getClass().getClassLoader())
            .fromJson(Files.readString(Path.of("../events/webhook-call.json")));
    DeliverHandler handler = new DeliverHandler(house.wiring, taking());

    assertThat(handler.handleRequest(event, null).getBatchItemFailures()).isEmpty();
    assertThat(WebhookCall.parse(event.getRecords().getFirst().getBody()).webhookId())
        .isEqualTo("wh_0UfZdbZQF1wXo5vJHc0Z3a");
  }

  @Test
  void whatIsNoCallIsLetGo() {
    DeliverHandler handler = new DeliverHandler(house.wiring, taking());
    for (String body : List.of("x", "{}", "[]", "{\"webhook_id\":\"wh_1\",\"event_id\":\"e\"}")) {
      assertThat(
              handler
                  .handleRequest(RecordingSqs.event(RecordingSqs.message(body)), null)
                  .getBatchItemFailures())
          .as(body)
          .isEmpty();
    }
  }

  @Test
  void waitingForItsTimeIsNoFailure() {
    AtomicInteger calls = new AtomicInteger();
    Post failing =
        (_, _) -> {
          calls.incrementAndGet();
          return Answer.none(AttemptOutcome.CONNECTION, Duration.ZERO, "");
        };
    house.handler(new DeliverHandler(house.wiring, failing), failing);
    String event = house.tell(webhook);
    house.pass(Duration.ofSeconds(1));
    for (int i = 0; i < ROUNDS; i++) {
      house.send(webhook, event);
    }
    house.pass(Duration.ofSeconds(1));

    assertThat(calls).hasValue(1);
    assertThat(house.failures()).isEmpty();
  }

  @Test
  void waitingForAPlaceIsNoFailure() {
    house.wiring.hooks().endpointHealth().slow(webhook, house.now());
    List<CallPlaces.Place> taken = new ArrayList<>();
    for (int i = 0; i < CallPlaces.PLACES; i++) {
      taken.add(house.wiring.hooks().callPlaces().take(webhook, house.now()).orElseThrow());
    }
    assertThat(house.wiring.hooks().callPlaces().take(webhook, house.now())).isEmpty();
    assertThat(new HashSet<>(taken.stream().map(CallPlaces.Place::name).toList()))
        .hasSize(CallPlaces.PLACES);
    house.handler(new DeliverHandler(house.wiring, taking()), taking());
    for (int i = 0; i < ROUNDS; i++) {
      house.tell(webhook);
    }

    house.pass(Duration.ofSeconds(30));
    assertThat(house.waiting()).isEqualTo(ROUNDS);
    taken.forEach(house.wiring.hooks().callPlaces()::give);
    house.pass(Duration.ofSeconds(10));
    assertThat(house.waiting()).isZero();
    assertThat(house.failures()).isEmpty();
  }

  @Test
  void whatAKilledCallerHeldIsFreeAfterAMinute() {
    for (int i = 0; i < CallPlaces.PLACES; i++) {
      assertThat(house.wiring.hooks().callPlaces().take(webhook, house.now())).isPresent();
    }
    house.pass(Duration.ofSeconds(61));
    assertThat(house.wiring.hooks().callPlaces().take(webhook, house.now())).isPresent();
  }

  private static Post taking() {
    return (_, _) -> new Answer(AttemptOutcome.OK, 200, Duration.ZERO, "", Optional.empty());
  }
}
