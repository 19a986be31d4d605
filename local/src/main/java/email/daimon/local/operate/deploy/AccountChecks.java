package email.daimon.local.operate.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.local.operate.AwsApi;
import email.daimon.local.operate.AwsCalls;
import email.daimon.local.operate.AwsRefusal;
import email.daimon.local.operate.DeployedStack;
import email.daimon.local.operate.Dns;
import email.daimon.local.operate.OperatorException;
import email.daimon.local.operate.XmlAnswer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the AWS account has, and allows. */
final class AccountChecks {
  private static final int ROOM_FOR_THE_API = 10;
  // Of the rate that SES allows: what others of the account send at the same time.
  private static final double SHARE_OF_RATE = 0.9;
  private final AwsCalls aws;
  private final Dns dns;
  private final Checks.Notes notes;

  AccountChecks(AwsCalls aws, Dns dns, Checks.Notes notes) {
    this.aws = aws;
    this.dns = dns;
    this.notes = notes;
  }

  boolean credentials() {
    try {
      XmlAnswer who = aws.query(AwsApi.STS, "GetCallerIdentity", Map.of());
      notes.ok(
          "account",
          "%s as %s".formatted(who.text("Account").orElse("?"), who.text("Arn").orElse("?")));
      return true;
    } catch (OperatorException e) {
      notes.stop("account", e);
      return false;
    }
  }

  /** SES receives where it has a door for SMTP, and knows receipt rules. */
  void region() {
    String door = receivingHost(aws.region());
    Dns.Answer answer = dns.ask(door, Dns.Type.A);
    if (answer.found()) {
      notes.ok("region", "%s: SES receives there".formatted(aws.region()));
    } else if (answer.reached()) {
      notes.stop(
          "region",
          "SES receives no mail in %s (there is no %s): take another, such as us-east-1, us-west-2,"
                  .formatted(aws.region(), door)
              + " eu-west-1 or eu-central-1, by --region");
    } else {
      notes.note("region", "whether SES receives in %s: DNS gives no answer".formatted(door));
    }
  }

  static String receivingHost(String region) {
    return "inbound-smtp.%s.amazonaws.com".formatted(region);
  }

  void concurrency(Demand demand) {
    notes.asking(
        "lambda",
        "lambda:GetAccountSettings",
        () -> {
          JsonNode limits =
              aws.get(AwsApi.LAMBDA, "/2016-08-19/account-settings/").path("AccountLimit");
          int quota = limits.path("ConcurrentExecutions").asInt();
          int wanted = demand.sum() + ROOM_FOR_THE_API;
          if (quota >= wanted) {
            notes.ok(
                "lambda",
                "%,d concurrent executions; the stack takes up to %d".formatted(quota, wanted));
            return;
          }
          reduce(demand, quota);
          notes.note(
              "lambda",
              "%d concurrent executions, less than the %d that the stack may want, so its bounds are"
                      .formatted(quota, wanted)
                  + " lowered; ask for more: aws service-quotas request-service-quota-increase"
                  + " --service-code lambda --quota-code L-B99A9384 --desired-value 1000 --region "
                  + aws.region());
        });
  }

  // Each in proportion; the least that mappings take is two.
  private void reduce(Demand demand, int quota) {
    int room = Math.max(quota / 2, 1);
    demand
        .parts()
        .forEach((name, wanted) -> {
          int least = name.equals("HeldCalls") ? 1 : 2;
          int share = wanted * room / Math.max(demand.sum(), 1);
          notes.propose(name, Integer.toString(Math.max(least, Math.min(wanted, share))));
        });
  }

  void sending() {
    notes.asking(
        "sending",
        "ses:GetAccount",
        () -> {
          JsonNode account = aws.get(AwsApi.SESV2, "/v2/email/account");
          JsonNode quota = account.path("SendQuota");
          double rate = quota.path("MaxSendRate").asDouble();
          String figures =
              "%,.0f mails a day, %,.0f a second"
                  .formatted(quota.path("Max24HourSend").asDouble(), rate);
          if (rate > 0) {
            notes.propose(
                "SesMaxSendRate",
                Integer.toString(Math.max(1, (int) Math.floor(rate * SHARE_OF_RATE))));
          }
          String standing = account.path("EnforcementStatus").asText("HEALTHY");
          if (!account.path("SendingEnabled").asBoolean(true) || standing.equals("SHUTDOWN")) {
            notes.note(
                "sending",
                "SES has paused sending of this account (%s): see its reputation page; receiving"
                        .formatted(standing)
                    + " works");
          } else if (account.path("ProductionAccessEnabled").asBoolean()) {
            notes.ok("sending", "SES in production: " + figures);
          } else {
            notes.note(
                "sending",
                "SES is in the sandbox: %s, to verified addresses alone; receiving works;"
                        .formatted(figures)
                    + " docs/operations/ses-production.md says how to get out");
          }
        });
  }

  /**
   * @param there whether the stack is
   */
  void ruleSet(String stack, boolean there) {
    notes.asking(
        "rule set",
        "ses:DescribeActiveReceiptRuleSet",
        () -> {
          XmlAnswer answer = aws.query(AwsApi.SES, "DescribeActiveReceiptRuleSet", Map.of());
          Optional<String> active = answer.first("Metadata").flatMap(set -> set.text("Name"));
          if (active.isEmpty()) {
            notes.ok("rule set", "none is active; the stack's own will be");
          } else if (there && active.equals(ownRuleSet(stack))) {
            notes.ok("rule set", "%s, the stack's own, is active".formatted(active.get()));
          } else {
            notes.note(
                "rule set",
                "%s (%d rules) is active and stays so: the stack's rule is put at its end"
                    .formatted(active.get(), answer.members("Rules").size()));
          }
        });
  }

  private Optional<String> ownRuleSet(String stack) {
    return new DeployedStack(aws, stack).firstOf("AWS::SES::ReceiptRuleSet");
  }

  /** The parameters of the stack as it is; nothing where there is none. */
  Optional<Map<String, String>> stack(String name) {
    try {
      XmlAnswer answer =
          aws.query(AwsApi.CLOUDFORMATION, "DescribeStacks", Map.of("StackName", name));
      String status = answer.text("StackStatus").orElse("?");
      Map<String, String> parameters = new HashMap<>();
      for (XmlAnswer parameter : answer.members("Parameters")) {
        parameters.put(
            parameter.text("ParameterKey").orElse(""), parameter.text("ParameterValue").orElse(""));
      }
      if (status.equals("ROLLBACK_COMPLETE") || status.equals("REVIEW_IN_PROGRESS")) {
        notes.stop(
            "stack",
            "%s is %s, a first try that failed: aws cloudformation delete-stack --stack-name %s"
                .formatted(name, status, name));
      } else if (status.endsWith("_IN_PROGRESS") || status.endsWith("_FAILED")) {
        notes.stop(
            "stack",
            "%s is %s: wait, or see its events in the CloudFormation console"
                .formatted(name, status));
      } else {
        notes.ok("stack", "%s is there (%s) and will be updated".formatted(name, status));
      }
      return Optional.of(parameters);
    } catch (AwsRefusal e) {
      if (e.code().equals("ValidationError")) {
        notes.ok("stack", "%s is new".formatted(name));
      } else {
        notes.stop("stack", e);
      }
      return Optional.empty();
    }
  }
}
