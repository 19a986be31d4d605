package email.daimon.functions.api.send;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Suppression;
import email.daimon.wire.Json;
import java.net.URLEncoder;

/** A suppressed address on the wire. */
final class SuppressionJson {
  private SuppressionJson() {}

  static ObjectNode of(Suppression one) {
    ObjectNode json = Json.object().put("address", one.address()).put("reason", one.reason());
    json.put("since", Json.time(one.since()));
    json.put("inbox_id", one.inboxId()).put("message_id", one.messageId());
    json.set("evidence", Json.text(one.evidence()));
    return json;
  }

  /** An address as a segment of a path. */
  static String encoded(String address) {
    return URLEncoder.encode(address, UTF_8).replace("+", "%20").replace("%40", "@");
  }
}
