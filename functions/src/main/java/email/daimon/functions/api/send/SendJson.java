package email.daimon.functions.api.send;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.Message;
import email.daimon.model.Outgoing;
import email.daimon.model.SendRecipient.Kind;
import email.daimon.wire.Json;
import email.daimon.wire.OutgoingJson;

/** What the routes of sending answer. */
final class SendJson {
  private SendJson() {}

  static ObjectNode of(Message message) {
    Outgoing way = message.outgoing().orElseThrow();
    ObjectNode json = Json.object();
    json.put("id", message.id());
    json.put("message_id", message.id());
    json.put("inbox_id", message.inboxId());
    json.put("thread_id", message.threadId());
    json.put("status", message.status());
    json.put("subject", message.subject());
    json.set("to", Json.texts(OutgoingJson.addresses(way, Kind.TO)));
    json.set("cc", Json.texts(OutgoingJson.addresses(way, Kind.CC)));
    json.set("bcc", Json.texts(OutgoingJson.addresses(way, Kind.BCC)));
    json.set("recipients", OutgoingJson.recipients(way));
    OutgoingJson.times(json, way);
    json.put("created_at", Json.time(message.storedAt()));
    return json;
  }
}
