package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a user sees of sending: how fast sends are taken by the API, how fast they are out, reported
 * and final, and what one costs. The installation is a process of its own and durable; the load
 * shares its cores.
 */
final class SendBench {
  private static final int WARM_UP = 300;
  private static final int SENDS = 1_500;
  private static final int CONNECTIONS = 4;
  private static final int INBOXES = 20;
  private static final int COUNTED = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String BODY =
      "{\"to\":\"someone-%d@outside.example\",\"subject\":\"Mail %d\",\"text\":\"Hello, this is"
          + " number %d.\"}";
  private final Installation installation;
  private final List<String> ids = new ArrayList<>();
  private String key = "";
  private int asked;

  private SendBench(Installation installation) {
    this.installation = installation;
  }

  static ObjectNode run(Path home) throws Exception {
    Path folder = Files.createTempDirectory("daimon-bench");
    ObjectNode result = Json.MAPPER.createObjectNode();
    try (Installation installation =
            Installation.start(home, folder.resolve("data"), "--tier", "enterprise");
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      SendBench bench = new SendBench(installation);
      bench.createInboxes();
      bench.send(WARM_UP, threads);
      bench.waitUntilOut();
      long begun = System.nanoTime();
      double taken = bench.send(SENDS, threads);
      bench.waitUntilOut();
      result.put("sends", SENDS);
      result.put("taken_by_the_api_per_second", taken);
      result.put(
          "through_the_whole_path_per_second", round(SENDS / ((System.nanoTime() - begun) / 1e9)));
      result.put("resident_megabytes", installation.residentMegabytes());
    }
    result.set("per_send", cost());
    return result;
  }

  private void createInboxes() throws IOException {
    for (int i = 0; i < INBOXES; i++) {
      JsonNode made =
          Json.read(
                  installation.call(
                      "POST", "/v1/inboxes", key, "{\"username\":\"bench-%d\"}".formatted(i)))
              .path("result");
      key = key.isEmpty() ? made.path("account_api_key").asText() : key;
      ids.add(made.path("id").asText());
    }
  }

  private double send(int count, ExecutorService threads) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> callers = new ArrayList<>();
    long begun = System.nanoTime();
    for (int c = 0; c < CONNECTIONS; c++) {
      callers.add(
          threads.submit(() -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
              installation.call(
                  "POST",
                  "/v1/inboxes/" + ids.get(i % INBOXES) + "/send",
                  key,
                  BODY.formatted(i, i, i));
            }
            return null;
          }));
    }
    for (Future<?> caller : callers) {
      caller.get();
    }
    asked += count;
    return round(count / ((System.nanoTime() - begun) / 1e9));
  }

  // Final: SES has said what became of each.
  private void waitUntilOut() throws IOException {
    long begun = System.nanoTime();
    while (open() > 0) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new IOException("not every mail of " + asked + " is out after " + PATIENCE);
      }
      Installation.pause(Duration.ofMillis(200));
    }
  }

  private int open() throws IOException {
    int open = 0;
    for (String id : ids) {
      for (String status : List.of("queued", "sending")) {
        open +=
            Json.read(
                    installation.call(
                        "GET",
                        "/v1/inboxes/" + id + "/messages?view=compact&limit=1&status=" + status,
                        key,
                        ""))
                .path("result")
                .path("messages")
                .size();
      }
      if (open > 0) {
        return open;
      }
    }
    return open;
  }

  /** DynamoDB units, and calls of each service, of one send from the API to its last report. */
  private static ObjectNode cost() throws Exception {
    ObjectNode perSend = Json.MAPPER.createObjectNode();
    try (LocalDaimon daimon = LocalDaimon.start()) {
      HttpClient http = HttpClient.newHttpClient();
      JsonNode inbox =
          post(http, daimon.apiUrl().resolve("/v1/inboxes"), "", "{\"username\":\"usage\"}");
      String account = inbox.path("account_api_key").asText();
      post(
          http,
          daimon.apiUrl().resolve("/v1/account/upgrade"),
          account,
          "{\"payment_method\":\"pm_card_visa\",\"target_tier\":\"developer\"}");
      URI send = daimon.apiUrl().resolve("/v1/inboxes/" + inbox.path("id").asText() + "/send");
      daimon.usage().countUnits();
      daimon.usage().reset();
      List<String> messages = new ArrayList<>();
      for (int i = 0; i < COUNTED; i++) {
        messages.add(post(http, send, account, BODY.formatted(i, i, i)).path("id").asText());
      }
      long end = System.nanoTime() + PATIENCE.toNanos();
      for (String message : messages) {
        while (!daimon
            .wiring()
            .mailbox()
            .message(inbox.path("id").asText(), message)
            .orElseThrow()
            .status()
            .equals("sent")) {
          if (System.nanoTime() > end) {
            throw new IOException(message + " was not sent within " + PATIENCE);
          }
          Installation.pause(Duration.ofMillis(50));
        }
      }
      daimon
          .usage()
          .snapshot()
          .forEach((what, amount) -> perSend.put(what, Math.round(amount * 100 / COUNTED) / 100.0));
    }
    return perSend;
  }

  private static JsonNode post(HttpClient http, URI uri, String key, String body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).header("Content-Type", "application/json");
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    HttpResponse<String> answer =
        http.send(
            request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
            BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(answer.body());
    }
    return Json.read(answer.body()).path("result");
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
