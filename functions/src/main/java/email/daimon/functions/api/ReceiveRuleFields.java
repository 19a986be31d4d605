package email.daimon.functions.api;

import email.daimon.model.ReceiveRules;
import email.daimon.policy.ReceiveRuleSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code receive_rules} of an inbox or an account; says what is wrong with them. */
final class ReceiveRuleFields {
  static final String NAME = "receive_rules";

  private ReceiveRuleFields() {}

  static ReceiveRules read(Fields body) {
    return body.object(NAME)
        .map(rules -> new ReceiveRules(entries(rules, "allow"), entries(rules, "block")))
        .orElse(ReceiveRules.NONE);
  }

  private static List<String> entries(Fields rules, String name) {
    List<String> given = rules.texts(name).orElse(List.of());
    if (given.size() > ReceiveRuleSyntax.MOST) {
      rules.problem(name, "has at most " + ReceiveRuleSyntax.MOST + " entries");
    }
    List<String> entries = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Optional<String> entry = ReceiveRuleSyntax.normal(given.get(i));
      if (entry.isEmpty()) {
        rules.problem(name + "[" + i + "]", "is an address or a domain");
      }
      entry.filter(kept -> !entries.contains(kept)).ifPresent(entries::add);
    }
    return entries;
  }
}
