package email.daimon.infra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AlarmsTest {
  private static Synthesised stack;
  private static Parts parts;

  @BeforeAll
  static void synthesise() {
    stack = Synthesised.with(Map.of());
    parts = new Parts(Template.read(Path.of("../template.yaml")));
  }

  @Test
  void oneDeadLetterIsEnough() {
    assertThat(parts.deadLetterQueues()).hasSize(6);
    assertThat(parts.deadLetterQueues())
        .allSatisfy(id ->
            assertThat(alarm("ApproximateNumberOfMessagesVisible", "QueueName", id))
                .containsExactly("Maximum of 300 s >= 1, 1 times"));
  }

  @Test
  void aQueueThatIsNotWorkedOffIsTold() {
    assertThat(parts.workQueues()).hasSize(6).doesNotContainAnyElementsOf(parts.deadLetterQueues());
    assertThat(parts.workQueues())
        .allSatisfy(id ->
            assertThat(alarm("ApproximateAgeOfOldestMessage", "QueueName", id))
                .containsExactly("Maximum of 300 s >= 1800, 3 times"));
  }

  @Test
  void hotKeysAreToldOfTablesAndTheirIndexes() {
    List<String> asked = new ArrayList<>();
    for (JsonNode alarm : stack.resources("AWS::CloudWatch::Alarm")) {
      for (JsonNode metric : alarm.at("/Properties/Metrics")) {
        JsonNode of = metric.at("/MetricStat/Metric");
        if (of.path("MetricName").asText().endsWith("KeyRangeThroughputThrottleEvents")) {
          asked.add(of.path("MetricName").asText() + " " + dimensions(of));
        }
      }
    }
    assertThat(asked)
        .containsExactlyInAnyOrder(
            "ReadKeyRangeThroughputThrottleEvents TableName=MailTable",
            "ReadKeyRangeThroughputThrottleEvents GlobalSecondaryIndexName=by1 TableName=MailTable",
            "ReadKeyRangeThroughputThrottleEvents GlobalSecondaryIndexName=by2 TableName=MailTable",
            "WriteKeyRangeThroughputThrottleEvents TableName=MailTable",
            "WriteKeyRangeThroughputThrottleEvents GlobalSecondaryIndexName=by1 TableName=MailTable",
            "WriteKeyRangeThroughputThrottleEvents GlobalSecondaryIndexName=by2 TableName=MailTable",
            "ReadKeyRangeThroughputThrottleEvents TableName=WorkTable",
            "WriteKeyRangeThroughputThrottleEvents TableName=WorkTable");
  }

  @Test
  void aGraphOfTwoTablesAddsEachUpByItself() {
    String body =
        stack
            .resources("AWS::CloudWatch::Dashboard")
            .getFirst()
            .at("/Properties/DashboardBody")
            .toString();

    assertThat(body)
        .contains("SUM([mailTable0, mailTable1, mailTable2, mailTable3, mailTable4, mailTable5])")
        .contains("SUM([workTable0, workTable1])");
  }

  @Test
  void aHeldCallIsNotASlowOne() {
    assertThat(parts.promptApiFunctions())
        .containsExactlyInAnyOrder("ApiMailFunction", "ApiSendFunction", "ApiAdminFunction")
        .allSatisfy(id ->
            assertThat(alarm("Duration", "FunctionName", id))
                .containsExactly("p99 of 300 s >= 2000, 3 times"));
    assertThat(alarm("Duration", "FunctionName", "ApiWaitFunction")).isEmpty();
  }

  @Test
  void everyFunctionsErrorsAreTold() {
    assertThat(parts.functions())
        .allSatisfy(id ->
            assertThat(alarm("Errors", "FunctionName", id))
                .containsExactly("Sum of 300 s >= 5, 1 times"));
    assertThat(alarm("IteratorAge", "FunctionName", "WebhookPlanFunction")).hasSize(1);
    assertThat(alarm("5xx", "ApiId", "HttpApi")).containsExactly("Sum of 300 s >= 5, 1 times");
  }

  @Test
  void sendingIsToldBeforeSesReviewsTheAccount() {
    assertThat(account("Reputation.BounceRate"))
        .containsExactly("Average of 300 s >= 0.03, 1 times");
    assertThat(account("Reputation.ComplaintRate"))
        .containsExactly("Average of 300 s >= 5.0E-4, 1 times");
    assertThat(account("Throttles")).hasSize(1);
  }

  @Test
  void restoresAreCountedFromTheLogOfEachFunction() {
    List<JsonNode> filters = stack.resources("AWS::Logs::MetricFilter");

    assertThat(filters)
        .hasSize(11)
        .allSatisfy(filter -> {
          assertThat(filter.at("/Properties/FilterPattern").asText())
              .isEqualTo(
                  "{ $.type = \"platform.report\" && $.record.metrics.restoreDurationMs > 0 }");
          assertThat(filter.at("/Properties/MetricTransformations/0/MetricValue").asText())
              .isEqualTo("$.record.metrics.restoreDurationMs");
        });
    assertThat(account("RestoreDuration")).containsExactly("p99 of 300 s >= 1500, 3 times");
  }

  @Test
  void theOperatorHearsOfEveryAlarmAndReadsWhatToDo() {
    assertThat(parts.alarms()).contains("UnplannedEventsAlarm");
    assertThat(stack.resources("AWS::CloudWatch::Alarm"))
        .hasSizeGreaterThan(35)
        .allSatisfy(alarm -> {
          assertThat(alarm.at("/Properties/AlarmActions/0/Ref").asText())
              .startsWith("OperatorTopic");
          assertThat(alarm.at("/Properties/AlarmDescription").asText()).isNotBlank();
          assertThat(alarm.at("/Properties/TreatMissingData").asText()).isEqualTo("notBreaching");
        });
  }

  @Test
  void onePageShowsEveryPart() {
    String body =
        stack
            .resources("AWS::CloudWatch::Dashboard")
            .getFirst()
            .at("/Properties/DashboardBody")
            .toString();

    assertThat(parts.functions()).allSatisfy(id -> assertThat(body).contains(id));
    assertThat(parts.workQueues()).allSatisfy(id -> assertThat(body).contains(id));
    assertThat(parts.tables()).allSatisfy(id -> assertThat(body).contains(id));
    assertThat(body).contains("Dead letters", "Reputation.BounceRate", "RestoreDuration", "5xx");
  }

  private static List<String> alarm(String metric, String dimension, String id) {
    return alarms(metric).stream()
        .filter(alarm -> dimensions(alarm.path("Properties")).equals(dimension + "=" + id))
        .map(AlarmsTest::bound)
        .toList();
  }

  private static List<String> account(String metric) {
    return alarms(metric).stream()
        .filter(alarm -> alarm.at("/Properties/Dimensions").isMissingNode())
        .map(AlarmsTest::bound)
        .toList();
  }

  private static List<JsonNode> alarms(String metric) {
    return stack.resources("AWS::CloudWatch::Alarm").stream()
        .filter(alarm -> alarm.at("/Properties/MetricName").asText().equals(metric))
        .toList();
  }

  private static String bound(JsonNode alarm) {
    JsonNode properties = alarm.path("Properties");
    return properties.path("Statistic").asText(properties.path("ExtendedStatistic").asText())
        + " of "
        + properties.path("Period").asText()
        + " s >= "
        + properties.path("Threshold").asText()
        + ", "
        + properties.path("EvaluationPeriods").asText()
        + " times";
  }

  private static String dimensions(JsonNode metric) {
    List<String> dimensions = new ArrayList<>();
    for (JsonNode dimension : metric.path("Dimensions")) {
      JsonNode value = dimension.path("Value");
      dimensions.add(
          dimension.path("Name").asText()
              + "="
              + (value.isTextual()
                  ? value.asText()
                  : value.path("Ref").asText(value.at("/Fn::GetAtt/0").asText())));
    }
    return String.join(" ", dimensions.stream().sorted().toList());
  }
}
