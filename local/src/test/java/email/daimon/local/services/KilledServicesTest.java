package email.daimon.local.services;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** What was answered is there after a SIGKILL, and what is there is whole. */
final class KilledServicesTest {
  private static final String TABLE = "killed";
  private static final String QUEUE = "killed";

  @ParameterizedTest(name = "killed after {0} answers, forced {1}")
  @CsvSource({"1,false", "70,false", "250,false", "40,true"})
  void whatWasAnsweredIsThere(int answers, boolean forced, @TempDir Path folder) throws Exception {
    int last = lastAnswerBeforeItsKill(folder, answers, forced);

    try (Services services =
        Services.start(Optional.of(new Disk(folder, forced)), InstantSource.system())) {
      List<Integer> stored = new ArrayList<>();
      for (int number = 1; row(services.platform().dynamoDb(), number, "a"); number++) {
        stored.add(number);
      }
      // The one that was not answered may be there or not.
      assertThat(stored.size()).isBetween(last, last + 1);
      for (int number : stored) {
        assertThat(row(services.platform().dynamoDb(), number, "b")).isTrue();
      }
      assertThat(row(services.platform().dynamoDb(), stored.size() + 1, "b")).isFalse();
      assertThat(services.depth(QUEUE).visible()).isBetween((long) last, last + 1L);
    }
  }

  private static int lastAnswerBeforeItsKill(Path folder, int answers, boolean forced)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                folder.toString(),
                Boolean.toString(forced))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int last = 0;
    try (BufferedReader told = process.inputReader()) {
      for (String line = told.readLine(); line != null; line = told.readLine()) {
        if (line.startsWith("answered ")) {
          last = Integer.parseInt(line.substring("answered ".length()));
          if (last == answers) {
            // By its handle: what it has told already is still read.
            process.toHandle().destroyForcibly();
          }
        }
      }
    } finally {
      process.destroyForcibly();
      process.waitFor();
    }
    assertThat(last).as("the last that was answered").isGreaterThanOrEqualTo(answers);
    return last;
  }

  private static boolean row(DynamoDbClient tables, int number, String part) {
    return tables
        .getItem(get -> get.tableName(TABLE).key(key(number, part)).consistentRead(true))
        .hasItem();
  }

  private static Map<String, AttributeValue> key(int number, String part) {
    return Map.of(
        "pk", AttributeValue.fromS(Integer.toString(number)), "sk", AttributeValue.fromS(part));
  }

  /** Writes two rows in one transaction, then a message, and tells so, until it is killed. */
  static final class Writer {
    public static void main(String[] arguments) {
      Disk disk = new Disk(Path.of(arguments[0]), Boolean.parseBoolean(arguments[1]));
      Services services = Services.start(Optional.of(disk), InstantSource.system());
      DynamoDbClient tables = services.platform().dynamoDb();
      tables.createTable(create ->
          create
              .tableName(TABLE)
              .billingMode(BillingMode.PAY_PER_REQUEST)
              .attributeDefinitions(attribute("pk"), attribute("sk"))
              .keySchema(keyPart("pk", KeyType.HASH), keyPart("sk", KeyType.RANGE)));
      SqsClient queues = services.platform().sqs();
      String queue = queues.createQueue(create -> create.queueName(QUEUE)).queueUrl();
      for (int number = 1; ; number++) {
        int next = number;
        tables.transactWriteItems(write -> write.transactItems(put(next, "a"), put(next, "b")));
        SendMessageBatchRequestEntry message =
            SendMessageBatchRequestEntry.builder().id("0").messageBody("" + number).build();
        queues.sendMessageBatch(send -> send.queueUrl(queue).entries(message));
        System.out.println("answered " + number);
      }
    }

    private static TransactWriteItem put(int number, String part) {
      return TransactWriteItem.builder()
          .put(put -> put.tableName(TABLE).item(key(number, part)))
          .build();
    }

    private static AttributeDefinition attribute(String name) {
      return AttributeDefinition.builder()
          .attributeName(name)
          .attributeType(ScalarAttributeType.S)
          .build();
    }

    private static KeySchemaElement keyPart(String name, KeyType type) {
      return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
  }
}
