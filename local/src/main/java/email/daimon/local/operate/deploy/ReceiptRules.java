package email.daimon.local.operate.deploy;

import static java.util.Objects.requireNonNull;

import email.daimon.local.operate.AwsApi;
import email.daimon.local.operate.AwsCalls;
import email.daimon.local.operate.XmlAnswer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes SES follow the stack's receipt rule. CloudFormation cannot: one set of an account and
 * region is active at a time. A set of somebody else's is not replaced: it gets the rule at its
 * end, for this domain alone.
 */
final class ReceiptRules {
  private final AwsCalls aws;

  ReceiptRules(AwsCalls aws) {
    this.aws = requireNonNull(aws, "aws is null");
  }

  /** What was done, as one sentence. */
  String activate(String set, String domain) {
    XmlAnswer active = aws.query(AwsApi.SES, "DescribeActiveReceiptRuleSet", Map.of());
    Optional<String> name = active.first("Metadata").flatMap(found -> found.text("Name"));
    if (name.isEmpty()) {
      aws.query(AwsApi.SES, "SetActiveReceiptRuleSet", Map.of("RuleSetName", set));
      return "Receipt rule set %s is active now.".formatted(set);
    }
    if (name.get().equals(set)) {
      return "Receipt rule set %s is active.".formatted(set);
    }
    List<String> there = names(active);
    int added = 0;
    String after = there.isEmpty() ? "" : there.getLast();
    for (XmlAnswer rule :
        aws.query(AwsApi.SES, "DescribeReceiptRuleSet", Map.of("RuleSetName", set))
            .members("Rules")) {
      String own = rule.text("Name").orElse("");
      if (there.contains(own)) {
        continue;
      }
      Map<String, String> wish = new HashMap<>();
      rule.flatten("Rule", wish);
      wish.keySet().removeIf(key -> key.startsWith("Rule.Recipients."));
      wish.put("Rule.Recipients.member.1", domain);
      wish.put("RuleSetName", name.get());
      if (!after.isEmpty()) {
        wish.put("After", after);
      }
      aws.query(AwsApi.SES, "CreateReceiptRule", wish);
      after = own;
      added++;
    }
    return "Receipt rule set %s stays active; %s."
        .formatted(
            name.get(),
            added == 0
                ? "it has the stack's rule"
                : "the stack's rule for %s is at its end".formatted(domain));
  }

  private static List<String> names(XmlAnswer set) {
    return set.members("Rules").stream().flatMap(rule -> rule.text("Name").stream()).toList();
  }
}
