package email.daimon.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import email.daimon.functions.aws.AwsClients;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Step;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import email.daimon.local.testing.EmulatedServices;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionConflictException;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;

class ServicesTest {
  private final EmulatedServices services = EmulatedServices.shared();
  private final AwsClients clients = services.clients();
  private final Map<String, String> environment = services.environmentWithNewTables();
  private final String table = environment.get("MAIL_TABLE");
  private final String bucket = environment.get("BUCKET");
  private final String queue = environment.get("JOBS_QUEUE_URL");

  @AfterEach
  void clear() {
    services.faults().clear();
  }

  @Test
  void aFailedWriteHasNoEffect() {
    arm(Step.DB_WRITE, Action.FAIL);
    assertThatThrownBy(() -> put("a")).isInstanceOf(InternalServerErrorException.class);
    assertThat(exists("a")).isFalse();
    put("a");
    assertThat(exists("a")).isTrue();
  }

  @Test
  void aConditionalWriteWhoseAnswerIsLostFailsItsOwnConditionWhenTheSdkRepeatsIt() {
    arm(Step.DB_WRITE, Action.LOSE);
    assertThatThrownBy(() -> put("a")).isInstanceOf(ConditionalCheckFailedException.class);
    assertThat(exists("a")).isTrue();
  }

  @Test
  void aTransactionWhoseAnswerIsLostIsWrittenOnce() {
    arm(Step.DB_WRITE, Action.LOSE);
    transaction("a", "b");
    assertThat(exists("a") && exists("b")).isTrue();
  }

  @Test
  void aConflictNamesItsReasonAndWritesNothing() {
    arm(Step.DB_WRITE, Action.CONFLICT);
    assertThatThrownBy(() -> transaction("a", "b"))
        .isInstanceOfSatisfying(
            TransactionCanceledException.class,
            e ->
                assertThat(e.cancellationReasons())
                    .extracting(CancellationReason::code)
                    .containsExactly("TransactionConflict", "None"));
    arm(Step.DB_WRITE, Action.CONFLICT);
    assertThatThrownBy(() -> put("a")).isInstanceOf(TransactionConflictException.class);
    assertThat(exists("a") || exists("b")).isFalse();
  }

  @Test
  void faultsComeAtRandomToo() {
    services
        .faults()
        .randomly(new Fault(Step.DB_WRITE, Action.CONFLICT, Duration.ZERO), 0.5, new Random(4));
    int conflicts = 0;
    for (int i = 0; i < 100; i++) {
      try {
        put("item" + i);
      } catch (TransactionConflictException _) {
        conflicts++;
      }
    }
    assertThat(conflicts).isBetween(30, 70);
  }

  @Test
  void anObjectWhosePutIsLostIsThereAndTheSdkRepeatsIt() {
    arm(Step.S3_PUT, Action.LOSE);
    services.usage().reset();
    object("lost");
    assertThat(services.usage().snapshot()).containsEntry("s3.PUT", 2.0);
    assertThat(content("lost")).isEqualTo("content");
  }

  @Test
  void anObjectWhosePutFailsIsNotThere() {
    arm(Step.S3_PUT, Action.FAIL);
    assertThatThrownBy(() -> object("failed")).isInstanceOf(SdkException.class);
    assertThatThrownBy(() -> content("failed")).isInstanceOf(SdkException.class);
    object("failed");
    assertThat(content("failed")).isEqualTo("content");
  }

  @Test
  void aMessageSentTwiceIsThereTwice() {
    arm(Step.SQS_SEND, Action.TWICE);
    String body = UUID.randomUUID().toString();
    var _ = clients.sqs().sendMessage(r -> r.queueUrl(queue).messageBody(body));
    List<Message> received =
        clients
            .sqs()
            .receiveMessage(r -> r.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(1))
            .messages();
    assertThat(received).extracting(Message::body).containsExactly(body, body);
    received.forEach(
        m -> clients.sqs().deleteMessage(r -> r.queueUrl(queue).receiptHandle(m.receiptHandle())));
  }

