package email.daimon.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.local.testing.LocalDaimon;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalModeTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void aMailThatGotIts250IsThereAfterARestartAndOnlyOnce() throws Exception {
    LocalSettings settings = LocalSettings.ephemeral().in(folder.resolve("data"));
    String key;
    String id;
    try (LocalDaimon daimon = LocalDaimon.start(settings)) {
      assertThat(get(daimon.apiUrl() + "/health", "").path("status").asText()).isEqualTo("ok");
      JsonNode inbox = create(daimon, "agent");
      key = inbox.path("inbox_api_key").asText();
      id = inbox.path("id").asText();
      assertThat(send(daimon, "agent@daimon.email", "one")).startsWith("250 2.6.0");
      assertThat(send(daimon, "Agent+tag@DAIMON.email", "two")).startsWith("250 2.6.0");
      assertThatThrownBy(() -> send(daimon, "nobody@daimon.email", "three"))
          .hasMessageContaining("550 5.1.1");
      daimon.clock().advance(Duration.ofHours(2));

      assertThatThrownBy(() -> LocalMode.start(settings))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("another daimon uses the data folder")
          .hasMessageNotContaining("\n");
    }
    try (LocalDaimon daimon = LocalDaimon.start(settings)) {
      assertThat(daimon.clock().instant()).isAfter(Instant.now().plus(Duration.ofMinutes(119)));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> count(daimon, id, key) == 2 && daimon.queues().get("inbound").settled());
      assertThat(daimon.queues().get("inbound").dead()).isZero();
    }
  }

  @Test
  void queuesOfAnOlderDaimonAreNotPassedOver() throws Exception {
    Files.createFile(folder.resolve("queues.mv.db"));

    assertThatThrownBy(() -> LocalMode.start(LocalSettings.ephemeral().in(folder)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("give --data another folder")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aTakenPortIsSaidInOneLineWithItsCure() {
    try (LocalDaimon daimon = LocalDaimon.start()) {
      LocalSettings free = LocalSettings.ephemeral();
      int port = daimon.apiUrl().getPort();
      assertThatThrownBy(() -> LocalMode.start(on(port, 0)))
          .isInstanceOf(StartException.class)
          .hasMessage("port " + port + " is taken: give --port another, or stop what uses it");
      assertThatThrownBy(() -> LocalMode.start(on(0, daimon.smtpPort())))
          .isInstanceOf(StartException.class)
          .hasMessageContaining("give --smtp-port another");
      assertThat(free.data()).isEmpty();
    }
  }

  private static LocalSettings on(int port, int smtpPort) {
    return Main.settings(
        new Arguments(
            new String[] {"--port", "" + port, "--smtp-port=" + smtpPort, "--ephemeral"},
            java.util.Set.of("port", "smtp-port"),
            java.util.Set.of("ephemeral"),
            java.util.Map.of()));
  }

  private static String send(LocalDaimon daimon, String to, String subject) {
    return MailCommand.send(
        daimon.smtpPort(),
        "you@example.com",
        to,
        MailCommand.written("you@example.com", to, subject, "Hello"));
  }

  private int count(LocalDaimon daimon, String id, String key) throws Exception {
    return get(daimon.apiUrl() + "/v1/inboxes/" + id, key)
        .path("result")
        .path("message_count")
        .asInt();
  }

  private JsonNode create(LocalDaimon daimon, String username) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(daimon.apiUrl() + "/v1/inboxes"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"username\":\"" + username + "\"}"))
            .build();
    return JSON.readTree(client.send(request, BodyHandlers.ofString()).body()).path("result");
  }

  private JsonNode get(String url, String key) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + key).build();
    return JSON.readTree(client.send(request, BodyHandlers.ofString()).body());
  }
}
