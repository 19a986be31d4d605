package email.daimon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import email.daimon.local.queues.QueueDesk;
import email.daimon.local.testing.Elsewhere;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/**
 * A mail comes in, a webhook is told, the answer goes out and its delivery is told too, with
 * tables, streams and queues elsewhere. LocalStack has no SES v2: SES, S3 and KMS are the ones of
 * local mode.
 */
final class StoryElsewhereTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<JsonNode> told = new CopyOnWriteArrayList<>();
  private String key = "";
  private LocalDaimon daimon;

  @Test
  void aMailIsReceivedToldAndAnswered() throws Exception {
    HttpServer server = server();
    try (LocalDaimon started =
        LocalDaimon.start(LocalSettings.ephemeral(), Elsewhere.endpoints())) {
      daimon = started;
      String name = "story-" + UUID.randomUUID().toString().substring(0, 8);
      JsonNode inbox = post("/v1/inboxes", "{\"username\":\"%s\"}".formatted(name), 201);
      key = inbox.path("account_api_key").asText();
      post("/v1/account/upgrade", "{\"payment_method\":\"pm_card_visa\"}", 200);
      post(
          "/v1/webhooks",
          "{\"url\":\"http://localhost:%d/\",\"events\":[\"message.received\",\"message.delivered\"]}"
              .formatted(server.getAddress().getPort()),
          201);
      String address = inbox.path("email").asText();
      String messages = "/v1/inboxes/" + inbox.path("id").asText() + "/messages";

      assertThat(send(address)).startsWith("250 2.6.0");

      JsonNode received = toldOf("message.received");
      assertThat(received.toString()).contains("Where is my parcel?");
      JsonNode message = get(messages).path("messages").get(0);
      assertThat(message.path("subject").asText()).isEqualTo("Where is my parcel?");

      JsonNode reply =
          post(
              messages + "/" + message.path("id").asText() + "/reply",
              "{\"text\":\"On its way.\"}",
              202);

      assertThat(toldOf("message.delivered").toString()).contains(reply.path("id").asText());
      JsonNode sent = get(messages + "/" + reply.path("id").asText());
      assertThat(sent.path("status").asText()).as(sent.toString()).isEqualTo("sent");
      assertThat(sent.path("thread_id")).isEqualTo(message.path("thread_id"));
      await()
          .atMost(PATIENCE)
          .until(() -> daimon.queues().values().stream().allMatch(QueueDesk.Depth::settled));
      assertThat(daimon.queues().values()).extracting(QueueDesk.Depth::dead).containsOnly(0L);
    } finally {
      server.stop(0);
    }
  }

  private String send(String address) {
    return MailCommand.send(
        daimon.smtpPort(),
        "success@simulator.amazonses.com",
        address,
        MailCommand.written(
            "success@simulator.amazonses.com", address, "Where is my parcel?", "Hello"));
  }

  private JsonNode toldOf(String type) {
    await().atMost(PATIENCE).until(() -> told.stream().anyMatch(body -> type.equals(type(body))));
    return told.stream().filter(body -> type.equals(type(body))).findFirst().orElseThrow();
  }

  private static String type(JsonNode body) {
    return body.path("type").asText();
  }

  private HttpServer server() throws IOException {
    HttpServer made =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    made.createContext(
        "/",
        exchange -> {
          told.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    made.start();
    return made;
  }

  private JsonNode post(String path, String body, int status) throws Exception {
    return call(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body, UTF_8)),
        status);
  }

  private JsonNode get(String path) throws Exception {
    return call(request(path), 200);
  }

  private JsonNode call(HttpRequest.Builder request, int status) throws Exception {
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body()).path("result");
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(daimon.apiUrl().resolve(path));
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }
}
