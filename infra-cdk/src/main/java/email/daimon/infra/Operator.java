package email.daimon.infra;

import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Aws;
import software.amazon.awscdk.CfnOutput;
import software.amazon.awscdk.services.budgets.CfnBudget;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** Who runs the platform: what they are told by, and what they are told of their money. */
final class Operator extends Construct {
  private final Topic topic;

  Operator(Construct scope, Settings settings) {
    super(scope, "Operator");
    topic = Topic.Builder.create(this, "Topic").displayName("daimon").enforceSsl(true).build();
    // A policy of one's own replaces the one by which the account's alarms may publish.
    topic.addToResourcePolicy(publish("cloudwatch.amazonaws.com"));
    topic.addToResourcePolicy(publish("budgets.amazonaws.com"));
    settings
        .alarmEmail()
        .ifPresent(address -> topic.addSubscription(new EmailSubscription(address)));
    CfnOutput.Builder.create(this, "AlarmTopic")
        .description("Alarms and budget are told here; alarmEmail subscribes an address")
        .value(topic.getTopicArn())
        .build();
    settings.monthlyBudget().ifPresent(this::budget);
  }

  Topic topic() {
    return topic;
  }

  private void budget(double dollars) {
    CfnBudget.Builder.create(this, "Budget")
        .budget(
            CfnBudget.BudgetDataProperty.builder()
                .budgetType("COST")
                .timeUnit("MONTHLY")
                .budgetLimit(CfnBudget.SpendProperty.builder().amount(dollars).unit("USD").build())
                .build())
        .notificationsWithSubscribers(
            List.of(notification("ACTUAL", 80), notification("FORECASTED", 100)))
        .build();
  }

  private CfnBudget.NotificationWithSubscribersProperty notification(String type, int percent) {
    return CfnBudget.NotificationWithSubscribersProperty.builder()
        .notification(
            CfnBudget.NotificationProperty.builder()
                .notificationType(type)
                .comparisonOperator("GREATER_THAN")
                .threshold(percent)
                .thresholdType("PERCENTAGE")
                .build())
        .subscribers(
            List.of(
                CfnBudget.SubscriberProperty.builder()
                    .subscriptionType("SNS")
                    .address(topic.getTopicArn())
                    .build()))
        .build();
  }

  private PolicyStatement publish(String service) {
    return PolicyStatement.Builder.create()
        .effect(Effect.ALLOW)
        .principals(List.of(new ServicePrincipal(service)))
        .actions(List.of("sns:Publish"))
        .resources(List.of(topic.getTopicArn()))
        .conditions(Map.of("StringEquals", Map.of("aws:SourceAccount", Aws.ACCOUNT_ID)))
        .build();
  }
}
