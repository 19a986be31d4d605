package email.daimon.local.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.local.lambda.LocalFunction;
import email.daimon.local.services.Logging;
import email.daimon.local.services.MovableClock;
import email.daimon.local.services.Services;
import email.daimon.local.services.StackCreation;
import email.daimon.local.stack.Function.StreamMapping;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.s3.model.S3Object;

final class StreamPollerTest {
  private static final StreamMapping MAPPING =
      new StreamMapping(
          "mail-table",
          100,
          10,
          List.of(
              "{\"eventName\":[\"INSERT\"],\"dynamodb\":{\"Keys\":{\"sk\":{\"S\":[{\"prefix\":\"evt_\"}]}}}}"),
          "mail-bucket");
  private static MovableClock clock;
  private static Services services;
  private static DynamoDbClient dynamoDb;
  private static int tests;

  private final ConcurrentLinkedQueue<String> seen = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<DynamodbStreamRecord> records = new ConcurrentLinkedQueue<>();
  @TempDir private Path folder;
  private String pk = "";

  @BeforeAll
  static void start() {
    Logging.setUp();
    clock = new MovableClock(InstantSource.system(), Duration.ZERO);
    services = Services.start(Optional.empty(), clock);
    Stack stack = Stack.of(Template.load(), Map.of(), services.queueEndpoint());
    new StackCreation(services.platform(), services.objects()).create(stack);
    dynamoDb = services.clients().dynamoDb();
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  @BeforeEach
  void ownKeys() {
    pk = "A#" + ++tests;
  }

  @AfterEach
  void nothingIsLeftForTheNext() {
    seen.clear();
  }

  @Test
  void whatTheFilterLetsThroughIsHandedOverAsLambdaWould() {
    try (StreamPoller _ = poller()) {
      put("evt_1", "x");
      put("M#1", "x");
      put("evt_1", "y");
      put("evt_2", "x");
      await().until(() -> seen.contains("evt_2"));
    }
    assertThat(seen).containsExactly("evt_1", "evt_2");
    DynamodbStreamRecord record = records.peek();
    assertThat(record.getEventName()).isEqualTo("INSERT");
    assertThat(record.getEventSourceARN()).contains("table/mail-table/stream/");
    assertThat(record.getAwsRegion()).isEqualTo("us-east-1");
    assertThat(record.getDynamodb().getSequenceNumber()).isNotEmpty();
    assertThat(record.getDynamodb().getStreamViewType()).isEqualTo("NEW_IMAGE");
    assertThat(record.getDynamodb().getNewImage().get("nested").getM().get("n").getN())
        .isEqualTo("7");
  }

  @Test
  void aRestartGoesOnWhereItWas() {
    try (StreamPoller _ = poller()) {
      put("evt_1", "x");
      await().until(() -> seen.contains("evt_1"));
    }
    put("evt_2", "x");
    try (StreamPoller _ = poller()) {
      await().until(() -> seen.contains("evt_2"));
    }
    assertThat(seen).containsExactly("evt_1", "evt_2");
  }

  @Test
  void aPoisonRecordEndsInTheFailureDestinationAndHoldsUpNothing() throws IOException {
    List<String> before = failures();
    try (StreamPoller _ = poller()) {
      IntStream.range(0, 30).forEach(i -> put("evt_%02d".formatted(i), i == 7 ? "poison" : "x"));
      await().until(() -> seen.contains("evt_29"));
      put("evt_later", "x");
      await().until(() -> seen.contains("evt_later"));
      assertThat(failures()).isEqualTo(before);
      await().atMost(Duration.ofSeconds(20)).until(() -> failures().size() > before.size());
    }
    for (int i = 0; i < 30; i++) {
      String id = "evt_%02d".formatted(i);
      assertThat(seen.stream().filter(id::equals)).as(id).hasSizeGreaterThanOrEqualTo(1);
    }
    assertThat(seen.stream().filter("evt_07"::equals)).hasSizeGreaterThan(10);
    String key = failures().getLast();
    JsonNode written =
        new ObjectMapper()
            .readTree(
                services
                    .platform()
                    .s3()
                    .getObject(
                        get -> get.bucket("mail-bucket").key(key),
                        software.amazon.awssdk.core.sync.ResponseTransformer.toBytes())
                    .asByteArray());
    assertThat(written.at("/DDBStreamBatchInfo/batchSize").intValue()).isEqualTo(1);
    assertThat(written.at("/payload").textValue()).contains("evt_07").contains(pk);
  }

  @Test
  void aCallThatThrowsLosesNothing() {
    try (StreamPoller _ = poller()) {
      IntStream.range(0, 12).forEach(i -> put("evt_%02d".formatted(i), i == 3 ? "thrice" : "x"));
      await().atMost(Duration.ofSeconds(20)).until(() -> seen.contains("evt_03"));
      await().until(() -> seen.stream().distinct().count() == 12);
    }
  }

  private StreamPoller poller() {
    return new StreamPoller(
        services,
        MAPPING,
        LocalFunction.of("plan", Duration.ofSeconds(10), new Recorder()),
        folder,
        clock,
        Duration.ofMillis(2));
  }

  private void put(String sk, String word) {
    dynamoDb.putItem(put ->
        put.tableName("mail-table")
            .item(
                Map.of(
                    "pk", AttributeValue.fromS(pk),
                    "sk", AttributeValue.fromS(sk),
                    "word", AttributeValue.fromS(word),
                    "nested", AttributeValue.fromM(Map.of("n", AttributeValue.fromN("7"))))));
  }

  private static List<String> failures() {
    return services
        .platform()
        .s3()
        .listObjectsV2(list -> list.bucket("mail-bucket").prefix("aws/lambda/"))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  /** Fails with poison, and thrice where it is told to; of other tests' rows it knows nothing. */
  private final class Recorder implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
    private int thrown;

    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
      List<DynamodbStreamRecord> own =
          event.getRecords().stream()
              .filter(record -> record.getDynamodb().getKeys().get("pk").getS().equals(pk))
              .toList();
      if (own.stream().anyMatch(record -> word(record).equals("thrice")) && thrown++ < 3) {
        throw new IllegalStateException("broken");
      }
      records.addAll(own);
      own.forEach(record -> seen.add(record.getDynamodb().getKeys().get("sk").getS()));
      return new StreamsEventResponse(
          own.stream()
              .filter(record -> word(record).equals("poison"))
              .map(record -> new BatchItemFailure(record.getDynamodb().getSequenceNumber()))
              .toList());
    }

    private static String word(DynamodbStreamRecord record) {
      return record.getDynamodb().getNewImage().get("word").getS();
    }
  }
}
