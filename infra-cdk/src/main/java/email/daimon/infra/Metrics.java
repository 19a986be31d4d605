package email.daimon.infra;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;

/** What CloudWatch counts of the stack's parts, by their logical ids. */
final class Metrics {
  static final String OWN = "Daimon";
  static final String RESTORE = "RestoreDuration";

  private Metrics() {}

  static Metric queue(String id, String name) {
    return metric("AWS/SQS", name, "Maximum", Map.of("QueueName", attribute(id, "QueueName")));
  }

  static Metric function(String id, String name, String statistic) {
    return metric("AWS/Lambda", name, statistic, Map.of("FunctionName", Fn.ref(id)));
  }

  static Metric api(String id, String name, String statistic) {
    return metric("AWS/ApiGateway", name, statistic, Map.of("ApiId", Fn.ref(id)));
  }

  static Metric account(String namespace, String name, String statistic) {
    return metric(namespace, name, statistic, Map.of());
  }

  /** What a table and its indexes refused of reads and of writes, together. */
  static IMetric throttled(String label, String tableId, List<String> indexes, String suffix) {
    Map<String, IMetric> parts = new LinkedHashMap<>();
    // Within a graph the names of the parts are shared by all its lines.
    String part = tableId.substring(0, 1).toLowerCase(Locale.ROOT) + tableId.substring(1);
    for (String operation : List.of("Read", "Write")) {
      String name = operation + suffix;
      parts.put(part + parts.size(), table(tableId, name, Map.of()));
      for (String index : indexes) {
        parts.put(
            part + parts.size(), table(tableId, name, Map.of("GlobalSecondaryIndexName", index)));
      }
    }
    return MathExpression.Builder.create()
        .label(label)
        .expression("SUM([" + String.join(", ", parts.keySet()) + "])")
        .usingMetrics(parts)
        .period(Duration.minutes(5))
        .build();
  }

  private static Metric table(String id, String name, Map<String, String> more) {
    Map<String, String> dimensions = new LinkedHashMap<>(more);
    dimensions.put("TableName", Fn.ref(id));
    return metric("AWS/DynamoDB", name, "Sum", dimensions);
  }

  private static String attribute(String id, String name) {
    return Fn.getAtt(id, name).toString();
  }

  private static Metric metric(
      String namespace, String name, String statistic, Map<String, String> dimensions) {
    return Metric.Builder.create()
        .namespace(namespace)
        .metricName(name)
        .statistic(statistic)
        .period(Duration.minutes(5))
        .dimensionsMap(dimensions)
        .build();
  }
}
