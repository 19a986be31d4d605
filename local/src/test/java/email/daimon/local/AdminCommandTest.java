package email.daimon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.functions.Wiring;
import email.daimon.local.operate.testing.AwsAccount;
import email.daimon.local.operate.testing.FakeAws;
import email.daimon.local.testing.LocalDaimon;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code ./daimon admin} on a running instance, and on tables as in AWS. */
final class AdminCommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static LocalDaimon daimon;
  private final HttpClient client = HttpClient.newHttpClient();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeAll
  static void start() {
    daimon = LocalDaimon.start();
  }

  @AfterAll
  static void stop() {
    daimon.close();
  }

  @Test
  void theRunningInstanceObeys() throws Exception {
    JsonNode inbox = create("admin-one");
    String key = inbox.path("account_api_key").asText();
    assertThat(admin("account", "set-tier", "admin-one@daimon.email", "growth")).isZero();
    assertThat(out.toString(UTF_8)).contains("free is now growth");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> call("GET", "/v1/capabilities", key).body().contains("\"tier\":\"growth\""));
    assertThat(admin("account", "show", "admin-one@daimon.email", "--json")).isZero();
    assertThat(out.toString(UTF_8)).contains("\"max_sends_per_day\" : 10000");
    assertThat(admin("account", "list")).isZero();
    assertThat(out.toString(UTF_8)).contains("growth").contains("enterprise");
  }

  @Test
  void aSuspendedAccountIsRefusedAndStillReceives() throws Exception {
    JsonNode inbox = create("admin-two");
    String key = inbox.path("account_api_key").asText();
    String path = "/v1/inboxes/" + inbox.path("id").asText();
    assertThat(admin("account", "suspend", "admin-two@daimon.email")).isZero();
    daimon.clock().advance(Duration.ofSeconds(6));
    for (String method : new String[] {"PATCH", "DELETE", "GET"}) {
      HttpResponse<String> refused = call(method, path, key);
      assertThat(refused.statusCode()).as(method).isEqualTo(403);
      assertThat(refused.body()).contains("ACCOUNT_SUSPENDED");
    }
    assertThat(call("POST", "/v1/keys", key).statusCode()).isEqualTo(403);
    assertThat(
            MailCommand.send(
                daimon.smtpPort(),
                "you@example.com",
                "admin-two@daimon.email",
                MailCommand.written("you@example.com", "admin-two@daimon.email", "kept", "x")))
        .startsWith("250");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> daimon.wiring().inboxes().counters(inbox.path("id").asText()).messages() == 1);
    assertThat(admin("account", "resume", "admin-two@daimon.email")).isZero();
    assertThat(call("GET", path, key).statusCode()).as("lifted at once").isEqualTo(200);
  }

  @Test
  void whatCannotBeDoneIsOneLineAndExitOne() {
    assertThat(admin("account", "show", "acc_none")).isEqualTo(1);
    assertThat(err.toString(UTF_8)).isEqualTo("daimon: no account acc_none\n");
    err.reset();
    assertThat(command(Map.of(), "account", "list", "--port", "1")).isEqualTo(1);
    assertThat(err.toString(UTF_8))
        .isEqualTo("daimon: nothing listens on port 1: start ./daimon local, or give --port\n");
    assertThat(command(Map.of())).isEqualTo(2);
    assertThat(out.toString(UTF_8)).contains("account set-tier ACCOUNT TIER");
  }

  @Test
  void theDoorIsShutToWebPages() throws Exception {
    for (Map<String, String> headers :
        java.util.List.of(
            Map.of("Content-Type", "text/plain"),
            Map.of("Content-Type", "application/json", "Origin", "https://evil.example"))) {
      var request =
          HttpRequest.newBuilder(URI.create(daimon.apiUrl() + "/dev/admin"))
              .POST(BodyPublishers.ofString("{\"words\": [\"inbox\"]}"));
      headers.forEach(request::header);
      var answer = client.send(request.build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(403);
      assertThat(answer.body()).doesNotContain("dm_live_");
    }
  }

  @Test
  void theEnvironmentsTablesAreUsedDirectly() throws Exception {
    create("admin-aws");
    Map<String, String> environment =
        Map.of("MAIL_TABLE", daimon.wiring().settings().mailTable(), "DOMAIN", "daimon.email");
    assertThat(command(environment, "account", "set-tier", "admin-aws@daimon.email", "developer"))
        .isZero();
    assertThat(out.toString(UTF_8)).contains("free is now developer");
    assertThat(command(environment, "account", "show", "acc_none")).isEqualTo(1);
    assertThat(
            new AdminCommand(environment, AdminCommand::wiring, print(out), print(err))
                .run("account", "list"))
        .isEqualTo(1);
    assertThat(err.toString(UTF_8)).contains("MAIL_TABLE is set").contains("AWS_REGION");
  }

  @Test
  void aStackIsFoundByItsNameInAws() throws Exception {
    create("admin-stack");
    try (FakeAws fake = new FakeAws()) {
      AwsAccount.deployed(fake, "UPDATE_COMPLETE");
      Map<String, String> environment = new HashMap<>(fake.environment());
      environment.put("AWS_REGION", "eu-west-1");
      Map<String, String> found = new HashMap<>();
      Function<Map<String, String>, Wiring> aws =
          settings -> {
            found.putAll(settings);
            return daimon.wiring();
          };
      System.setProperty("aws.accessKeyId", "AKID");
      System.setProperty("aws.secretAccessKey", "secret");
      try {
        assertThat(
                new AdminCommand(environment, aws, print(out), print(err))
                    .run("account", "show", "admin-stack@daimon.email", "--stack", "daimon"))
            .as(err.toString(UTF_8))
            .isZero();
        fake.refuse("DescribeStackResources", 400, "ValidationError", "Stack nope does not exist");
        assertThat(command(environment, "account", "list", "--stack", "nope")).isEqualTo(1);
      } finally {
        System.clearProperty("aws.accessKeyId");
        System.clearProperty("aws.secretAccessKey");
      }
      assertThat(err.toString(UTF_8)).startsWith("daimon: ").hasLineCount(1);
      assertThat(found)
          .containsEntry("MAIL_TABLE", "mail-1")
          .containsEntry("AWS_REGION", "eu-west-1");
    }
  }

  private int admin(String... words) {
    String[] line = java.util.Arrays.copyOf(words, words.length + 1);
    line[words.length] = "--port=" + daimon.apiUrl().getPort();
    return command(Map.of(), line);
  }

  private int command(Map<String, String> environment, String... line) {
    Function<Map<String, String>, Wiring> aws = _ -> daimon.wiring();
    return new AdminCommand(environment, aws, print(out), print(err)).run(line);
  }

  private static PrintStream print(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, UTF_8);
  }

  private JsonNode create(String username) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(daimon.apiUrl() + "/v1/inboxes"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"username\":\"" + username + "\"}"))
            .build();
    return JSON.readTree(client.send(request, BodyHandlers.ofString()).body()).path("result");
  }

  private HttpResponse<String> call(String method, String path, String key)
      throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(daimon.apiUrl() + path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.noBody())
            .build(),
        BodyHandlers.ofString());
  }
}
