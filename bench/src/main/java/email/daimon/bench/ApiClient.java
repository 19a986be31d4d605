package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** Calls the API of one installation; any other status than 2xx is an error. */
final class ApiClient {
  private static final String UPGRADE =
      "{\"payment_method\":\"pm_card_visa\",\"target_tier\":\"developer\"}";
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI base;

  ApiClient(URI base) {
    this.base = base;
  }

  JsonNode post(String path, String key, String body) throws IOException {
    return call("POST", path, key, body).path("result");
  }

  JsonNode get(String path, String key) throws IOException {
    return call("GET", path, key, "").path("result");
  }

  void upgrade(String accountKey) throws IOException {
    post("/v1/account/upgrade", accountKey, UPGRADE);
  }

  URI uri(String path) {
    return base.resolve(path);
  }

  /** The whole answer, which outside {@code /v1} has no result. */
  JsonNode call(String method, String path, String key, String body) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri(path))
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .header("Content-Type", "application/json");
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    try {
      var answer = http.send(request.build(), BodyHandlers.ofString());
      if (answer.statusCode() / 100 != 2) {
        throw new IOException(
            method + " " + path + ": " + answer.statusCode() + " " + answer.body());
      }
      return Json.read(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
