package email.daimon.local.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An HTTP response.
 *
 * @param headers each with all its values
 */
record Reply(int status, Map<String, List<String>> headers, ByteBuffer body) {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Reply json(int status, Object body) {
    try {
      return new Reply(
          status,
          Map.of("Content-Type", List.of("application/json")),
          ByteBuffer.wrap(JSON.writeValueAsBytes(body)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A refusal in the shape of the API's own. */
  static Reply error(Call call, Refusal refusal) {
    ObjectNode body = JSON.createObjectNode();
    body.put("error", refusal.code());
    body.put("code", refusal.code());
    body.put("message", refusal.getMessage());
    body.put("fix", refusal.fix());
    body.putArray("next_steps");
    body.put("request_id", "req_" + call.id());
    body.putNull("result");
    Reply reply = json(refusal.status(), body);
    Map<String, List<String>> headers = new LinkedHashMap<>(reply.headers);
    refusal.allowed().ifPresent(methods -> headers.put("Allow", List.of(methods)));
    return new Reply(reply.status, headers, reply.body);
  }
}
