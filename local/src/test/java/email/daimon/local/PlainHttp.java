package email.daimon.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** The calls that a client of the API makes, whatever comes of them. */
final class PlainHttp {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final HttpClient http = HttpClient.newHttpClient();
  private final LocalDaimon daimon;
  private volatile String key = "";

  PlainHttp(LocalDaimon daimon) {
    this.daimon = daimon;
  }

  record Answer(int status, JsonNode json) {
    JsonNode result() {
      return json.path("result");
    }
  }

  /** From now on with this key. */
  void use(String account) {
    key = account;
  }

  /** Single quotes in the body stand for double ones. */
  Answer call(String method, String path, String body) {
    HttpResponse<String> answer = exchange(method, path, body.replace('\'', '"'));
    try {
      return new Answer(answer.statusCode(), JSON.readTree(answer.body()));
    } catch (IOException e) {
      throw new AssertionError(answer.body(), e);
    }
  }

  /** The bytes of an answer; with a body it is posted as it is. */
  String raw(String path, String body) {
    HttpResponse<String> answer = exchange(body.isEmpty() ? "GET" : "POST", path, body);
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return answer.body();
  }

  private HttpResponse<String> exchange(String method, String path, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(daimon.apiUrl() + path))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(path, e);
    }
  }
}
