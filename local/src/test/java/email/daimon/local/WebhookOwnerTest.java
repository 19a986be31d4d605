package email.daimon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A webhook from its making to its end, through the doors of a running installation. */
final class WebhookOwnerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, Integer> heard = new ConcurrentHashMap<>();
  private final HttpServer server;
  @TempDir private Path folder;
  private volatile int status = 200;
  private volatile LocalDaimon daimon;
  private volatile String key = "";

  WebhookOwnerTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          if (status == 200) {
            heard.merge(JSON.readTree(body).path("id").asText(), 1, Integer::sum);
          }
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
    daimon.close();
  }

  @Test
  void whatWasMissedIsToldOnceTheWebhookIsBack() throws Exception {
    LocalSettings settings = LocalSettings.ephemeral().in(folder.resolve("data"));
    daimon = LocalDaimon.start(settings);
    JsonNode opened = call("POST", "/v1/inboxes", "{\"username\":\"owner\"}", 201);
    key = opened.path("account_api_key").asText();
    String inbox = opened.path("id").asText();
    call("POST", "/v1/account/upgrade", "{\"payment_method\":\"pm_card_visa\"}", 200);
    String url = "http://localhost:%d/".formatted(server.getAddress().getPort());
    String path =
        "/v1/webhooks/"
            + call(
                    "POST",
                    "/v1/webhooks",
                    "{\"url\":\"%s\",\"events\":[\"message.received\"],\"inbox_id\":\"%s\"}"
                        .formatted(url, inbox),
                    201)
                .path("id")
                .asText();
    mail("one");
    hears(1);

    // The master key is in the folder: another process opens the secret as well.
    daimon.close();
    daimon = LocalDaimon.start(settings);
    mail("two");
    hears(2);

    status = 410;
    mail("three");
    await().atMost(PATIENCE).until(() -> get(path).path("status").asText().equals("disabled"));
    daimon.clock().advance(Duration.ofMinutes(3));
    await().atMost(PATIENCE).until(() -> get(path).path("reason").asText().equals("gone"));
    assertThat(get("/v1/account").path("webhooks_failing").get(0).path("status").asText())
        .isEqualTo("disabled");
    assertThat(get("/v1/events?types=webhook.disabled").path("events"))
        .singleElement()
        .satisfies(event -> assertThat(event.toString()).contains(get(path).path("id").asText()));
    mail("four");
    await()
        .atMost(PATIENCE)
        .until(() -> get("/v1/events?types=message.received").path("events").size() == 4);
    JsonNode failed = get(path + "/deliveries?status=failed").path("deliveries");
    assertThat(failed).hasSize(1);
    JsonNode attempts =
        get(path + "/deliveries/" + failed.get(0).path("id").asText()).path("attempts");
    assertThat(attempts.get(0).path("status").asInt()).isEqualTo(410);
    assertThat(heard).hasSize(2);

    status = 200;
    String since = get(path).path("created_at").asText();
    JsonNode back =
        call("PATCH", path, "{\"status\":\"active\",\"replay_since\":\"" + since + "\"}", 200);
    assertThat(back.path("failure_count").asInt()).isZero();
    hears(4);
    assertThat(heard.values()).containsOnly(1);
    assertThat(get("/v1/account").path("webhooks_failing")).isEmpty();

    JsonNode counted =
        call("POST", path + "/replay", "{\"since\":\"" + since + "\",\"dry_run\":true}", 200);
    assertThat(counted.path("count").asInt()).isEqualTo(4);
    call("POST", path + "/replay", "{\"since\":\"" + since + "\"}", 202);
    await().atMost(PATIENCE).until(() -> List.copyOf(heard.values()).equals(List.of(2, 2, 2, 2)));

    call("DELETE", path, "", 200);
    mail("five");
    await()
        .atMost(PATIENCE)
        .until(() -> get("/v1/events?types=message.received").path("events").size() == 5);
    assertThat(heard).hasSize(4);
    assertThat(daimon.queues().values()).allMatch(queue -> queue.dead() == 0);
  }

  private void hears(int events) {
    await().atMost(PATIENCE).until(() -> heard.size() == events);
  }

  private void mail(String subject) throws Exception {
    String mail =
        "From: ann@sender.example\r\nTo: owner@daimon.email\r\nSubject: %s\r\nMessage-ID: <%s@x>\r\n\r\nHello\r\n"
            .formatted(subject, subject);
    HttpRequest request =
        HttpRequest.newBuilder(
                daimon
                    .apiUrl()
                    .resolve("/dev/inbound?from=ann@sender.example&rcpt=owner@daimon.email"))
            .POST(BodyPublishers.ofString(mail))
            .build();
    assertThat(http.send(request, BodyHandlers.ofString(UTF_8)).statusCode()).isLessThan(300);
  }

  private JsonNode get(String path) throws Exception {
    return call("GET", path, "", 200);
  }

  private JsonNode call(String method, String path, String body, int expected) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(daimon.apiUrl() + path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    var answer = http.send(request.build(), BodyHandlers.ofString(UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(expected);
    return JSON.readTree(answer.body()).path("result");
  }
}
