package email.daimon.local;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * Goes once through what a first user does, so that the JDK keeps the classes of it for later
 * starts. Nothing depends on it: an answer that is an error trains too.
 */
final class Training {
  private Training() {}

  static void run(LocalMode mode) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      call(client, mode, "GET", "/health", "");
      call(client, mode, "POST", "/v1/inboxes", "{\"username\":\"training-run\"}");
      String to = "training-run@" + mode.settings().domain();
      for (int i = 0; i < 20; i++) {
        var _ =
            MailCommand.send(
                mode.smtpPort(),
                "you@example.com",
                to,
                MailCommand.written("you@example.com", to, "Training " + i, "Hello"));
      }
      call(client, mode, "GET", "/v1/threads", "");
      call(client, mode, "GET", "/dev/queues", "");
    }
  }

  private static void call(
      HttpClient client, LocalMode mode, String method, String path, String body) {
    try {
      var _ =
          client.send(
              HttpRequest.newBuilder(URI.create(mode.url() + path))
                  .header("Content-Type", "application/json")
                  .method(method, HttpRequest.BodyPublishers.ofString(body))
                  .build(),
              HttpResponse.BodyHandlers.discarding());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
