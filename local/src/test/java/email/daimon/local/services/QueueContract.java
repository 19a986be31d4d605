package email.daimon.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.ChangeMessageVisibilityBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.DeleteMessageBatchResponse;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageAttributeValue;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;
import software.amazon.awssdk.services.sqs.model.SqsException;

/** What every SQS has to do for the functions and their event source mappings. */
abstract class QueueContract {
  private static final int SOON = 1;
  private static final int LATER = 60;

  /** The URLs of the queues that a test has taken. */
  final List<String> made = new ArrayList<>();

  /** How the queues are asked. */
  abstract SqsClient sqs();

  /** Lets seconds go by on the queues' clock, where it is not the clock on the wall. */
  abstract void pass(int seconds);

  @Test
  void aMessageIsReceivedOnceAndGoneWhenItIsDeleted() {
    String queue = queue(LATER);
    send(queue, "ä – 邮件 📬");

    Message received = receive(queue, 1).getFirst();

    assertThat(received.body()).isEqualTo("ä – 邮件 📬");
    assertThat(received.attributesAsStrings())
        .containsEntry("ApproximateReceiveCount", "1")
        .containsKeys("SentTimestamp", "ApproximateFirstReceiveTimestamp");
    assertThat(nothing(queue)).as("while it is worked on").isTrue();
    assertThat(delete(queue, received).failed()).isEmpty();
    pass(LATER + SOON);
    assertThat(nothing(queue)).isTrue();
  }

  @Test
  void aBatchIsTenAtMost() {
    String queue = queue(LATER);
    List<String> bodies = IntStream.range(0, 10).mapToObj(i -> "body " + i).toList();
    send(queue, bodies.toArray(String[]::new));
    send(queue, "body 10");

    List<Message> received = receive(queue, 11);

    assertThat(received).hasSize(11);
    assertThat(received).extracting(Message::messageId).doesNotHaveDuplicates();
    assertThat(received).extracting(Message::body).containsAll(bodies);
    assertThatThrownBy(() ->
            sqs()
                .sendMessageBatch(r ->
                    r.queueUrl(queue)
                        .entries(IntStream.range(0, 11).mapToObj(i -> entry(i, "x", 0)).toList())))
        .isInstanceOf(SqsException.class);
  }

  @Test
  void whatABatchDoesNotDeleteIsNamedAndTheRestIsDeleted() {
    String queue = queue(SOON);
    send(queue, "done", "comes back");
    List<Message> received = receive(queue, 2);
    Message done = received.stream().filter(m -> m.body().equals("done")).findFirst().orElseThrow();

    DeleteMessageBatchResponse answer =
        sqs()
            .deleteMessageBatch(r ->
                r.queueUrl(queue)
                    .entries(deletion("good", done.receiptHandle()), deletion("bad", "no#handle")));

    assertThat(answer.failed()).extracting(BatchResultErrorEntry::id).containsExactly("bad");
    assertThat(answer.failed().getFirst().senderFault()).isTrue();
    pass(SOON + 1);
    assertThat(receive(queue, 1)).extracting(Message::body).containsExactly("comes back");
    assertThat(nothing(queue)).isTrue();
  }

  @Test
  void anEntryThatIsRefusedDoesNotHoldUpTheOthersOfItsBatch() {
    String queue = queue(LATER);
    List<SendMessageBatchRequestEntry> entries =
        List.of(entry(0, "first", 0), entry(1, "refused", 901), entry(2, "third", 0));

    List<BatchResultErrorEntry> failed =
        sqs().sendMessageBatch(r -> r.queueUrl(queue).entries(entries)).failed();

    assertThat(failed).extracting(BatchResultErrorEntry::id).containsExactly("1");
    assertThat(receive(queue, 2))
        .extracting(Message::body)
        .containsExactlyInAnyOrder("first", "third");
  }

  @Test
  void aMessageThatNobodySettlesComesBackAndIsCounted() {
    String queue = queue(SOON);
    send(queue, "again");
    String first = receive(queue, 1).getFirst().messageId();
    pass(SOON + 1);

    Message back = receive(queue, 1).getFirst();

    assertThat(back.messageId()).isEqualTo(first);
    assertThat(back.attributes())
        .containsEntry(MessageSystemAttributeName.APPROXIMATE_RECEIVE_COUNT, "2");
  }

  @Test
  void visibilityIsShortenedByWhoeverHoldsTheMessage() {
    String queue = queue(LATER);
    send(queue, "failed", "worked on");
    List<Message> received = receive(queue, 2);
    Message failed =
        received.stream().filter(m -> m.body().equals("failed")).findFirst().orElseThrow();

    var _ =
        sqs()
            .changeMessageVisibilityBatch(r ->
                r.queueUrl(queue)
                    .entries(
                        ChangeMessageVisibilityBatchRequestEntry.builder()
                            .id("0")
                            .receiptHandle(failed.receiptHandle())
                            .visibilityTimeout(SOON)
                            .build()));

    pass(SOON + 1);
    assertThat(receive(queue, 1)).extracting(Message::body).containsExactly("failed");
    assertThat(nothing(queue)).isTrue();
  }

  @Test
  void aDelayedMessageComesAfterTheOthers() {
    String queue = queue(LATER);
    var _ =
        sqs()
            .sendMessageBatch(
                r -> r.queueUrl(queue).entries(entry(0, "late", 2), entry(1, "now", 0)));

    assertThat(receive(queue, 1)).extracting(Message::body).containsExactly("now");
    pass(2);
    assertThat(receive(queue, 1)).extracting(Message::body).containsExactly("late");
    assertThatThrownBy(
            () -> sqs().sendMessage(r -> r.queueUrl(queue).messageBody("x").delaySeconds(901)))
        .isInstanceOf(SqsException.class);
  }

