package email.daimon.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the function that calls strangers may touch, were it turned against us. */
class StrangersRoleTest {
  private final JsonNode statements =
      new ObjectMapper()
          .<JsonNode>valueToTree(Template.load().resources())
          .path("WebhookDeliverRole")
          .path("Properties")
          .path("Policies")
          .path(0)
          .path("PolicyDocument")
          .path("Statement");

  @Test
  void itsQueuesTheWorkTableAndTheKeyOfSecretsAndNothingElse() {
    Set<String> touched = new TreeSet<>();
    for (JsonNode statement : statements) {
      assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
      statement
          .path("Resource")
          .findValues("Fn::GetAtt")
          .forEach(attribute -> touched.add(attribute.path(0).asText()));
      assertThat(statement.path("Resource").toString()).doesNotContain("*", "Fn::Sub", "Ref");
    }
    assertThat(touched)
        .containsExactly(
            "SecretsKey", "SlowWebhooksQueue", "WebhookDeliverLog", "WebhooksQueue", "WorkTable");
  }

  @Test
  void itOpensSecretsAndMakesNone() {
    Set<String> actions = new TreeSet<>();
    for (JsonNode statement : statements) {
      JsonNode named = statement.path("Action");
      if (named.isTextual()) {
        actions.add(named.asText());
      } else {
        named.forEach(action -> actions.add(action.asText()));
      }
    }
    assertThat(actions)
        .containsExactly(
            "dynamodb:BatchGetItem",
            "dynamodb:DeleteItem",
            "dynamodb:GetItem",
            "dynamodb:PutItem",
            "dynamodb:Query",
            "dynamodb:UpdateItem",
            "kms:Decrypt",
            "logs:CreateLogStream",
            "logs:PutLogEvents",
            "sqs:ChangeMessageVisibility",
            "sqs:DeleteMessage",
            "sqs:GetQueueAttributes",
            "sqs:ReceiveMessage",
            "sqs:SendMessage");
  }
}
