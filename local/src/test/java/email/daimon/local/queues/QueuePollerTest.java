package email.daimon.local.queues;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import email.daimon.local.lambda.LocalFunction;
import email.daimon.local.services.MovableClock;
import email.daimon.local.services.Services;
import email.daimon.local.services.StackCreation;
import email.daimon.local.stack.Queue;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

class QueuePollerTest {
  private static MovableClock clock;
  private static Services services;
  private static SqsClient sqs;
  private static Queue queue;
  private static QueueDesk desk;

  private final ConcurrentLinkedQueue<SQSEvent> calls = new ConcurrentLinkedQueue<>();
  private QueuePoller poller;

  @BeforeAll
  static void start() {
    clock = new MovableClock(InstantSource.system(), Duration.ZERO);
    services = Services.start(Optional.empty(), clock);
    Stack stack = Stack.of(Template.load(), Map.of(), services.queueEndpoint());
    new StackCreation(services.platform(), services.objects()).create(stack);
    sqs = services.platform().sqs();
    queue = stack.queue("arn:aws:sqs:us-east-1:000000000000:jobs-queue");
    desk = new QueueDesk(sqs, stack.queues(), services::depth);
  }

  @AfterAll
  static void stop() {
    services.close();
  }

  @AfterEach
  void end() {
    poller.close();
    sqs.purgeQueue(r -> r.queueUrl(queue.url()));
    sqs.purgeQueue(r -> r.queueUrl(queue.url().replace("jobs-queue", "jobs-dead-letter-queue")));
  }

  @Test
  void aBatchIsOneCallAndIsDeleted() {
    send("a", "b", "c");
    poll(_ -> List.of());
    await().until(() -> depth().settled());
    assertThat(bodies()).containsExactlyInAnyOrder("a", "b", "c");
    assertThat(calls).hasSize(1);
    SQSEvent.SQSMessage message = calls.peek().getRecords().getFirst();
    assertThat(message.getEventSource()).isEqualTo("aws:sqs");
    assertThat(message.getEventSourceArn()).isEqualTo(queue.arn());
    assertThat(message.getAwsRegion()).isEqualTo("us-east-1");
    assertThat(message.getAttributes())
        .containsEntry("ApproximateReceiveCount", "1")
        .containsKey("SentTimestamp");
    assertThat(message.getMessageAttributes().get("deferrals").getStringValue()).isEqualTo("3");
  }