  @Test
  void afterTheLastReceiveItIsADeadLetter() {
    String dead = queue(LATER);
    String queue =
        queue(
            Map.of(
                "VisibilityTimeout", Integer.toString(SOON),
                "RedrivePolicy",
                    "{\"deadLetterTargetArn\":\"%s\",\"maxReceiveCount\":2}".formatted(arn(dead))));
    var _ =
        sqs()
            .sendMessage(r ->
                r.queueUrl(queue)
                    .messageBody("poison")
                    .messageAttributes(Map.of("deferrals", attribute("Number", "3"))));
    for (int i = 0; i < 2; i++) {
      assertThat(receive(queue, 1)).extracting(Message::body).containsExactly("poison");
      pass(SOON + 1);
    }

    assertThat(poll(queue, Duration.ofSeconds(SOON + 1))).as("a third receive").isEmpty();
    Message letter = receive(dead, 1).getFirst();
    assertThat(letter.body()).isEqualTo("poison");
    assertThat(letter.messageAttributes().get("deferrals").stringValue()).isEqualTo("3");
  }

  @Test
  void attributesComeAsTheyWereSent() {
    String queue = queue(LATER);
    Map<String, MessageAttributeValue> sent =
        Map.of("deferrals", attribute("Number", "7"), "kind", attribute("String", "späte Post"));

    var _ =
        sqs()
            .sendMessageBatch(r ->
                r.queueUrl(queue)
                    .entries(
                        entry(0, "alone", 0).toBuilder().messageAttributes(sent).build(),
                        entry(1, "bare", 0)));

    Map<String, Map<String, MessageAttributeValue>> received = new HashMap<>();
    receive(queue, 2).forEach(m -> received.put(m.body(), m.messageAttributes()));
    assertThat(received.get("bare")).isEmpty();
    Map<String, MessageAttributeValue> alone = received.get("alone");
    assertThat(alone).containsOnlyKeys("deferrals", "kind");
    assertThat(alone.get("deferrals").dataType()).isEqualTo("Number");
    assertThat(alone.get("deferrals").stringValue()).isEqualTo("7");
    assertThat(alone.get("kind").stringValue()).isEqualTo("späte Post");
  }

  @Test
  void aQueueIsMadeOnceWhoeverAsks() {
    String name = "contract-" + UUID.randomUUID();
    Map<String, String> attributes = Map.of("VisibilityTimeout", "30");

    String first = create(name, attributes);

    assertThat(
            sqs().createQueue(r -> r.queueName(name).attributesWithStrings(attributes)).queueUrl())
        .isEqualTo(first);
    assertThat(sqs().getQueueUrl(r -> r.queueName(name)).queueUrl()).isEqualTo(first);
  }

  private String queue(int visibility) {
    return queue(Map.of("VisibilityTimeout", Integer.toString(visibility)));
  }

  private String queue(Map<String, String> attributes) {
    return create("contract-" + UUID.randomUUID(), attributes);
  }

  private String create(String name, Map<String, String> attributes) {
    String url =
        sqs().createQueue(r -> r.queueName(name).attributesWithStrings(attributes)).queueUrl();
    made.add(url);
    return url;
  }

  private String arn(String queue) {
    return sqs()
        .getQueueAttributes(r -> r.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
        .attributes()
        .get(QueueAttributeName.QUEUE_ARN);
  }

  private void send(String queue, String... bodies) {
    List<SendMessageBatchRequestEntry> entries =
        IntStream.range(0, bodies.length).mapToObj(i -> entry(i, bodies[i], 0)).toList();
    assertThat(sqs().sendMessageBatch(r -> r.queueUrl(queue).entries(entries)).failed()).isEmpty();
  }

  private static SendMessageBatchRequestEntry entry(int id, String body, int delay) {
    return SendMessageBatchRequestEntry.builder()
        .id(Integer.toString(id))
        .messageBody(body)
        .delaySeconds(delay)
        .build();
  }

  private static MessageAttributeValue attribute(String type, String value) {
    return MessageAttributeValue.builder().dataType(type).stringValue(value).build();
  }

  private static DeleteMessageBatchRequestEntry deletion(String id, String handle) {
    return DeleteMessageBatchRequestEntry.builder().id(id).receiptHandle(handle).build();
  }

  private DeleteMessageBatchResponse delete(String queue, Message message) {
    return sqs()
        .deleteMessageBatch(r -> r.queueUrl(queue).entries(deletion("0", message.receiptHandle())));
  }

  private boolean nothing(String queue) {
    return poll(queue, Duration.ZERO).isEmpty();
  }

  /** As many as are wanted, within a time that no emulator needs. */
  private List<Message> receive(String queue, int wanted) {
    List<Message> received = new ArrayList<>();
    for (int polls = 0; received.size() < wanted && polls < 12; polls++) {
      received.addAll(poll(queue, Duration.ofSeconds(1)));
    }
    assertThat(received).hasSize(wanted);
    return received;
  }

  private List<Message> poll(String queue, Duration wait) {
    return sqs()
        .receiveMessage(r ->
            r.queueUrl(queue)
                .maxNumberOfMessages(10)
                .waitTimeSeconds((int) wait.toSeconds())
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL)
                .messageAttributeNames("All"))
        .messages();
  }
}
