package email.daimon.local.operate.deploy;

import static java.util.Objects.requireNonNull;

import email.daimon.local.operate.AwsCalls;
import email.daimon.local.operate.DeployedStack;
import email.daimon.local.operate.DomainRecords;
import email.daimon.local.operate.ExpectedRecord;
import email.daimon.local.operate.Identity;
import email.daimon.local.operate.Terminal;
import email.daimon.local.operate.deploy.Deployment.OperatorInboxKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What CloudFormation cannot do, and what the operator has to know and to set. */
final class AfterDeployment {
  private final AwsCalls aws;
  private final Terminal terminal;
  private final OperatorInboxKey operatorInbox;

  AfterDeployment(AwsCalls aws, Terminal terminal, OperatorInboxKey operatorInbox) {
    this.aws = requireNonNull(aws, "aws is null");
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.operatorInbox = requireNonNull(operatorInbox, "operatorInbox is null");
  }

  void run(Plan plan, boolean first) {
    String domain = plan.wish().domain();
    DeployedStack stack = new DeployedStack(aws, plan.wish().stack());
    // The CDK does this by itself, and shows the records that it has not set.
    if (!plan.wish().cdk()) {
      receiveAndSend(stack, domain, first);
    }
    Map<String, String> outputs = stack.outputs();
    Optional.ofNullable(outputs.get("ApiUrl"))
        .ifPresent(url -> terminal.say("\nThe API answers at " + url));
    if (first) {
      Optional.ofNullable(plan.parameters().get("SignupToken"))
          .ifPresent(token ->
              terminal.say(
                  "Who creates an inbox without a key sends, shown this once, X-Signup-Token: "
                      + token));
      terminal.say(operatorInbox.issue(stack.environment()));
    }
    terminal.say("See whether it works: ./daimon doctor %s".formatted(domain));
  }

  private void receiveAndSend(DeployedStack stack, String domain, boolean first) {
    stack
        .firstOf("AWS::SES::ReceiptRuleSet")
        .ifPresent(set -> terminal.say(new ReceiptRules(aws).activate(set, domain)));
    Identity identity = Identity.find(aws, domain).orElseGet(() -> Identity.create(aws, domain));
    if (!identity.verified() || first) {
      terminal.say("\nThe zone of %s needs these records:\n".formatted(domain));
      records(domain, identity).forEach(record -> terminal.say("  " + record.line()));
    }
  }

  private List<ExpectedRecord> records(String domain, Identity identity) {
    List<ExpectedRecord> records = new ArrayList<>();
    records.add(DomainRecords.mx(domain, aws.region()));
    records.addAll(identity.records(aws.region()));
    records.add(DomainRecords.spf(domain));
    records.add(DomainRecords.dmarc(domain));
    return records;
  }
}
