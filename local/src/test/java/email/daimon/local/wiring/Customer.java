package email.daimon.local.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Calls the API of a running installation with one key, and the strangers' side of it. */
final class Customer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalDaimon daimon;
  private String key = "";

  Customer(LocalDaimon daimon) {
    this.daimon = daimon;
  }

  void use(String other) {
    key = other;
  }

  JsonNode get(String path) {
    return call("GET", path, "").path("result");
  }

  JsonNode post(String path, String body) {
    return call("POST", path, body).path("result");
  }

  JsonNode patch(String path, String body) {
    return call("PATCH", path, body).path("result");
  }

  void delete(String path) {
    call("DELETE", path, "");
  }

  /** A call that is served; single quotes in the body stand for double ones. */
  JsonNode call(String method, String path, String body, String... headers) {
    HttpResponse<String> answer = answer(method, path, body, headers);
    assertThat(answer.statusCode())
        .as("%s %s: %s", method, path, answer.body())
        .isBetween(200, 299);
    try {
      return answer.body().startsWith("{")
          ? JSON.readTree(answer.body())
          : MissingNode.getInstance();
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  HttpResponse<String> answer(String method, String path, String body, String... headers) {
    URI uri = path.startsWith("http") ? URI.create(path) : URI.create(daimon.apiUrl() + path);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .method(
                method,
                body.isEmpty()
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.replace('\'', '"')));
    if (headers.length > 0) {
      request.headers(headers);
    }
    if (!body.isEmpty() && headers.length == 0) {
      request.header("Content-Type", "application/json");
    }
    if (!key.isEmpty() && !path.startsWith("http")) {
      request.header("Authorization", "Bearer " + key);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString(UTF_8));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** A stranger's mail server hands over a mail. */
  void mail(String to, String verdicts, String headers, String text) {
    String mail =
        "From: Ann <ann@sender.example>\nTo: %s\n%s\n\n%s\n"
            .formatted(to, headers, text)
            .replace("\n", "\r\n");
    String path = "/dev/inbound?from=ann@sender.example&rcpt=" + to + verdicts;
    call("POST", path, mail, "Content-Type", "message/rfc822");
  }

  void advance(String time) {
    call("POST", "/dev/clock", "{'advance': '%s'}".formatted(time));
  }

  void fault(String step, String action) {
    call("POST", "/dev/faults", "{'step': '%s', 'action': '%s'}".formatted(step, action));
  }

  /** Until it holds that … */
  void until(String what, Callable<Boolean> condition) {
    await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(condition);
  }

  void quiet() {
    until(
        "queues are quiet",
        () ->
            daimon.queues().values().stream()
                .allMatch(depth -> depth.visible() + depth.inFlight() == 0));
    assertThat(daimon.queues())
        .allSatisfy((name, depth) -> assertThat(depth.dead()).as(name).isZero());
  }

  /** So many hours from the platform's now. */
  Instant in(int hours) {
    return daimon.clock().instant().plus(Duration.ofHours(hours)).truncatedTo(SECONDS);
  }

  /** The id of the message with this subject. */
  static String named(JsonNode list, String subject) {
    for (JsonNode message : list.path("messages")) {
      if (message.path("subject").asText().equals(subject)) {
        return message.path("id").asText();
      }
    }
    throw new AssertionError("no " + subject + " in " + list.findValuesAsText("subject"));
  }
}
