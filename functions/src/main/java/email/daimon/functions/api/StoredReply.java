package email.daimon.functions.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.model.ApiKey;
import email.daimon.wire.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;

/**
 * A reply as it is kept for replay. What was created is, on replay, just there: 201 and 202 become
 * 200.
 */
final class StoredReply {
  private StoredReply() {}

  static byte[] write(Reply reply) {
    ObjectNode json = Json.object().put("status", reply.status());
    json.set("result", reply.result().orElseThrow(() -> new IllegalStateException("a page")));
    json.set("beside", reply.beside());
    json.set("next_steps", Json.texts(reply.nextSteps()));
    reply.forScope().ifPresent(scope -> json.put("scope", scope.wireName()));
    return Json.bytes(json);
  }

  static Reply read(byte[] kept) {
    try {
      JsonNode json = Json.parse(kept);
      int status = json.path("status").intValue();
      Reply reply = Reply.of(status == 201 || status == 202 ? 200 : status, json.path("result"));
      json.path("beside").properties().forEach(m -> reply.beside(m.getKey(), m.getValue()));
      json.path("next_steps").forEach(step -> reply.next(step.textValue()));
      if (json.has("scope")) {
        reply.forScope(
            ApiKey.Scope.valueOf(json.path("scope").textValue().toUpperCase(Locale.ROOT)));
      }
      return reply;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
