package email.daimon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.functions.send.Transport;
import email.daimon.functions.send.Transport.Answer;
import email.daimon.functions.send.Transport.Envelope;
import email.daimon.local.testing.LocalDaimon;
import email.daimon.model.MessageKey;
import email.daimon.model.SendTags;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The way out of the whole of local mode, and in again. */
class SendingModeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SendTags TAGS =
      new SendTags(
          "acc_none",
          "inbox_none",
          new MessageKey(1_795_256_130_000L, "msg_3k9TzQ0aBcDeFgHiJkLmNo"),
          "attempt-1");
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int MAILS = 15;
  private static final String TO_SUCCESS =
      "{\"to\":\"success@simulator.amazonses.com\",\"subject\":\"Hi\",\"text\":\"Hello\"}";
  @TempDir Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void whatSesSendsComesInAgainOrIsInTheOutbox() throws Exception {
    try (LocalDaimon daimon = by("ses")) {
      JsonNode inbox = create(daimon, "receiver");
      JsonNode sender = create(daimon, "sender");

      JsonNode sent =
          settled(
              daimon,
              sender,
              "{\"to\":[\"receiver@daimon.email\",\"ann@example.com\"],\"subject\":\"Hi\",\"text\":\"Hello\"}");

      assertThat(sent.path("status").asText()).as(sent.toString()).isEqualTo("sent");
      String seen = sent.path("smtp_message_id").asText();
      assertThat(seen).endsWith("@email.amazonses.com>");
      JsonNode message = awaitMessage(daimon, inbox);
      assertThat(message.path("message_id_header").asText()).isEqualTo(seen);
      assertThat(message.path("verified_sender").asBoolean()).isTrue();
      JsonNode out = get(daimon, "/dev/outbox", "").path("mails");
      assertThat(out).hasSize(1);
      assertThat(out.get(0).path("recipients"))
          .extracting(JsonNode::asText)
          .containsExactly("ann@example.com");
      assertThat(out.get(0).path("message_id").asText()).isEqualTo(seen);
      assertThat(raw(daimon, out.get(0).path("id").asText())).contains("Message-ID: " + seen);
      awaitQuiet(daimon);
    }
  }

  @Test
  void aPaymentGivesTheAccountATenantOfItsOwn() throws Exception {
    Path tenants = folder.resolve("data/ses/tenants.json");
    try (LocalDaimon daimon = start("--data=" + folder.resolve("data"), "--transport=ses")) {
      JsonNode sender = create(daimon, "sender");
      String before = settled(daimon, sender, TO_SUCCESS).path("status").asText();
      assertThat(before).isEqualTo("sent");
      assertThat(tenants).doesNotExist();

      call(
          request(daimon, "/v1/account/upgrade")
              .header("Authorization", "Bearer " + key(sender))
              .POST(
                  BodyPublishers.ofString(
                      "{\"payment_method\":\"pm_card_visa\",\"target_tier\":\"growth\"}")));
      post(daimon, "/dev/clock", "{\"advance\":\"PT3M\"}");

      await()
          .atMost(PATIENCE)
          .untilAsserted(() ->
              assertThat(tenants)
                  .content()
                  .contains("acc_", ":identity/daimon.email", ":configuration-set/"));
      awaitQuiet(daimon);
      post(daimon, "/dev/clock", "{\"advance\":\"PT3M\"}");
      assertThat(settled(daimon, sender, TO_SUCCESS).path("status").asText()).isEqualTo("sent");
      awaitQuiet(daimon);
    }
  }

  @Test
  void theSimulatorsAddressesShowEveryOutcome() throws Exception {
    try (LocalDaimon daimon = by("ses")) {
      JsonNode sender = create(daimon, "sender");

      assertThat(outcome(daimon, sender, "success+7")).isEqualTo("sent delivered");
      assertThat(outcome(daimon, sender, "bounce+7")).isEqualTo("bounced bounced 550");
      assertThat(outcome(daimon, sender, "suppressionlist")).isEqualTo("bounced bounced 550");
      assertThat(outcome(daimon, sender, "complaint")).isEqualTo("sent complained");
      assertThat(outcome(daimon, sender, "ooto")).isEqualTo("sent delivered");
      JsonNode answer = awaitReceived(daimon, sender);
      assertThat(answer.path("from_address").asText()).isEqualTo("ooto@simulator.amazonses.com");
      assertThat(answer.path("automatic").asBoolean()).isTrue();
      awaitQuiet(daimon);
    }
  }

  @Test
  void whatTheOutboxHasGoesOnRequestAndFaultsComeOnRequest() throws Exception {
    try (LocalDaimon daimon = by("ses")) {
      post(daimon, "/dev/faults", "{\"step\":\"ses-send\",\"action\":\"lose\"}");
      assertThat(send(daimon, "ann@example.com")).isInstanceOf(Answer.Lost.class);
      post(
          daimon,
          "/dev/faults",
          "{\"step\":\"ses-send\",\"action\":\"fail\",\"error\":\"rejected\"}");
      assertThat(send(daimon, "ann@example.com")).isInstanceOf(Answer.Refused.class);
      assertThat(send(daimon, "ann@example.com")).isInstanceOf(Answer.Accepted.class);
      // What is accepted is on its way: the outbox has it a moment later.
      await()
          .atMost(PATIENCE)
          .until(() -> get(daimon, "/dev/outbox", "").path("mails").size() == 2);
      JsonNode two = get(daimon, "/dev/outbox", "").path("mails");
      JsonNode newest = get(daimon, "/dev/outbox?limit=1", "").path("mails");
      assertThat(newest).hasSize(1);
      String last = newest.get(0).path("id").asText();
      assertThat(get(daimon, "/dev/outbox?before=" + last, "").path("mails").get(0))
          .isEqualTo(two.get(1));
      awaitQuiet(daimon);
      assertThat(delete(daimon, "/dev/outbox").path("cleared").asInt()).isEqualTo(2);
      assertThat(get(daimon, "/dev/outbox", "").path("mails")).isEmpty();
    }
  }

  @Test
  void whatTheRelayCannotDeliverComesBackByMail() throws Exception {
    try (LocalDaimon daimon = by("relay")) {
      JsonNode inbox = create(daimon, "receiver");
      JsonNode sender = create(daimon, "sender");

      JsonNode sent =
          settled(
              daimon,
              sender,
              "{\"to\":\"receiver@daimon.email\",\"subject\":\"Hi\",\"text\":\"Hello\"}");
      assertThat(sent.path("status").asText()).as(sent.toString()).isEqualTo("sent");
      assertThat(awaitMessage(daimon, inbox).path("message_id_header").asText())
          .isEqualTo(sent.path("smtp_message_id").asText());
      // The relay's 250 is a delivery; the bounce comes after it, and wins.
      String id = send(daimon, sender, "bounce@simulator.amazonses.com");
      await()
          .atMost(PATIENCE)
          .until(() -> outcome(read(daimon, sender, id)).equals("bounced bounced 550"));
      assertThat(messages(daimon, sender, "direction=inbound")).isEmpty();
      awaitQuiet(daimon);
    }
  }

  @Test
  void whatIsUnderWayWhenItStopsIsSentOnceAndSettledAfterTheNextStart() throws Exception {
    String[] kept = {"--data=" + folder.resolve("data"), "--transport=ses"};
    List<String> ids = new ArrayList<>();
    JsonNode sender;
    try (LocalDaimon daimon = start(kept)) {
      sender = create(daimon, "sender");
      for (int i = 0; i < MAILS; i++) {
        ids.add(send(daimon, sender, "success+%d@simulator.amazonses.com".formatted(i)));
      }
    }
    try (LocalDaimon daimon = start(kept)) {
      for (String id : ids) {
        await()
            .atMost(PATIENCE)
            .until(() -> outcome(read(daimon, sender, id)).equals("sent delivered"));
      }
      JsonNode out = get(daimon, "/dev/outbox", "").path("mails");
      assertThat(out).hasSize(MAILS);
      assertThat(out).extracting(mail -> mail.at("/recipients/0").asText()).doesNotHaveDuplicates();
      awaitQuiet(daimon);
    }
  }

  @Test
  void faultsOfTheRelayHappenOnTheWire() throws Exception {
    try (LocalDaimon daimon = by("relay")) {
      assertThat(with(daimon, "fail", "")).isInstanceOf(Answer.Busy.class);
      assertThat(with(daimon, "fail", ",\"error\":\"throttled\"")).isInstanceOf(Answer.Busy.class);
      assertThat(with(daimon, "fail", ",\"error\":\"rejected\""))
          .isInstanceOf(Answer.Refused.class);
      assertThat(with(daimon, "fail", ",\"error\":\"broken\"")).isInstanceOf(Answer.Lost.class);
      assertThat(get(daimon, "/dev/outbox", "").path("mails")).isEmpty();
      assertThat(with(daimon, "lose", "")).isInstanceOf(Answer.Lost.class);
      // The relay hangs up, and goes on with what it has taken.
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(get(daimon, "/dev/outbox", "").path("mails")).hasSize(1));
      assertThat(with(daimon, "delay", ",\"delay\":\"PT0.1S\""))
          .isInstanceOf(Answer.Accepted.class);
    }
  }

  private Answer with(LocalDaimon daimon, String action, String more) throws Exception {
    post(
        daimon,
        "/dev/faults",
        "{\"step\":\"relay-send\",\"action\":\"%s\"%s}".formatted(action, more));
    return send(daimon, "ann@example.com");
  }

  private static LocalDaimon by(String transport) {
    return start("--ephemeral", "--transport=" + transport);
  }

  private static LocalDaimon start(String... flags) {
    List<String> line = new ArrayList<>(List.of("--port=0", "--smtp-port=0", "--tier=developer"));
    line.addAll(List.of(flags));
    return LocalDaimon.start(
        Main.settings(
            new Arguments(
                line.toArray(String[]::new),
                Set.of("port", "smtp-port", "tier", "transport", "data"),
                Set.of("ephemeral"),
                Map.of())));
  }

  /** Sends to an address of the simulator, and says what came of it. */
  private String outcome(LocalDaimon daimon, JsonNode sender, String user) throws Exception {
    String body =
        "{\"to\":\"%s@simulator.amazonses.com\",\"subject\":\"Hi\",\"text\":\"Hello\"}"
            .formatted(user);
    if (user.startsWith("complaint")) {
      String id = send(daimon, sender, user + "@simulator.amazonses.com");
      await()
          .atMost(PATIENCE)
          .until(() -> outcome(read(daimon, sender, id)).endsWith("complained"));
      return outcome(read(daimon, sender, id));
    }
    return outcome(settled(daimon, sender, body));
  }

  private static String outcome(JsonNode message) {
    JsonNode recipient = message.at("/recipients/0");
    boolean refused = recipient.path("status").asText().equals("bounced");
    return message.path("status").asText()
        + " "
        + recipient.path("status").asText()
        + (refused ? " " + recipient.path("smtp_code").asText() : "");
  }

  private String send(LocalDaimon daimon, JsonNode sender, String to) throws Exception {
    return submit(
        daimon, sender, "{\"to\":\"%s\",\"subject\":\"Hi\",\"text\":\"Hello\"}".formatted(to));
  }

  private String submit(LocalDaimon daimon, JsonNode sender, String body) throws Exception {
    JsonNode answer =
        call(
            request(daimon, "/v1/inboxes/" + sender.path("id").asText() + "/send")
                .header("Authorization", "Bearer " + key(sender))
                .POST(BodyPublishers.ofString(body)));
    return answer.at("/result/id").asText();
  }

  private JsonNode settled(LocalDaimon daimon, JsonNode sender, String body) throws Exception {
    String id = submit(daimon, sender, body);
    await()
        .atMost(PATIENCE)
        .until(() ->
            Set.of("sent", "bounced", "failed")
                .contains(read(daimon, sender, id).path("status").asText()));
    return read(daimon, sender, id);
  }

  private JsonNode read(LocalDaimon daimon, JsonNode inbox, String id) throws Exception {
    return get(daimon, "/v1/inboxes/" + inbox.path("id").asText() + "/messages/" + id, key(inbox))
        .path("result");
  }

  private JsonNode messages(LocalDaimon daimon, JsonNode inbox, String query) throws Exception {
    return get(
            daimon, "/v1/inboxes/" + inbox.path("id").asText() + "/messages?" + query, key(inbox))
        .at("/result/messages");
  }

  private static String key(JsonNode inbox) {
    return inbox.path("account_api_key").isMissingNode()
        ? inbox.path("inbox_api_key").asText()
        : inbox.path("account_api_key").asText();
  }

  private static void awaitQuiet(LocalDaimon daimon) {
    await()
        .atMost(PATIENCE)
        .until(() -> daimon.queues().values().stream().allMatch(depth -> depth.settled()));
    assertThat(daimon.queues().values()).allMatch(depth -> depth.dead() == 0);
  }

  private JsonNode awaitMessage(LocalDaimon daimon, JsonNode inbox) throws Exception {
    await().atMost(PATIENCE).until(() -> messages(daimon, inbox, "limit=1").has(0));
    return messages(daimon, inbox, "limit=1").get(0);
  }

  private JsonNode awaitReceived(LocalDaimon daimon, JsonNode inbox) throws Exception {
    await().atMost(PATIENCE).until(() -> messages(daimon, inbox, "direction=inbound").has(0));
    return messages(daimon, inbox, "direction=inbound").get(0);
  }

  private JsonNode create(LocalDaimon daimon, String username) throws Exception {
    return post(daimon, "/v1/inboxes", "{\"username\":\"%s\"}".formatted(username)).path("result");
  }

  private JsonNode post(LocalDaimon daimon, String path, String body) throws Exception {
    return call(request(daimon, path).POST(BodyPublishers.ofString(body)));
  }

  private JsonNode get(LocalDaimon daimon, String path, String key) throws Exception {
    HttpRequest.Builder request = request(daimon, path);
    return call(key.isEmpty() ? request : request.header("Authorization", "Bearer " + key));
  }

  private JsonNode delete(LocalDaimon daimon, String path) throws Exception {
    return call(request(daimon, path).DELETE());
  }

  private String raw(LocalDaimon daimon, String id) throws Exception {
    return client
        .send(request(daimon, "/dev/outbox/" + id + "/raw").build(), BodyHandlers.ofString())
        .body();
  }

  private JsonNode call(HttpRequest.Builder request) throws Exception {
    HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
    assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
    return JSON.readTree(response.body());
  }

  private static HttpRequest.Builder request(LocalDaimon daimon, String path) {
    return HttpRequest.newBuilder(URI.create(daimon.apiUrl() + path))
        .header("Content-Type", "application/json");
  }

  private static Answer send(LocalDaimon daimon, String... recipients) {
    Transport transport = daimon.wiring().transport().orElseThrow();
    return transport.send(
        new Envelope("sender@daimon.email", List.of(recipients), TAGS, "<m@daimon.email>"),
        "From: sender@daimon.email\r\nTo: x@example.com\r\nMessage-ID: <m@daimon.email>\r\nSubject: Hi\r\n\r\nHello\r\n"
            .getBytes(UTF_8));
  }
}
