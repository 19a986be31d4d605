package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.wire.Json;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Puts replies and refusals into their envelope and gives every answer its headers. */
final class Envelope {
  private static final Map<String, String> SECURITY =
      Map.of(
          "Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "DENY",
          "Cache-Control", "no-store");
  private final URI publicUrl;

  Envelope(URI publicUrl) {
    this.publicUrl = publicUrl;
  }

  APIGatewayV2HTTPResponse of(Reply reply, List<String> nextSteps, String requestId) {
    byte[] body =
        reply
            .result()
            .map(result -> {
              ObjectNode json = Json.object();
              json.set("result", result);
              json.setAll(reply.beside());
              json.set("next_steps", Json.texts(nextSteps));
              return Json.bytes(json);
            })
            .orElseGet(reply::page);
    return response(reply.status(), reply.contentType(), reply.headers(), body, requestId);
  }

  APIGatewayV2HTTPResponse of(ApiException refusal, List<String> nextSteps, String requestId) {
    String name = refusal.error().name();
    ObjectNode json = Json.object().put("error", name).put("code", name);
    json.put("message", refusal.getMessage()).put("fix", refusal.fix());
    json.put("docs", publicUrl + "/docs/errors#" + name);
    json.setAll(refusal.body());
    json.set("next_steps", Json.texts(nextSteps));
    json.put("request_id", requestId).putNull("result");
    return response(
        refusal.error().status(),
        "application/json",
        refusal.headers(),
        Json.bytes(json),
        requestId);
  }

  private static APIGatewayV2HTTPResponse response(
      int status, String contentType, Map<String, String> headers, byte[] body, String requestId) {
    Map<String, String> all = new LinkedHashMap<>(SECURITY);
    all.put("Content-Type", contentType);
    all.put("X-Request-Id", requestId);
    all.putAll(headers);
    return APIGatewayV2HTTPResponse.builder()
        .withStatusCode(status)
        .withHeaders(all)
        .withBody(new String(body, UTF_8))
        .withIsBase64Encoded(false)
        .build();
  }
}
