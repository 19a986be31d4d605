package email.daimon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Agents that answer each other, people, and machines: one thread each, and no loops. */
class ConversationModeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int TURNS = 20;
  private static LocalDaimon daimon;
  private final HttpClient client = HttpClient.newHttpClient();

  private record Agent(String id, String address, String key) {}

  private record Answer(int status, JsonNode json) {}

  @BeforeAll
  static void start() {
    String[] line = {"--ephemeral", "--port=0", "--smtp-port=0", "--tier=growth"};
    daimon =
        LocalDaimon.start(
            Main.settings(
                new Arguments(
                    line, Set.of("port", "smtp-port", "tier"), Set.of("ephemeral"), Map.of())));
  }

  @AfterAll
  static void stop() {
    daimon.close();
  }

  @Test
  void twentyTurnsBetweenTwoAgentsAreOneThreadOnEachSide() {
    Agent ann = agent("ann-agent");
    Agent bob = agent("bob-agent");
    Set<String> seen = new HashSet<>();
    accept(call("POST", ann, "/send", body("to", bob.address, "subject", "Talk")));
    Agent next = bob;
    for (int turn = 1; turn < TURNS; turn++) {
      JsonNode newest = awaitNew(next, seen);
      accept(
          call(
              "POST",
              next,
              "/messages/" + newest.path("id").asText() + "/reply",
              body("text", "turn " + turn)));
      next = next == bob ? ann : bob;
    }
    awaitNew(next, seen);
    for (Agent agent : List.of(ann, bob)) {
      JsonNode threads = call("GET", agent, "/threads", "").json.path("result").path("threads");
      assertThat(threads).hasSize(1);
      assertThat(threads.get(0).path("message_count").asInt()).isEqualTo(TURNS);
    }
  }

  @Test
  void twentyTurnsWithSomebodyOutsideWhoQuotesTheIdOfSesAreOneThread() {
    Agent agent = agent("agent-outside");
    Set<String> seen = new HashSet<>();
    accept(call("POST", agent, "/send", body("to", "carl@outside.example", "subject", "Offer")));
    for (int turn = 0; turn < TURNS / 2; turn++) {
      int number = turn;
      JsonNode out = awaitOutbox("carl@outside.example", turn + 1);
      awaitKnown(agent, out.path("message_id").asText());
      inbound(
          "carl@outside.example",
          agent.address,
          "From: Carl <carl@outside.example>\r\nTo: "
              + agent.address
              + "\r\nSubject: Re: Offer\r\nMessage-ID: <carl-"
              + number
              + "@outside.example>\r\nIn-Reply-To: "
              + out.path("message_id").asText()
              + "\r\n\r\nanswer "
              + number
              + "\r\n");
      JsonNode newest = awaitNew(agent, seen);
      if (turn < TURNS / 2 - 1) {
        accept(
            call(
                "POST",
                agent,
                "/messages/" + newest.path("id").asText() + "/reply",
                body("text", "turn " + turn)));
      }
    }
    JsonNode threads = call("GET", agent, "/threads", "").json.path("result").path("threads");
    assertThat(threads).hasSize(1);
    assertThat(threads.get(0).path("message_count").asInt()).isEqualTo(TURNS);
  }

  @Test
  void automaticAnswerersOnThePlatformAndOutsideStop() {
    Agent one = agent("machine-one");
    Agent two = agent("machine-two");
    Set<String> seen = new HashSet<>();
    inbound(
        two.address,
        one.address,
        automatic(two.address, one.address, "<auto-0@outside.example>", ""));
    JsonNode mail = awaitNew(one, seen);
    assertThat(reply(one, mail, false).json.path("error").asText()).isEqualTo("LOOP_SUSPECTED");
    int sent = 0;
    Agent next = one;
    JsonNode received = mail;
    List<String> refusals = new ArrayList<>();
    while (sent < TURNS) {
      Answer answer = reply(next, received, true);
      if (answer.status != 202) {
        refusals.add(answer.json.path("error").asText());
        break;
      }
      sent++;
      next = next == one ? two : one;
      received = awaitNew(next, seen);
      assertThat(received.path("automatic").asBoolean()).isTrue();
    }
    assertThat(refusals).containsExactly("LOOP_SUSPECTED");
    assertThat(sent).isLessThanOrEqualTo(6);
  }

  @Test
  void anAutomaticAnswererOutsideIsAnsweredThreeTimesAnHour() {
    Agent agent = agent("agent-machine");
    Set<String> seen = new HashSet<>();
    String last = "";
    int sent = 0;
    for (int turn = 0; turn < TURNS; turn++) {
      String id = "<vacation-" + turn + "@outside.example>";
      inbound(
          "away@outside.example",
          agent.address,
          automatic("away@outside.example", agent.address, id, last));
      JsonNode received = awaitNew(agent, seen);
      Answer answer = reply(agent, received, true);
      if (answer.status != 202) {
        assertThat(answer.json.path("error").asText()).isEqualTo("LOOP_SUSPECTED");
        break;
      }
      sent++;
      last = awaitOutbox("away@outside.example", sent).path("message_id").asText();
      awaitKnown(agent, last);
    }
    assertThat(sent).isEqualTo(3);
  }

  private Answer reply(Agent agent, JsonNode message, boolean allow) {
    return call(
        "POST",
        agent,
        "/messages/" + message.path("id").asText() + "/reply",
        "{\"text\":\"noted\"" + (allow ? ",\"allow_automatic\":true}" : "}"));
  }

  private static String automatic(String from, String to, String id, String answers) {
    return "From: "
        + from
        + "\r\nTo: "
        + to
        + "\r\nSubject: Away\r\nAuto-Submitted: auto-replied\r\nMessage-ID: "
        + id
        + "\r\n"
        + (answers.isEmpty() ? "" : "In-Reply-To: " + answers + "\r\n")
        + "\r\nI am away.\r\n";
  }

  private Agent agent(String username) {
    JsonNode made =
        request("POST", "/v1/inboxes", "", "{\"username\":\"" + username + "\"}")
            .json
            .path("result");
    return new Agent(
        made.path("id").asText(),
        made.path("email").asText(),
        made.path("account_api_key").asText());
  }

  private JsonNode awaitNew(Agent agent, Set<String> seen) {
    AtomicReference<Optional<JsonNode>> found = new AtomicReference<>(Optional.empty());
    await()
        .atMost(PATIENCE)
        .until(() -> {
          for (JsonNode one :
              call("GET", agent, "/messages", "").json.path("result").path("messages")) {
            if (seen.add(one.path("id").asText())) {
              found.set(Optional.of(one));
              return true;
            }
          }
          return false;
        });
    return found.get().orElseThrow();
  }

  // An answer that quotes nothing but the id that SES gave finds its thread once that id is known.
  private void awaitKnown(Agent agent, String id) {
    await()
        .atMost(PATIENCE)
        .until(() ->
            call("GET", agent, "/messages?direction=outbound", "")
                .json
                .path("result")
                .path("messages")
                .findValuesAsText("smtp_message_id")
                .contains(id));
  }

  private JsonNode awaitOutbox(String address, int count) {
    List<JsonNode> mails = new ArrayList<>();
    await()
        .atMost(PATIENCE)
        .until(() -> {
          mails.clear();
          request("GET", "/dev/outbox?limit=100", "", "")
              .json
              .path("mails")
              .forEach(mail -> {
                if (mail.path("recipients").toString().contains(address)) {
                  mails.add(mail);
                }
              });
          return mails.size() == count;
        });
    return mails.getFirst();
  }

  private void inbound(String from, String to, String raw) {
    Answer answer =
        request("POST", "/dev/inbound?from=" + from + "&rcpt=" + to + "&dmarc=PASS", "", raw);
    assertThat(answer.status).as(answer.json.toString()).isLessThan(300);
  }

  private static void accept(Answer answer) {
    assertThat(answer.status).as(answer.json.toString()).isEqualTo(202);
  }

  private static String body(String... fields) {
    var json = JSON.createObjectNode().put("text", "hello");
    for (int i = 0; i < fields.length; i += 2) {
      json.put(fields[i], fields[i + 1]);
    }
    return json.toString();
  }

  private Answer call(String method, Agent agent, String path, String body) {
    return request(method, "/v1/inboxes/" + agent.id + path, agent.key, body);
  }

  private Answer request(String method, String path, String key, String body) {
    URI uri = URI.create(daimon.apiUrl() + path);
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    request.method(method, BodyPublishers.ofString(body, UTF_8));
    try {
      HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), JSON.readTree(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