  @Test
  void batchesAreAsLargeAndAsManyAtATimeAsTheMappingSays() {
    send("a", "b", "c", "d", "e", "f", "g", "h");
    CountDownLatch two = new CountDownLatch(2);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    poll(
        _ -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          two.countDown();
          awaitOpen(two);
          running.decrementAndGet();
          return List.of();
        },
        2,
        2);
    await().until(() -> depth().settled());
    assertThat(bodies()).hasSize(8);
    assertThat(calls).allSatisfy(call -> assertThat(call.getRecords()).hasSizeLessThan(3));
    assertThat(calls).anySatisfy(call -> assertThat(call.getRecords()).hasSize(2));
    assertThat(most).hasValue(2);
  }

  private static void awaitOpen(CountDownLatch latch) {
    try {
      assertThat(latch.await(5, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aFailedItemComesBackAloneAfterTwoSeconds() {
    send("good", "bad");
    long begun = System.nanoTime();
    poll(event ->
        calls.size() > 1
            ? List.of()
            : event.getRecords().stream().filter(m -> m.getBody().equals("bad")).toList());
    await().atMost(Duration.ofSeconds(20)).until(() -> calls.size() == 2 && depth().settled());
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(Duration.ofSeconds(1));
    assertThat(bodies()).containsExactlyInAnyOrder("good", "bad", "bad");
    assertThat(desk.depths().get("jobs").dead()).isZero();
  }

  @Test
  void aCallThatThrowsBringsAllBackAndTheFifthReceiveIsTheLast() {
    send("x", "y");
    poll(_ -> {
      throw new IllegalStateException("broken");
    });
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> {
          clock.advance(Duration.ofSeconds(3));
          return depth().dead() == 2;
        });
    assertThat(bodies().stream().filter(body -> body.equals("x"))).hasSize(5);
    assertThat(bodies().stream().filter(body -> body.equals("y"))).hasSize(5);
    poller.close();

    assertThat(desk.redrive("jobs")).contains(2);
    assertThat(desk.redrive("nobody")).isEmpty();
    assertThat(depth().dead()).isZero();
    assertThat(depth().visible()).isEqualTo(2);
  }

  @Test
  void aDelayedMessageComesWhenTheClockIsMoved() {
    var _ = sqs.sendMessage(r -> r.queueUrl(queue.url()).messageBody("later").delaySeconds(900));
    poll(_ -> List.of());
    assertThat(depth().delayed()).isEqualTo(1);
    clock.advance(Duration.ofMinutes(15));
    await().atMost(Duration.ofSeconds(10)).until(() -> bodies().equals(List.of("later")));
  }

  @Test
  void anUnknownIdInTheAnswerBringsAllBack() {
    send("a");
    List<software.amazon.awssdk.services.sqs.model.Message> messages =
        List.of(
            software.amazon.awssdk.services.sqs.model.Message.builder().messageId("1").build(),
            software.amazon.awssdk.services.sqs.model.Message.builder().messageId("2").build());
    poll(_ -> List.of());
    assertThat(failures("{\"batchItemFailures\":[{\"itemIdentifier\":\"2\"}]}", messages))
        .containsExactly("2");
    assertThat(failures("{\"batchItemFailures\":[{\"itemIdentifier\":\"3\"}]}", messages))
        .containsExactlyInAnyOrder("1", "2");
    assertThat(failures("{\"batchItemFailures\":[{\"itemIdentifier\":\"\"}]}", messages))
        .containsExactlyInAnyOrder("1", "2");
    assertThat(failures("{\"batchItemFailures\":[]}", messages)).isEmpty();
    assertThat(failures("null", messages)).isEmpty();
  }

  private static java.util.Set<String> failures(
      String answer, List<software.amazon.awssdk.services.sqs.model.Message> messages) {
    return QueueEvents.failures(answer, messages);
  }

  private void poll(Function<SQSEvent, List<SQSEvent.SQSMessage>> failing) {
    poll(failing, 10, 1);
  }

  private void poll(
      Function<SQSEvent, List<SQSEvent.SQSMessage>> failing, int batchSize, int concurrency) {
    poller =
        new QueuePoller(
            sqs,
            queue,
            LocalFunction.of("test", Duration.ofSeconds(10), new Recorder(calls, failing)),
            batchSize,
            concurrency);
  }

  private static void send(String... bodies) {
    List<SendMessageBatchRequestEntry> entries =
        IntStream.range(0, bodies.length)
            .mapToObj(i ->
                SendMessageBatchRequestEntry.builder()
                    .id("" + i)
                    .messageBody(bodies[i])
                    .messageAttributes(
                        Map.of(
                            "deferrals",
                            MessageAttributeValue.builder()
                                .dataType("Number")
                                .stringValue("3")
                                .build()))
                    .build())
            .toList();
    var _ = sqs.sendMessageBatch(r -> r.queueUrl(queue.url()).entries(entries));
  }

  private static QueueDesk.Depth depth() {
    return desk.depths().get("jobs");
  }

  private List<String> bodies() {
    return calls.stream()
        .flatMap(call -> call.getRecords().stream())
        .map(SQSEvent.SQSMessage::getBody)
        .toList();
  }

  private record Recorder(
      ConcurrentLinkedQueue<SQSEvent> calls, Function<SQSEvent, List<SQSEvent.SQSMessage>> failing)
      implements RequestHandler<SQSEvent, SQSBatchResponse> {
    @Override
    public SQSBatchResponse handleRequest(SQSEvent event, Context context) {
      calls.add(event);
      return new SQSBatchResponse(
          failing.apply(event).stream()
              .map(message -> new SQSBatchResponse.BatchItemFailure(message.getMessageId()))
              .toList());
    }
  }
}
