package email.daimon.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;

class StackTest {
  private static final URI QUEUES = URI.create("http://localhost:9324");

  @Test
  void readsTheStackOfTheProject() {
    Stack stack = Stack.of(Template.load(), Map.of("Domain", "example.org"), QUEUES);

    Table mail = stack.table("MailTable");
    assertThat(mail.name()).isEqualTo("mail-table");
    assertThat(mail.expiry()).contains("expires_at");
    assertThat(mail.create().streamSpecification().streamViewTypeAsString()).isEqualTo("NEW_IMAGE");
    assertThat(mail.create().globalSecondaryIndexes())
        .extracting(GlobalSecondaryIndex::indexName)
        .containsExactly("by1", "by2");
    assertThat(stack.table("WorkTable").create().streamSpecification()).isNull();
    assertThat(stack.buckets()).containsExactly("mail-bucket");

    Function inbound = function(stack, "InboundFunction");
    assertThat(inbound.environment())
        .containsEntry("DOMAIN", "example.org")
        .containsEntry("MAIL_TABLE", "mail-table")
        .containsEntry("JOBS_QUEUE_URL", "http://localhost:9324/000000000000/jobs-queue");
    assertThat(inbound.queues())
        .containsExactly(
            new Function.QueueMapping("arn:aws:sqs:us-east-1:000000000000:inbound-queue", 10, 5));
    Queue queue = stack.queue(inbound.queues().get(0).queueArn());
    assertThat(queue.deadLetters()).contains("inbound-dead-letter-queue");
    assertThat(queue.attributes().get("RedrivePolicy"))
        .isEqualTo(
            "{\"deadLetterTargetArn\":\"arn:aws:sqs:us-east-1:000000000000:inbound-dead-letter-queue\","
                + "\"maxReceiveCount\":5}");

    assertThat(function(stack, "WebhookPlanFunction").streams())
        .containsExactly(
            new Function.StreamMapping(
                "mail-table",
                100,
                10,
                List.of(
                    "{\"eventName\":[\"INSERT\"],\"dynamodb\":{\"Keys\":{\"sk\":{\"S\":[{\"prefix\":\"evt_\"}]}}}}"),
                "mail-bucket"));
    assertThat(function(stack, "SweepFunction").schedules())
        .containsExactly(new Function.Schedule("EveryMinute", Duration.ofMinutes(1)));
    assertThat(function(stack, "ApiMailFunction").routes())
        .contains(new Function.Route("$default", Optional.empty()))
        .contains(new Function.Route("GET", Optional.of("/v1/inboxes/{id}/messages")));
  }

  @Test
  void aNameThatStandsTwiceIsRefused() {
    assertThatThrownBy(() -> Template.parse("Resources: {A: {Type: X}, A: {Type: Y}}"))
        .hasMessageContaining("duplicate key A");
  }

  @Test
  void everyQueueIsHiddenSixTimesAsLongAsItsFunctionMayTake() {
    Stack stack = Stack.of(Template.load(), Map.of(), QUEUES);
    for (Function function : stack.functions()) {
      for (Function.QueueMapping mapping : function.queues()) {
        Queue queue = stack.queue(mapping.queueArn());
        assertThat(Long.parseLong(queue.attributes().get("VisibilityTimeout")))
            .as(function.id())
            .isGreaterThanOrEqualTo(6 * function.timeout().toSeconds());
        assertThat(queue.deadLetters()).isPresent();
      }
    }
  }

  @Test
  void resolvesSubAndJoin() {
    Stack stack =
        Stack.of(
            Template.parse(
                """
                Parameters:
                  Colour: {Type: String, Default: green}
                Resources:
                  One:
                    Type: AWS::Serverless::Function
                    Properties:
                      Handler: a.B
                      Timeout: 3
                      Environment:
                        Variables:
                          SUB: !Sub "${Colour} ${!literal} ${Jobs.Arn} ${AWS::Region}"
                          OWN: !Sub ["${x}-${Colour}", {x: !Ref Jobs}]
                          JOIN: !Join ["/", [a, !Ref Colour, !GetAtt Jobs.QueueName]]
                  Jobs: {Type: AWS::SQS::Queue}
                """),
            Map.of(),
            QUEUES);
    assertThat(function(stack, "One").environment())
        .containsEntry("SUB", "green ${literal} arn:aws:sqs:us-east-1:000000000000:jobs us-east-1")
        .containsEntry("OWN", "http://localhost:9324/000000000000/jobs-green")
        .containsEntry("JOIN", "a/green/jobs");
  }

  @Test
  void refusesWhatItDoesNotUnderstand() {
    refused(
        "Jobs: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !If [a, 1, 2]}}",
        "no condition a");
    refused(
        "Jobs: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Select [1, 2]}}", "Fn::Select");
    refused("Jobs: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !Ref Nobody}}", "Nobody");
    refused("Jobs: {Type: AWS::SQS::Queue, Properties: {DelaySeconds: !GetAtt Jobs.Age}}", "Age");
    refused("Jobs: {Type: AWS::SQS::Queue, Properties: {FifoQueue: true}}", "FifoQueue");
    refused("Jobs: {Type: AWS::EC2::Instance}", "AWS::EC2::Instance");
    refused("Jobs: {Type: AWS::DynamoDB::Table, Properties: {KeySchemas: []}}", "KeySchemas");
    assertThatThrownBy(() -> Stack.of(Template.load(), Map.of("Colour", "red"), QUEUES))
        .hasMessageContaining("Colour");
  }

  private static void refused(String resource, String named) {
    assertThatThrownBy(
            () -> Stack.of(Template.parse("Resources:\n  " + resource), Map.of(), QUEUES))
        .hasMessageContaining(named);
  }

  private static Function function(Stack stack, String id) {
    return stack.functions().stream().filter(f -> f.id().equals(id)).findFirst().orElseThrow();
  }
}
