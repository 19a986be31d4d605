package email.daimon.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.functions.store.EventCodec;
import email.daimon.functions.store.Item;
import email.daimon.local.testing.LocalDaimon;
import email.daimon.model.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Rule 3.5, as strangers and the owner of an inbox see it: who is kept out, and a flood. */
final class ReceiveRulesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RATE = 4;
  private static LocalDaimon daimon;
  private final HttpClient http = HttpClient.newHttpClient();
  private JsonNode inbox;
  private String username;
  private int sent;

  @BeforeAll
  static void start() {
    String[] arguments = {
      "--port=0", "--smtp-port=0", "--ephemeral", "--inbound-rate=" + RATE,
    };
    Set<String> values = Set.of("port", "smtp-port", "inbound-rate");
    daimon =
        LocalDaimon.start(
            Main.settings(new Arguments(arguments, values, Set.of("ephemeral"), Map.of())));
  }

  @AfterAll
  static void stop() {
    daimon.close();
  }

  @Test
  void whatTheInboxBlocksIsStoredAndHidden() throws Exception {
    create("blocker");
    set("/v1/inboxes/" + id(), "{\"receive_rules\":{\"block\":[\"Evil.Example\"]}}");

    mail("bob@good.example", "");
    mail("eve@evil.example", "");
    mail("eve+tag@mail.EVIL.example", "&dmarc=FAIL&dmarc_policy=none");
    mail("'eve@evil.example' <carl@good.example>".replace('\'', '"'), "");
    stored(4);

    assertThat(senders("")).containsExactlyInAnyOrder("bob@good.example", "carl@good.example");
    assertThat(senders("?unread=true"))
        .containsExactlyInAnyOrder("bob@good.example", "carl@good.example");
    assertThat(senders("?label=blocked"))
        .containsExactlyInAnyOrder("eve@evil.example", "eve+tag@mail.EVIL.example");
    assertThat(senders("?include_flagged=true")).hasSize(4);
    JsonNode blocked = get("/v1/inboxes/" + id() + "/messages?label=blocked").at("/messages/0");
    assertThat(blocked.path("labels").toString()).isEqualTo("[\"blocked\"]");
    assertThat(get("/v1/inboxes/" + id() + "/messages/" + blocked.path("id").asText()).at("/from"))
        .isEqualTo(blocked.path("from"));
    assertThat(get("/v1/inboxes/" + id() + "/threads").path("total").asInt()).isEqualTo(2);
    JsonNode counted = get("/v1/inboxes/" + id());
    assertThat(counted.path("message_count").asInt()).isEqualTo(2);
    assertThat(counted.path("unread_count").asInt()).isEqualTo(2);
    assertThat(events()).containsExactly("message.received", "message.received");
  }

  @Test
  void whoIsAllowedHasToProveIt() throws Exception {
    create("allower");
    set("/v1/inboxes/" + id(), "{\"receive_rules\":{\"allow\":[\"boss@good.example\"]}}");

    mail("Boss@Good.Example", "");
    mail("boss@good.example", "&dmarc=FAIL&dmarc_policy=none");
    mail("boss@good.example", "&dmarc=FAIL&dmarc_policy=reject");
    mail("boss@good.example", "&dmarc=GRAY&spf=FAIL&dkim=FAIL");
    mail("'boss@good.example' <eve@evil.example>".replace('\'', '"'), "");
    mail("boss@good.example\r\nFrom: eve@evil.example", "");
    mail("eve@evil.example", "&virus=FAIL");
    stored(7);

    assertThat(senders("")).containsExactly("Boss@Good.Example");
    assertThat(senders("?label=blocked")).hasSize(6);
    assertThat(senders("?label=unauthenticated")).containsExactly("boss@good.example");
    assertThat(senders("?label=virus")).containsExactly("eve@evil.example");
    assertThat(events()).containsExactly("message.received");
  }

  @Test
  void whatTheAccountBlocksNoInboxLetsIn() throws Exception {
    create("ruled");
    mail("eve@evil.example", "");
    stored(1);
    JsonNode account =
        set("/v1/account", "{\"receive_rules\":{\"block\":[\"@evil.example\", \"EVIL.example\"]}}");
    assertThat(account.path("receive_rules").toString())
        .isEqualTo("{\"allow\":[],\"block\":[\"evil.example\"]}");
    set("/v1/inboxes/" + id(), "{\"receive_rules\":{\"allow\":[\"evil.example\", \"bob@b.io\"]}}");

    mail("eve@evil.example", "");
    stored(2);
    mail("bob@b.io", "");
    stored(3);
    mail("other@b.io", "");
    stored(4);

    assertThat(senders("")).containsExactly("bob@b.io", "eve@evil.example");
    assertThat(senders("?label=blocked")).containsExactly("other@b.io", "eve@evil.example");
    set("/v1/account", "{\"receive_rules\":null}");
    mail("eve@evil.example", "");
    stored(5);
    assertThat(senders("")).containsExactly("eve@evil.example", "bob@b.io", "eve@evil.example");
    assertThat(get("/v1/account").path("receive_rules").toString())
        .isEqualTo("{\"allow\":[],\"block\":[]}");
  }

  @Test
  void theAccountsRulesAreStrictAndTheAccountKeys() throws Exception {
    create("strict");

    assertThat(patch("/v1/account", "{\"receive_rules\":{\"block\":[\"a b\"]}}", accountKey()))
        .matches(answer -> answer.statusCode() == 400)
        .matches(answer -> answer.body().contains("receive_rules.block[0]"));
    assertThat(patch("/v1/account", "{\"recieve_rules\":{}}", accountKey()).body())
        .contains("receive_rules");
    assertThat(patch("/v1/account", "{}", inbox.path("inbox_api_key").asText()).statusCode())
        .isEqualTo(403);
  }

  @Test
  void aFloodIsListedAndQuietAndOverOnTheNextDay() throws Exception {
    create("flooded");
    for (int i = 0; i < RATE + 3; i++) {
      mail("bob@good.example", "");
    }
    stored(RATE + 3);

    assertThat(senders("")).hasSize(RATE + 3);
    assertThat(events())
        .hasSize(RATE + 4)
        .startsWith("message.received", "message.received", "message.received")
        .containsOnlyOnce("inbox.flooded")
        .filteredOn("message.received quiet"::equals)
        .hasSize(3);
    daimon.clock().advance(Duration.ofDays(1));
    mail("bob@good.example", "");
    stored(RATE + 4);
    assertThat(events()).endsWith("message.received");
  }

  private void create(String name) throws Exception {
    username = name;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(daimon.apiUrl() + "/v1/inboxes"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"username\":\"" + name + "\"}"))
            .build();
    HttpResponse<String> made = http.send(request, BodyHandlers.ofString());
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    inbox = JSON.readTree(made.body()).path("result");
  }

  private void mail(String from, String verdicts) throws Exception {
    String raw =
        "From: %s\r\nMessage-ID: <%s-%d@x.example>\r\nSubject: s\r\n\r\nHello\r\n"
            .formatted(from, username, sent++);
    String query = "?from=bounce@unrelated.example&rcpt=" + username + "@daimon.email" + verdicts;
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(daimon.apiUrl() + "/dev/inbound" + query))
            .POST(BodyPublishers.ofString(raw))
            .build();
    HttpResponse<String> taken = http.send(request, BodyHandlers.ofString());
    assertThat(taken.statusCode()).as(taken.body()).isEqualTo(202);
  }

  // Rules hold for what is stored from then on, so each step waits for the mails before it.
  private void stored(int mails) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> senders("?include_flagged=true").size() == mails);
  }

  private List<String> senders(String query) throws Exception {
    List<String> senders = new ArrayList<>();
    get("/v1/inboxes/" + id() + "/messages" + query)
        .path("messages")
        .forEach(message -> senders.add(message.path("from").asText()));
    return senders;
  }

  private List<String> events() {
    var mail = daimon.wiring().mail();
    return mail
        .dynamoDb()
        .scanPaginator(scan -> scan.tableName(mail.name()).consistentRead(true))
        .items()
        .stream()
        .map(Item::read)
        .filter(item -> item.text("pk").contains("#E#"))
        .map(EventCodec::event)
        .filter(event -> event.inboxId().filter(id()::equals).isPresent())
        .sorted(Comparator.comparing(Event::id))
        .map(event -> event.type() + (event.quiet() ? " quiet" : ""))
        .toList();
  }

  private String id() {
    return inbox.path("id").asText();
  }

  private String accountKey() {
    return inbox.path("account_api_key").asText();
  }

  private JsonNode get(String path) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(daimon.apiUrl() + path))
            .header("Authorization", "Bearer " + accountKey())
            .build();
    return result(http.send(request, BodyHandlers.ofString()));
  }

  private JsonNode set(String path, String body) throws Exception {
    return result(patch(path, body, accountKey()));
  }

  private HttpResponse<String> patch(String path, String body, String key) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(daimon.apiUrl() + path))
            .header("Authorization", "Bearer " + key)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static JsonNode result(HttpResponse<String> answer) throws Exception {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("result");
  }
}