  @Test
  void unitsAreCounted() {
    services.usage().reset();
    put("a");
    transaction("b", "c");
    Map<String, AttributeValue> indexed = new HashMap<>(key("d"));
    indexed.put("i1pk", AttributeValue.fromS("one"));
    indexed.put("i1sk", AttributeValue.fromS("two"));
    var _ = clients.dynamoDb().putItem(r -> r.tableName(table).item(indexed));
    assertThat(exists("a")).isTrue();
    assertThat(services.usage().snapshot())
        .containsEntry("dynamodb.PutItem", 2.0)
        .containsEntry("dynamodb.TransactWriteItems", 1.0)
        .containsEntry("dynamodb.write-units", 7.0)
        .containsEntry("dynamodb.read-units", 1.0);
  }

  @RepeatedTest(2) // the second start of this process is another matter than the first
  void everythingIsThereAfterARestart(@TempDir Path data) {
    MovableClock clock = new MovableClock(InstantSource.system(), Duration.ZERO);
    for (int start = 0; start < 2; start++) {
      try (Services durable = Services.start(Optional.of(new Disk(data, start == 0)), clock)) {
        Stack stack = Stack.of(Template.load(), Map.of(), durable.queueEndpoint());
        new StackCreation(durable.clients(), durable.objects()).create(stack);
        AwsClients own = durable.clients();
        String jobs =
            stack.queues().stream()
                .filter(q -> q.id().equals("JobsQueue"))
                .findFirst()
                .orElseThrow()
                .url();
        if (start == 0) {
          own.dynamoDb().putItem(item("mail-table", "a").build());
          own.s3()
              .putObject(r -> r.bucket("mail-bucket").key("k"), RequestBody.fromString("content"));
          own.sqs().sendMessage(r -> r.queueUrl(jobs).messageBody("kept").delaySeconds(900));
          own.sqs().sendMessage(r -> r.queueUrl(jobs).messageBody("in flight"));
          assertThat(received(own, jobs).getFirst().attributesAsStrings())
              .containsEntry("ApproximateReceiveCount", "1");
        } else {
          assertThat(own.dynamoDb().getItem(r -> r.tableName("mail-table").key(key("a"))).hasItem())
              .isTrue();
          assertThat(
                  own.s3().getObjectAsBytes(r -> r.bucket("mail-bucket").key("k")).asUtf8String())
              .isEqualTo("content");
          List<Message> back = received(own, jobs);
          assertThat(back).extracting(Message::body).containsExactly("in flight");
          assertThat(back.getFirst().attributesAsStrings())
              .containsEntry("ApproximateReceiveCount", "1");
          clock.advance(Duration.ofMinutes(15));
          assertThat(received(own, jobs)).extracting(Message::body).contains("kept");
        }
      }
    }
  }

  private static List<Message> received(AwsClients clients, String queueUrl) {
    return clients
        .sqs()
        .receiveMessage(r ->
            r.queueUrl(queueUrl)
                .maxNumberOfMessages(10)
                .waitTimeSeconds(5)
                .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
        .messages();
  }

  private void arm(Step step, Action action) {
    services.faults().arm(new Fault(step, action, Duration.ZERO), 1);
  }

  private void put(String name) {
    var _ =
        clients
            .dynamoDb()
            .putItem(item(table, name).conditionExpression("attribute_not_exists(pk)").build());
  }

  private void transaction(String... names) {
    List<TransactWriteItem> items =
        List.of(names).stream()
            .map(name -> Put.builder().tableName(table).item(key(name)).build())
            .map(put -> TransactWriteItem.builder().put(put).build())
            .toList();
    var _ = clients.dynamoDb().transactWriteItems(r -> r.transactItems(items));
  }

  private boolean exists(String name) {
    return clients
        .dynamoDb()
        .getItem(r -> r.tableName(table).key(key(name)).consistentRead(true))
        .hasItem();
  }

  private void object(String key) {
    var _ =
        clients.s3().putObject(r -> r.bucket(bucket).key(key), RequestBody.fromString("content"));
  }

  private String content(String key) {
    return clients.s3().getObjectAsBytes(r -> r.bucket(bucket).key(key)).asUtf8String();
  }

  private static PutItemRequest.Builder item(String table, String name) {
    return PutItemRequest.builder().tableName(table).item(key(name));
  }

  private static Map<String, AttributeValue> key(String name) {
    return Map.of("pk", AttributeValue.fromS(name), "sk", AttributeValue.fromS("x"));
  }
}
