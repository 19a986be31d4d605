package email.daimon.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.ReceiveRules;

/** {@code receive_rules} of an inbox or an account on the wire. */
final class ReceiveRulesJson {
  private ReceiveRulesJson() {}

  static ObjectNode of(ReceiveRules rules) {
    ObjectNode json = Json.object();
    json.set("allow", Json.texts(rules.allow()));
    json.set("block", Json.texts(rules.block()));
    return json;
  }
}
