package email.daimon.local.operate.testing;

import static email.daimon.local.operate.testing.FakeAws.xml;

/** An account as most are: in production, with room, and nothing of the stack in it yet. */
public final class AwsAccount {
  private AwsAccount() {}

  public static FakeAws fresh() {
    return new FakeAws()
        .answer(
            "GetCallerIdentity",
            xml(
                "GetCallerIdentityResponse",
                xml(
                    "GetCallerIdentityResult",
                    xml("Account", "123456789012"),
                    xml("Arn", "arn:aws:iam::123456789012:user/op"))))
        .answer(
            "GET /2016-08-19/account-settings/",
            "{\"AccountLimit\":{\"ConcurrentExecutions\":1000}}")
        .answer("GET /v2/email/account", account(true, 50_000, 14))
        .answer(
            "DescribeActiveReceiptRuleSet",
            xml("DescribeActiveReceiptRuleSetResponse", xml("DescribeActiveReceiptRuleSetResult")))
        .refuse("DescribeStacks", 400, "ValidationError", "Stack with id daimon does not exist")
        .refuse(
            "GET /v2/email/identities/agents.example.org", 404, "NotFoundException", "no identity");
  }

  public static String account(boolean production, int day, int rate) {
    return "{\"ProductionAccessEnabled\":%s,\"SendingEnabled\":true,\"EnforcementStatus\":\"HEALTHY\","
            .formatted(production)
        + "\"SendQuota\":{\"Max24HourSend\":%d,\"MaxSendRate\":%d,\"SentLast24Hours\":0}}"
            .formatted(day, rate);
  }

  /** Rules by name, as DescribeActiveReceiptRuleSet has them. */
  public static String ruleSet(String action, String name, String... rules) {
    StringBuilder members = new StringBuilder();
    for (String rule : rules) {
      members.append(xml("member", rule));
    }
    return xml(
        action + "Response",
        xml(action + "Result", xml("Metadata", xml("Name", name)), xml("Rules", members)));
  }

  /** As it is once the stack is there. */
  public static void deployed(FakeAws aws, String status) {
    aws.answer(
            "DescribeStacks",
            xml(
                "DescribeStacksResponse",
                xml(
                    "Stacks",
                    xml(
                        "member",
                        xml("StackStatus", status),
                        xml(
                            "Parameters",
                            xml(
                                "member",
                                xml("ParameterKey", "Domain"),
                                xml("ParameterValue", "agents.example.org"))),
                        xml(
                            "Outputs",
                            xml(
                                "member",
                                xml("OutputKey", "ApiUrl"),
                                xml("OutputValue", "https://abc.execute-api.example")))))))
        .answer(
            "DescribeStackResources",
            xml(
                "DescribeStackResourcesResponse",
                xml(
                    "StackResources",
                    part("ApiAdminFunction", "daimon-ApiAdmin-1", "AWS::Lambda::Function"),
                    part("ReceiptRules", "daimon-rules-1", "AWS::SES::ReceiptRuleSet"))))
        .answer(
            "GET /2015-03-31/functions/daimon-ApiAdmin-1/configuration",
            "{\"Environment\":{\"Variables\":{\"DOMAIN\":\"agents.example.org\",\"MAIL_TABLE\":\"mail-1\"}}}");
  }

  private static String part(String logical, String physical, String type) {
    return xml(
        "member",
        xml("LogicalResourceId", logical),
        xml("PhysicalResourceId", physical),
        xml("ResourceType", type));
  }
}
