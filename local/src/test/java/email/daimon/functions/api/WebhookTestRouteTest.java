package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.wire.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WebhookTestRouteTest {
  private record Received(Headers headers, byte[] body) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Received received && Arrays.equals(body, received.body);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(body);
    }
  }

  private final TestApi api =
      new TestApi(Map.of("DEFAULT_TIER", "developer", "STRICT_WEBHOOKS", "false"));
  private final Opened own = api.open("hook-tester");
  private final HttpServer server;
  private volatile Optional<Received> received = Optional.empty();
  private volatile int status = 200;

  WebhookTestRouteTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/x",
        exchange -> {
          received =
              Optional.of(
                  new Received(
                      exchange.getRequestHeaders(), exchange.getRequestBody().readAllBytes()));
          byte[] answer = "well".getBytes(UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void aSignedSampleArrivesAndItsAnswerIsTold() throws Exception {
    Answer made = create();
    String path = "/v1/webhooks/" + made.result().path("id").asText();

    Answer tried =
        api.call(post(path + "/test").key(own.accountKey()).body("{'type': 'message.bounced'}"));
    assertThat(tried.status()).isEqualTo(200);
    assertThat(tried.result().path("delivered").asBoolean()).isTrue();
    JsonNode attempt = tried.result().path("attempt");
    assertThat(attempt.path("outcome").asText()).isEqualTo("ok");
    assertThat(attempt.path("status").asInt()).isEqualTo(200);
    assertThat(attempt.path("response").asText()).isEqualTo("well");

    Received call = received.orElseThrow();
    JsonNode body = Json.parse(call.body());
    assertThat(body.path("type").asText()).isEqualTo("message.bounced");
    assertThat(body.path("test").asBoolean()).isTrue();
    assertThat(body.path("id").asText()).isEqualTo(tried.result().path("event_id").asText());
    assertThat(call.headers().getFirst("X-Daimon-Event")).isEqualTo("message.bounced");
    String secret = made.result().path("secret").asText();
    assertThat(call.headers().getFirst("X-Daimon-Signature"))
        .isEqualTo("sha256=" + HexFormat.of().formatHex(hmac(secret.getBytes(UTF_8), call.body())));
    String signed =
        call.headers().getFirst("webhook-id")
            + "."
            + call.headers().getFirst("webhook-timestamp")
            + "."
            + new String(call.body(), UTF_8);
    byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
    assertThat(call.headers().getFirst("webhook-signature"))
        .isEqualTo("v1," + Base64.getEncoder().encodeToString(hmac(key, signed.getBytes(UTF_8))));
  }

  @Test
  void itCountsForNothingAndWorksForADisabledOne() {
    String path = "/v1/webhooks/" + create().result().path("id").asText();
    api.call(patch(path).key(own.accountKey()).body("{'status': 'disabled'}"));
    status = 410;

    Answer tried = api.call(post(path + "/test").key(own.accountKey()));
    assertThat(tried.result().path("delivered").asBoolean()).isFalse();
    assertThat(tried.result().path("type").asText()).isEqualTo("message.received");
    assertThat(tried.result().path("attempt").path("outcome").asText()).isEqualTo("http_error");
    assertThat(tried.nextSteps().getFirst()).contains("410");
    Answer after = api.call(get(path).key(own.accountKey()));
    assertThat(after.result().path("failure_count").asInt()).isZero();
    assertThat(after.result().path("reason").isNull()).isTrue();
    assertThat(
            api.call(get(path + "/deliveries").key(own.accountKey())).result().path("deliveries"))
        .isEmpty();
  }

  @Test
  void nobodyThereIsAnAnswerToo() {
    String path = "/v1/webhooks/" + create().result().path("id").asText();
    server.stop(0);

    Answer tried = api.call(post(path + "/test").key(own.accountKey()));
    assertThat(tried.status()).isEqualTo(200);
    assertThat(tried.result().path("attempt").path("outcome").asText()).isEqualTo("connection");
    assertThat(tried.result().path("attempt").path("status").isNull()).isTrue();
  }

  private Answer create() {
    return api.call(
        post("/v1/webhooks")
            .key(own.accountKey())
            .body(
                "{'url': 'http://localhost:%d/x', 'events': ['message.received']}"
                    .formatted(server.getAddress().getPort())));
  }

  private static byte[] hmac(byte[] key, byte[] text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text);
  }
}
