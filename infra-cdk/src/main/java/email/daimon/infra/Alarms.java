package email.daimon.infra;

import java.util.List;
import java.util.Objects;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.logs.CfnMetricFilter;
import software.constructs.Construct;

/** What an operator is told of. Each alarm says what to do. */
final class Alarms extends Construct {
  private static final int LONG_WAIT_SECONDS = 30 * 60;
  private static final int SLOW_MILLISECONDS = 2_000;
  private static final int SLOW_RESTORE_MILLISECONDS = 1_500;
  private static final int LATE_STREAM_MILLISECONDS = 60_000;

  // SES reviews an account at 5 % and 0.1 %.
  private static final double BOUNCES = 0.03;
  private static final double COMPLAINTS = 0.0005;

  private final SnsAction operator;

  Alarms(Construct scope, Parts parts, Operator operator) {
    super(scope, "Alarms");
    this.operator = new SnsAction(operator.topic());
    Objects.requireNonNull(parts);
    queues(parts);
    tables(parts);
    functions(parts);
    api(parts);
    sending();
  }

  private void queues(Parts parts) {
    for (String id : parts.deadLetterQueues()) {
      once(
          id,
          "Something failed five times. Look at the function's log, mend, then redrive "
              + id
              + ": it forgets after 14 days.",
          Metrics.queue(id, "ApproximateNumberOfMessagesVisible"),
          1);
    }
    for (String id : parts.workQueues()) {
      lasting(
          id + "Age",
          "The oldest message of "
              + id
              + " waits for more than half an hour: its function fails, or its concurrency is too low.",
          Metrics.queue(id, "ApproximateAgeOfOldestMessage"),
          LONG_WAIT_SECONDS);
    }
  }

  private void tables(Parts parts) {
    for (String id : parts.tables()) {
      once(
          id + "HotKeys",
          "A range of keys of " + id + " is asked for more than one partition gives.",
          Metrics.throttled(
              "throttled key ranges", id, parts.indexes(id), "KeyRangeThroughputThrottleEvents"),
          1);
      once(
          id + "Throttled",
          id
              + " refused requests. Calls are repeated; when it lasts, look at the limits of the account.",
          Metrics.throttled("throttled requests", id, parts.indexes(id), "ThrottleEvents"),
          10);
    }
  }

  private void functions(Parts parts) {
    for (String id : parts.functions()) {
      once(
          id + "Errors",
          id + " ended with errors that it did not foresee: look at its log.",
          Metrics.function(id, "Errors", "Sum"),
          5);
    }
    // Concurrency is the account's, and so are its throttles.
    once(
        "Throttles",
        "Lambda refused calls: the account's concurrent executions are used up. Ask for more.",
        Metrics.account("AWS/Lambda", "Throttles", "Sum"),
        10);
    for (String id : parts.streamFunctions()) {
      lasting(
          id + "Late",
          "Webhooks are planned more than a minute after their event.",
          Metrics.function(id, "IteratorAge", "Maximum"),
          LATE_STREAM_MILLISECONDS);
    }
    parts.logGroups().forEach(this::restoreMetric);
    lasting(
        "SlowRestore",
        "Functions take long to come up from their snapshots: callers feel it as a slow first call.",
        Metrics.account(Metrics.OWN, Metrics.RESTORE, "p99"),
        SLOW_RESTORE_MILLISECONDS);
  }

  /** Lambda tells the time of a restore in its log alone. */
  private void restoreMetric(String function, String logGroup) {
    CfnMetricFilter.Builder.create(this, function + "Restore")
        .logGroupName(Fn.ref(logGroup))
        .filterPattern("{ $.type = \"platform.report\" && $.record.metrics.restoreDurationMs > 0 }")
        .metricTransformations(
            List.of(
                CfnMetricFilter.MetricTransformationProperty.builder()
                    .metricNamespace(Metrics.OWN)
                    .metricName(Metrics.RESTORE)
                    .metricValue("$.record.metrics.restoreDurationMs")
                    .unit("Milliseconds")
                    .build()))
        .build();
  }

  private void api(Parts parts) {
    once(
        "ServerErrors",
        "The API answered with 5xx: look at the access log and at the functions' logs.",
        Metrics.api(parts.httpApi(), "5xx", "Sum"),
        5);
    for (String id : parts.promptApiFunctions()) {
      lasting(
          id + "Slow",
          "One call in a hundred to " + id + " takes more than two seconds.",
          Metrics.function(id, "Duration", "p99"),
          SLOW_MILLISECONDS);
    }
  }

  private void sending() {
    once(
        "Bounces",
        "More than 3 % of sent mail bounces; SES puts accounts under review at 5 %.",
        Metrics.account("AWS/SES", "Reputation.BounceRate", "Average"),
        BOUNCES);
    once(
        "Complaints",
        "More than 0.05 % of sent mail is complained of; SES puts accounts under review at 0.1 %.",
        Metrics.account("AWS/SES", "Reputation.ComplaintRate", "Average"),
        COMPLAINTS);
  }

  private void once(String id, String description, IMetric metric, double threshold) {
    alarm(id, description, metric, threshold, 1);
  }

  private void lasting(String id, String description, IMetric metric, double threshold) {
    alarm(id, description, metric, threshold, 3);
  }

  private void alarm(String id, String description, IMetric metric, double threshold, int periods) {
    Alarm.Builder.create(this, id)
        .alarmDescription(description)
        .metric(metric)
        .threshold(threshold)
        .comparisonOperator(ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD)
        .evaluationPeriods(periods)
        .treatMissingData(TreatMissingData.NOT_BREACHING)
        .build()
        .addAlarmAction(operator);
  }
}
