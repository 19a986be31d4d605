package email.daimon.infra;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awscdk.CustomResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyDocument;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.CfnFunction;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.constructs.Construct;

/**
 * Mail comes in from the moment that our receipt rule set is the active one. CloudFormation has no
 * resource for that, and an account has one active set, which may be another's.
 */
final class ReceiptRuleActivation extends Construct {
  static final String HANDLER = "activate-receipt-rules.js";

  ReceiptRuleActivation(
      Construct scope, Settings settings, Parts.ReceiptRules rules, String revision) {
    super(scope, "ReceiptRuleActivation");
    CfnLogGroup logs =
        CfnLogGroup.Builder.create(this, "Logs").retentionInDays(settings.logDays()).build();
    CfnFunction function =
        CfnFunction.Builder.create(this, "Function")
            .description("Activates the receipt rule set of daimon, and no other")
            .runtime("nodejs24.x")
            .architectures(List.of("arm64"))
            .handler("index.handler")
            .code(CfnFunction.CodeProperty.builder().zipFile(code()).build())
            .timeout(60)
            .memorySize(128)
            .loggingConfig(
                CfnFunction.LoggingConfigProperty.builder()
                    .logFormat("JSON")
                    .logGroup(logs.getRef())
                    .build())
            .role(role(settings, logs).getRoleArn())
            .build();
    Map<String, Object> properties = new LinkedHashMap<>();
    properties.put("RuleSetName", Fn.ref(rules.setId()));
    properties.put("RuleName", Fn.ref(rules.ruleId()));
    properties.put("Domain", settings.domain());
    properties.put("JoinOther", String.valueOf(settings.joinOtherReceiptRules()));
    // Each change of the template looks again: the rule may be another now.
    properties.put("Revision", revision);
    CustomResource.Builder.create(this, "Active")
        .serviceToken(function.getAttrArn())
        .resourceType("Custom::ActiveReceiptRuleSet")
        .serviceTimeout(Duration.minutes(5))
        .properties(properties)
        .build();
  }

  static String code() {
    try (InputStream in = ReceiptRuleActivation.class.getResourceAsStream(HANDLER)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Role role(Settings settings, CfnLogGroup logs) {
    List<String> actions =
        new ArrayList<>(List.of("ses:DescribeActiveReceiptRuleSet", "ses:SetActiveReceiptRuleSet"));
    // To leave the set of others once it was joined takes the same rights, so they stay with the
    // setting; who takes the setting back deletes that rule by hand.
    if (settings.joinOtherReceiptRules()) {
      actions.addAll(
          List.of(
              "ses:DescribeReceiptRule",
              "ses:CreateReceiptRule",
              "ses:UpdateReceiptRule",
              "ses:DeleteReceiptRule"));
    }
    return Role.Builder.create(this, "Role")
        .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
        .inlinePolicies(
            Map.of(
                "Activate",
                PolicyDocument.Builder.create()
                    .statements(
                        List.of(
                            allow(actions, "*"),
                            allow(
                                List.of("logs:CreateLogStream", "logs:PutLogEvents"),
                                logs.getAttrArn())))
                    .build()))
        .build();
  }

  private static PolicyStatement allow(List<String> actions, String resource) {
    return PolicyStatement.Builder.create()
        .effect(Effect.ALLOW)
        .actions(actions)
        .resources(List.of(resource))
        .build();
  }
}
