package email.daimon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import email.daimon.local.services.Fault;
import email.daimon.local.services.Fault.Action;
import email.daimon.local.services.Fault.Step;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Logs name things by their ids: whoever reads them can neither sign, nor call, nor read mail. */
final class SecretsInLogsTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String CODE = "739164";
  private static final String RECEIVED = "the heron waits at the third bridge";
  private static final String SENT = "the badger signs on thursday";
  private static final String STRANGERS_KEY = "dm_free_a-strangers-key-1234567890abcdef";

  /** Turned on by hand they print all that goes over a line; nothing of ours turns them on. */
  private static final List<String> PRINT_BYTES =
      List.of(
          "org.eclipse.jetty",
          "org.apache.hc.client5.http.wire",
          "org.apache.hc.client5.http.headers");

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer server;
  private final List<String> signatures = new CopyOnWriteArrayList<>();
  private final Map<String, String> secrets = new ConcurrentHashMap<>();
  private final LocalDaimon daimon = LocalDaimon.start();
  private final CapturedLogs logs = new CapturedLogs(PRINT_BYTES);
  private volatile int status = 200;
  private String key = "";

  SecretsInLogsTest() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          signatures.add(exchange.getRequestHeaders().getFirst("webhook-signature"));
          signatures.add(exchange.getRequestHeaders().getFirst("X-Daimon-Signature"));
          exchange.sendResponseHeaders(status, -1);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    logs.close();
    server.stop(0);
    daimon.close();
  }

  @Test
  void noKeySecretSignatureBodyOrCodeIsEverLogged() throws Exception {
    JsonNode opened = call("POST", "/v1/inboxes", "{\"username\":\"owner\"}", 201);
    key = secret("account key", opened.path("account_api_key"));
    secret("inbox key", opened.path("inbox_api_key"));
    call("POST", "/v1/account/upgrade", "{\"payment_method\":\"pm_card_visa\"}", 200);
    String url = "http://localhost:" + server.getAddress().getPort() + "/";
    JsonNode made =
        call(
            "POST",
            "/v1/webhooks",
            "{\"url\":\"%s\",\"events\":[\"message.received\"]}".formatted(url),
            201);
    String path = "/v1/webhooks/" + made.path("id").asText();
    secret("webhook secret", made.path("secret"));

    mail("one");
    await().atMost(PATIENCE).until(() -> signatures.size() >= 2);
    status = 500;
    mail("two");
    await().atMost(PATIENCE).until(() -> signatures.size() >= 4);
    secret("rotated secret", call("POST", path + "/rotate-secret", "", 200).path("secret"));
    call("POST", path + "/test", "{\"type\":\"message.bounced\"}", 200);
    call("GET", path + "/deliveries", "", 200);
    send(opened.path("id").asText());
    refused(opened.path("id").asText());

    assertThat(logs.lines())
        .as("what was heard")
        .anyMatch(line -> line.startsWith("email.daimon.functions.api"));
    signatures.forEach(signature -> {
      for (String one : signature.split(" ")) {
        secrets.put("signature " + one, one.substring(one.indexOf(',') + 1));
      }
    });
    secrets.putAll(
        Map.of("code", CODE, "body", RECEIVED, "sent body", SENT, "a key", STRANGERS_KEY));
    assertThat(secrets).hasSizeGreaterThan(12);
    secrets.forEach((name, secret) ->
        assertThat(logs.lines()).as(name).noneMatch(line -> line.contains(secret)));
  }

  private String secret(String name, JsonNode secret) {
    assertThat(secret.asText()).as(name).hasSizeGreaterThan(20);
    secrets.put(name, secret.asText());
    return secret.asText();
  }

  private void send(String inbox) throws Exception {
    JsonNode sent =
        call(
            "POST",
            "/v1/inboxes/" + inbox + "/send",
            "{\"to\":\"ann@outside.example\",\"subject\":\"s\",\"text\":\"%s\"}".formatted(SENT),
            202);
    String message = "/v1/inboxes/" + inbox + "/messages/" + sent.path("id").asText();
    await()
        .atMost(PATIENCE)
        .until(() -> call("GET", message, "", 200).path("status").asText().equals("sent"));
  }

  /** What is refused, or goes wrong, is no less secret. */
  private void refused(String inbox) throws Exception {
    daimon.faults().arm(new Fault(Step.DB_WRITE, Action.FAIL, Duration.ZERO), 10_000);
    String send = "{\"to\":\"ann@outside.example\",\"subject\":\"s\",\"text\":\"%s\"}";
    call("POST", "/v1/inboxes/" + inbox + "/send", send.formatted(SENT), 503);
    daimon.faults().clear();
    call("POST", "/v1/webhooks", "{\"url\":\"%s\", %s".formatted(SENT, CODE), 400);
    String own = key;
    key = STRANGERS_KEY;
    call("GET", "/v1/account", "", 401);
    key = own;
  }

  private void mail(String id) throws Exception {
    String mail =
        "From: ann@sender.example\r\nTo: owner@daimon.email\r\nSubject: Sign in\r\nMessage-ID: <%s@x>\r\n\r\nYour code is %s.\r\n%s\r\n"
            .formatted(id, CODE, RECEIVED);
    URI inbound =
        daimon.apiUrl().resolve("/dev/inbound?from=ann@sender.example&rcpt=owner@daimon.email");
    HttpRequest request =
        HttpRequest.newBuilder(inbound).POST(BodyPublishers.ofString(mail)).build();
    assertThat(http.send(request, BodyHandlers.ofString(UTF_8)).statusCode()).isLessThan(300);
  }

  private JsonNode call(String method, String path, String body, int expected) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(daimon.apiUrl() + path))
            .header("Content-Type", "application/json")
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
