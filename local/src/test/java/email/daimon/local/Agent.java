package email.daimon.local;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.local.testing.LocalDaimon;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Calls the API of a running installation. */
final class Agent {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();

  /** Makes an inbox; without a key it opens an account. */
  JsonNode open(LocalDaimon daimon, String key, String username) throws Exception {
    HttpRequest.Builder create =
        request(daimon, key, "/v1/inboxes").header("Content-Type", "application/json");
    HttpResponse<String> made =
        http.send(
            create.POST(BodyPublishers.ofString("{\"username\":\"" + username + "\"}")).build(),
            ofString());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return JSON.readTree(made.body()).path("result");
  }

  JsonNode get(LocalDaimon daimon, String key, String path) throws Exception {
    return body(http.send(request(daimon, key, path).build(), ofString()));
  }

  /** The same by somebody who does not wait for long. */
  JsonNode get(LocalDaimon daimon, String key, String path, Duration patience) throws Exception {
    return body(http.send(request(daimon, key, path).timeout(patience).build(), ofString()));
  }

  CompletableFuture<HttpResponse<String>> begin(LocalDaimon daimon, String key, String path) {
    return http.sendAsync(request(daimon, key, path).build(), ofString());
  }

  static JsonNode body(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body());
  }

  private static HttpRequest.Builder request(LocalDaimon daimon, String key, String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(daimon.apiUrl() + path));
    return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
  }
}
