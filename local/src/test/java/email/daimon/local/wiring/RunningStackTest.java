package email.daimon.local.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.functions.aws.AwsClients;
import email.daimon.local.stack.LocalNames;
import email.daimon.local.stack.Template;
import email.daimon.local.testing.LocalDaimon;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * What local mode made, asked of the services themselves and held to template.yaml as it is
 * written, without what reads it for local mode.
 */
class RunningStackTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of a queue: pollers here say themselves how long they wait. */
  private static final Set<String> KEPT = Set.of("VisibilityTimeout", "DelaySeconds");

  private static final JsonNode RESOURCES = JSON.<JsonNode>valueToTree(Template.load().resources());
  private static LocalDaimon daimon;
  private static AwsClients platform;

  @BeforeAll
  static void start() {
    daimon = LocalDaimon.start();
    platform = daimon.platform();
  }

  @AfterAll
  static void stop() {
    daimon.close();
  }

  @Test
  void everyQueueHasItsTimesAndItsDeadLetters() throws Exception {
    Map<String, JsonNode> queues = ofType("AWS::SQS::Queue");
    assertThat(queues).hasSize(12);
    for (Map.Entry<String, JsonNode> queue : queues.entrySet()) {
      Map<String, String> live = attributes(queue.getKey());
      for (String name : KEPT) {
        JsonNode wanted = queue.getValue().path(name);
        if (!wanted.isMissingNode()) {
          assertThat(live).as(queue.getKey()).containsEntry(name, wanted.asText());
        }
      }
      JsonNode redrive = queue.getValue().path("RedrivePolicy");
      assertThat(live.containsKey("RedrivePolicy")).isEqualTo(redrive.isObject());
      if (redrive.isObject()) {
        JsonNode kept = JSON.readTree(live.get("RedrivePolicy"));
        assertThat(kept.path("maxReceiveCount").asInt())
            .isEqualTo(redrive.path("maxReceiveCount").asInt());
        assertThat(kept.path("deadLetterTargetArn").asText())
            .endsWith(":" + name(redrive.path("deadLetterTargetArn")));
      }
    }
  }

  @Test
  void everyTableHasItsKeysIndexesStreamAndExpiry() {
    Map<String, JsonNode> tables = ofType("AWS::DynamoDB::Table");
    assertThat(tables).hasSize(2);
    tables.forEach((name, wanted) -> {
      TableDescription live =
          platform.dynamoDb().describeTable(table -> table.tableName(name)).table();
      assertThat(keys(live.keySchema())).isEqualTo(keys(wanted.path("KeySchema")));
      Map<String, List<String>> indexes = new TreeMap<>();
      live.globalSecondaryIndexes()
          .forEach(index -> indexes.put(index.indexName(), keys(index.keySchema())));
      Map<String, List<String>> described = new TreeMap<>();
      wanted
          .path("GlobalSecondaryIndexes")
          .forEach(index ->
              described.put(index.path("IndexName").asText(), keys(index.path("KeySchema"))));
      assertThat(indexes).isEqualTo(described);
      JsonNode view = wanted.path("StreamSpecification").path("StreamViewType");
      assertThat(live.streamSpecification() != null).isEqualTo(!view.isMissingNode());
      if (!view.isMissingNode()) {
        assertThat(live.streamSpecification().streamViewTypeAsString()).isEqualTo(view.asText());
      }
      assertThat(
              platform
                  .dynamoDb()
                  .describeTimeToLive(ttl -> ttl.tableName(name))
                  .timeToLiveDescription()
                  .attributeName())
          .isEqualTo(wanted.path("TimeToLiveSpecification").path("AttributeName").asText());
    });
  }

  @Test
  void everyBucketIsThere() {
    Set<String> buckets = ofType("AWS::S3::Bucket").keySet();
    assertThat(buckets).isNotEmpty();
    for (String bucket : buckets) {
      assertThat(platform.s3().listObjectsV2(list -> list.bucket(bucket)).contents()).isEmpty();
    }
  }

  private static Map<String, JsonNode> ofType(String type) {
    Map<String, JsonNode> found = new TreeMap<>();
    RESOURCES
        .properties()
        .forEach(resource -> {
          if (resource.getValue().path("Type").asText().equals(type)) {
            found.put(LocalNames.name(resource.getKey()), resource.getValue().path("Properties"));
          }
        });
    return found;
  }

  private static Map<String, String> attributes(String name) {
    String url = platform.sqs().getQueueUrl(queue -> queue.queueName(name)).queueUrl();
    return platform
        .sqs()
        .getQueueAttributes(get -> get.queueUrl(url).attributeNames(QueueAttributeName.ALL))
        .attributesAsStrings();
  }

  /** The name of what {@code GetAtt} names. */
  private static String name(JsonNode getAtt) {
    return LocalNames.name(getAtt.path("Fn::GetAtt").path(0).asText());
  }

  private static List<String> keys(JsonNode schema) {
    return schema.findValuesAsText("AttributeName");
  }

  private static List<String> keys(List<KeySchemaElement> schema) {
    return schema.stream().map(KeySchemaElement::attributeName).toList();
  }
}
