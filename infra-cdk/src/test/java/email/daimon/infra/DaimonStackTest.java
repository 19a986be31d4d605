package email.daimon.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awscdk.assertions.Match;

class DaimonStackTest {
  private static Synthesised elsewhere;
  private static Synthesised ownZone;
  private static Parts parts;

  @BeforeAll
  static void synthesise() {
    elsewhere = Synthesised.with(Map.of());
    ownZone = Synthesised.with(MailDomainTest.OWN_ZONE);
    parts = new Parts(Template.read(Path.of("../template.yaml")));
  }

  @Test
  void everyPartOfTheTemplateIsThereAsItIsWritten() {
    Template written =
        Template.read(Path.of("../template.yaml"))
            .withParameters(
                Map.of(
                    "Domain", "daimon.email",
                    "PublicUrl", "https://api.daimon.email",
                    "LogDays", "30",
                    "CodeSha256", codeSha256()))
            .withReference("CertificateArn", Map.of("Ref", certificateId()));
    JsonNode expected = new ObjectMapper().valueToTree(written.section("Resources"));
    List<String> different = new ArrayList<>();
    expected
        .fieldNames()
        .forEachRemaining(id -> {
          if (!comparable(expected.get(id)).equals(comparable(elsewhere.resource(id)))) {
            different.add(id);
          }
        });

    assertThat(expected.size()).isGreaterThan(40);
    assertThat(different).isEmpty();
    assertThat(elsewhere.template().path("Transform").asText())
        .isEqualTo("AWS::Serverless-2016-10-31");
  }

  @Test
  void functionsRunTheZipThatMavenMade() {
    JsonNode place = elsewhere.template().at("/Globals/Function/CodeUri");

    assertThat(place.path("Key").asText()).matches("[0-9a-f]{64}\\.zip");
    assertThat(place.at("/Bucket/Fn::Sub").asText())
        .isEqualTo("cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}");
    assertThat(parts.functions())
        .hasSize(11)
        .allSatisfy(id -> {
          assertThat(elsewhere.resource(id).at("/Properties/CodeUri").isMissingNode()).isTrue();
          assertThat(elsewhere.resource(id).at("/Properties/AutoPublishCodeSha256").asText())
              .matches("[0-9a-f]{64}");
        });
  }

  @Test
  void aZipThatIsNotMadeYetIsAskedFor() {
    assertThatThrownBy(() -> Synthesised.with(Map.of("functions", "target/none.zip")))
        .hasMessage(
            "functions: no file target/none.zip; mvn -q package -pl functions,infra-cdk -am makes"
                + " it");
  }

  @Test
  void anotherParameterPublishesAnotherVersion() {
    assertThat(codeSha256())
        .isNotEqualTo(
            ownZone.resource("SendFunction").at("/Properties/AutoPublishCodeSha256").asText());
  }

  @Test
  void logsAreKeptForASettledTime() {
    assertThat(elsewhere.resources("AWS::Logs::LogGroup"))
        .hasSizeGreaterThanOrEqualTo(13)
        .allSatisfy(
            group -> assertThat(group.at("/Properties/RetentionInDays").asText()).isEqualTo("30"));
  }

  @Test
  void secretsAndWhatIsNotSettledStayParameters() {
    JsonNode parameters = elsewhere.template().path("Parameters");

    assertThat(parameters.at("/SignupToken/NoEcho").asBoolean()).isTrue();
    assertThat(parameters.at("/GreenArrowSmtpPassword/NoEcho").asBoolean()).isTrue();
    assertThat(parameters.at("/Signup/Default").asText()).isEqualTo("token");
    assertThat(parameters.has("Domain")).isFalse();
  }

  @Test
  void theReceiptRulesAreActivatedAndOthersLeftAlone() {
    JsonNode refusing = elsewhere.resources("Custom::ActiveReceiptRuleSet").getFirst();
    assertThat(refusing.at("/Properties/RuleSetName/Ref").asText())
        .isEqualTo(parts.receiptRules().setId());
    assertThat(refusing.at("/Properties/RuleName/Ref").asText())
        .isEqualTo(parts.receiptRules().ruleId());
    assertThat(refusing.at("/Properties/JoinOther").asText()).isEqualTo("false");
    assertThat(sesActions(elsewhere))
        .containsExactly("ses:DescribeActiveReceiptRuleSet", "ses:SetActiveReceiptRuleSet");

    JsonNode joining = ownZone.resources("Custom::ActiveReceiptRuleSet").getFirst();
    assertThat(joining.at("/Properties/JoinOther").asText()).isEqualTo("true");
    assertThat(joining.at("/Properties/Domain").asText()).isEqualTo("agents.example");
    assertThat(sesActions(ownZone)).contains("ses:CreateReceiptRule").hasSize(6);
  }

