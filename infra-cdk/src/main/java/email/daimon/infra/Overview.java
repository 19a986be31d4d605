package email.daimon.infra;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/** One page that shows where mail stands: the way in, the way out, the API, what holds it back. */
final class Overview extends Construct {
  Overview(Construct scope, Parts parts) {
    super(scope, "Overview");
    Dashboard dashboard = Dashboard.Builder.create(this, "Dashboard").build();
    dashboard.addWidgets(
        graph(
            "Calls",
            List.of(
                Metrics.api(parts.httpApi(), "Count", "Sum"),
                Metrics.api(parts.httpApi(), "4xx", "Sum"),
                Metrics.api(parts.httpApi(), "5xx", "Sum"))),
        graph(
            "Answer, p99 (ms)",
            each(parts.promptApiFunctions(), id -> Metrics.function(id, "Duration", "p99"))),
        graph(
            "Restore from snapshot, p99 (ms)",
            List.of(Metrics.account(Metrics.OWN, Metrics.RESTORE, "p99"))));
    dashboard.addWidgets(
        graph(
            "Messages waiting",
            each(
                parts.workQueues(), id -> Metrics.queue(id, "ApproximateNumberOfMessagesVisible"))),
        graph(
            "Oldest message (s)",
            each(parts.workQueues(), id -> Metrics.queue(id, "ApproximateAgeOfOldestMessage"))),
        graph(
            "Dead letters",
            each(
                parts.deadLetterQueues(),
                id -> Metrics.queue(id, "ApproximateNumberOfMessagesVisible"))));
    dashboard.addWidgets(
        graph("Runs", each(parts.functions(), id -> Metrics.function(id, "Invocations", "Sum"))),
        graph("Errors", each(parts.functions(), id -> Metrics.function(id, "Errors", "Sum"))),
        graph(
            "At the same time",
            each(
                parts.functions(), id -> Metrics.function(id, "ConcurrentExecutions", "Maximum"))));
    dashboard.addWidgets(
        graph(
            "Mail sent",
            Stream.of("Send", "Delivery", "Bounce", "Complaint", "Reject")
                .map(name -> (IMetric) Metrics.account("AWS/SES", name, "Sum"))
                .toList()),
        graph(
            "Bounce and complaint rate",
            List.of(
                Metrics.account("AWS/SES", "Reputation.BounceRate", "Average"),
                Metrics.account("AWS/SES", "Reputation.ComplaintRate", "Average"))),
        graph(
            "Throttled by tables",
            parts.tables().stream()
                .map(id -> Metrics.throttled(id, id, parts.indexes(id), "ThrottleEvents"))
                .toList()));
  }

  private static List<IMetric> each(List<String> ids, Function<String, Metric> metric) {
    return ids.stream().map(id -> (IMetric) metric.apply(id)).toList();
  }

  private static IWidget graph(String title, List<IMetric> metrics) {
    return GraphWidget.Builder.create().title(title).width(8).left(metrics).build();
  }
}