  @Test
  void aBudgetTellsTheOperatorInTime() {
    ownZone
        .assertions()
        .hasResourceProperties(
            "AWS::Budgets::Budget",
            Map.of(
                "Budget",
                Map.of(
                    "BudgetType", "COST",
                    "TimeUnit", "MONTHLY",
                    "BudgetLimit", Map.of("Amount", 50, "Unit", "USD"))));
    ownZone
        .assertions()
        .hasResourceProperties(
            "AWS::SNS::Subscription",
            Map.of("Protocol", "email", "Endpoint", "operator@example.com"));
    ownZone
        .assertions()
        .hasResourceProperties(
            "AWS::SNS::TopicPolicy",
            Match.objectLike(
                Map.of(
                    "PolicyDocument",
                    Match.objectLike(
                        Map.of(
                            "Statement",
                            Match.arrayWith(
                                List.of(
                                    publisher("cloudwatch.amazonaws.com"),
                                    publisher("budgets.amazonaws.com"))))))));
  }

  @Test
  void nothingIsOfOneAccountOrOneRegion() {
    String template = elsewhere.template().toString().replaceAll("[0-9a-f]{40,}", "");

    assertThat(template).doesNotContainPattern("(?<![0-9])[0-9]{12}(?![0-9])");
    assertThat(template).doesNotContainPattern("(us|eu|ap)-[a-z]+-[0-9]");
  }

  @Test
  void awsReviewFindsNothingThatIsNotExplained() {
    for (Synthesised stack : List.of(elsewhere, ownZone)) {
      assertThat(stack.review()).hasSizeGreaterThan(30);
      assertThat(stack.review().stream().filter(line -> line.contains("\"Non-Compliant\"")))
          .isEmpty();
    }
    assertThat(Nag.reasons())
        .allSatisfy(reason ->
            assertThat(elsewhere.review())
                .anyMatch(line ->
                    line.contains(reason.rule())
                        && line.contains("\"Suppressed\"")
                        && line.contains(reason.reason())));
  }

  @Test
  void cfnLintTakesTheResult() throws IOException, InterruptedException {
    boolean present = NodeJs.runs("cfn-lint", "--version");
    if (!present) {
      System.out.println("skipped: cfn-lint is not installed");
    }
    Assumptions.assumeTrue(present, "cfn-lint is not installed");
    Process lint =
        new ProcessBuilder(
                "cfn-lint", "--regions", "us-east-1", "--", ownZone.templateFile().toString())
            .redirectErrorStream(true)
            .start();
    String found = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(lint.waitFor()).as(found).isZero();
  }

  private static String codeSha256() {
    return elsewhere.resource("SendFunction").at("/Properties/AutoPublishCodeSha256").asText();
  }

  private static String certificateId() {
    return elsewhere
        .resource("ApiHost")
        .at("/Properties/DomainNameConfigurations/0/CertificateArn/Ref")
        .asText();
  }

  /** Without what is added on purpose; CloudFormation reads 30 and "30" alike. */
  private static JsonNode comparable(JsonNode resource) {
    JsonNode copy = texts(resource);
    if (copy.path("Properties") instanceof ObjectNode properties) {
      properties.remove("AlarmActions");
    }
    if (copy instanceof ObjectNode whole) {
      whole.remove("Metadata");
      // The CDK sorts them, and writes one alone without its list.
      if (whole.path("DependsOn").isArray()) {
        whole.put(
            "DependsOn",
            StreamSupport.stream(whole.path("DependsOn").spliterator(), false)
                .map(JsonNode::asText)
                .sorted()
                .collect(Collectors.joining(" ")));
      }
    }
    return copy;
  }

  private static JsonNode texts(JsonNode node) {
    return switch (node) {
      case ObjectNode object -> {
        ObjectNode copy = object.objectNode();
        object.properties().forEach(field -> copy.set(field.getKey(), texts(field.getValue())));
        yield copy;
      }
      case ArrayNode array -> {
        ArrayNode copy = array.arrayNode();
        array.forEach(item -> copy.add(texts(item)));
        yield copy;
      }
      default -> TextNode.valueOf(node.asText());
    };
  }

  private static Object publisher(String service) {
    return Match.objectLike(
        Map.of(
            "Action", "sns:Publish",
            "Principal", Map.of("Service", service),
            "Condition",
                Map.of(
                    "StringEquals", Map.of("aws:SourceAccount", Map.of("Ref", "AWS::AccountId")))));
  }

  private static JsonNode activationRole(Synthesised stack) {
    return stack.template().path("Resources").properties().stream()
        .filter(part -> part.getKey().startsWith("ReceiptRuleActivationRole"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private static List<String> sesActions(Synthesised stack) {
    List<String> actions = new ArrayList<>();
    activationRole(stack)
        .at("/Properties/Policies/0/PolicyDocument/Statement/0/Action")
        .forEach(action -> actions.add(action.asText()));
    return actions;
  }
}
