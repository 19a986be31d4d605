package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.model.Inbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class InboxRoutesTest {
  private final TestApi api = new TestApi();

  @Test
  void theFirstInboxOpensAnAccount() {
    Answer answer =
        api.call(
            post("/v1/inboxes")
                .body("{'username': 'agent-one', 'client_id': 'bootstrap-inbox-001'}"));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.resultNames())
        .contains(
            "id",
            "username",
            "email",
            "inbox_api_key",
            "account_api_key",
            "view_url",
            "created_at");
    assertThat(answer.result().path("email").asText()).isEqualTo("agent-one@daimon.email");
    assertThat(answer.result().path("created_at").asText()).endsWith("Z");
    assertThat(answer.nextSteps())
        .startsWith(
            "Save the account_api_key securely — use it to provision all future inboxes",
            "Use inbox_api_key to access this specific inbox",
            "Create additional inboxes with POST /v1/inboxes using account_api_key");
  }

  @Test
  void aFurtherInboxComesWithoutAccountKey() {
    var first = api.open("agent-one");
    Answer answer = create(first.accountKey(), "{'username': 'agent-slug-001', 'client_id': 'a1'}");
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.result().has("account_api_key")).isFalse();
    assertThat(answer.nextSteps())
        .startsWith(
            "Save the inbox_api_key for agent-slug-001",
            "Share this inbox's email address with the agent");
    Answer list = api.call(get("/v1/inboxes").key(first.accountKey()));
    assertThat(list.result().path("total").asInt()).isEqualTo(2);
    assertThat(list.result().path("inboxes").findValuesAsText("username"))
        .containsExactly("agent-one", "agent-slug-001");
  }

  @Test
  void aKnownClientIdGivesTheSameInboxAndANewKey() {
    var first = api.open("agent-one");
    String body = "{'username': 'agent-two', 'client_id': 'agent-002'}";
    Answer made = create(first.accountKey(), body);
    Answer again = create(first.accountKey(), body);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.result().path("id")).isEqualTo(made.result().path("id"));
    assertThat(again.result().path("replayed").asBoolean()).isTrue();
    for (Answer answer : List.of(made, again)) {
      String key = answer.result().path("inbox_api_key").asText();
      assertThat(api.call(get("/v1/inboxes/" + id(made)).key(key)).status()).isEqualTo(200);
    }
    Answer other =
        create(first.accountKey(), "{'username': 'agent-three', 'client_id': 'agent-002'}");
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.error()).isEqualTo("CLIENT_ID_REUSED");
    assertThat(other.json().path("message").asText()).contains("username");
  }

  @Test
  void withoutAKeyAClientIdIsNeverLookedUp() {
    String body = "{'username': 'platform-admin', 'client_id': 'bootstrap-001'}";
    assertThat(api.call(post("/v1/inboxes").body(body)).status()).isEqualTo(201);
    Answer again = api.call(post("/v1/inboxes").body(body));
    assertThat(again.status()).isEqualTo(409);
    assertThat(again.error()).isEqualTo("USERNAME_TAKEN");
    assertThat(again.json().path("suggestions").findValuesAsText("")).isEmpty();
    assertThat(again.json().path("suggestions")).hasSize(3);
    String free = again.json().path("suggestions").get(0).asText();
    assertThat(api.open(free).inboxId()).startsWith("inbox_");
  }

  @Test
  void theClientIdOfTheFirstInboxIsKnownToItsAccount() {
    String body = "{'username': 'platform-admin', 'client_id': 'bootstrap-001'}";
    Answer first = api.call(post("/v1/inboxes").body(body));
    Answer again = create(first.result().path("account_api_key").asText(), body);
    assertThat(again.status()).isEqualTo(200);
    assertThat(id(again)).isEqualTo(id(first));
  }

  @Test
  void reservedNamesAreTheOperators() {
    for (String name : List.of("postmaster", "admin", "abuse", "security", "bounce-7", "noreply")) {
      Answer answer = api.call(post("/v1/inboxes").body("{'username': '" + name + "'}"));
      assertThat(answer.error()).as(name).isEqualTo("USERNAME_RESERVED");
    }
    Inbox operator = api.wiring.inboxes().findByAddress("ABUSE+x@Daimon.Email").orElseThrow();
    assertThat(api.wiring.inboxes().findByAddress("\"postmaster\"@daimon.email"))
        .contains(operator);
    String key = api.wiring.operatorInbox().newKey().secret();
    assertThat(api.wiring.operatorInbox().newKey().secret()).isNotEqualTo(key);
    assertThat(api.call(get("/v1/inboxes/" + operator.id()).key(key)).status()).isEqualTo(200);
    for (String name : List.of("platform-admin", "support-bot")) {
      assertThat(api.open(name).inboxId()).isNotEmpty();
    }
  }

  @Test
  void anAddressStaysWithItsAccount() {
    var one = api.open("first-owner");
    var other = api.open("second-owner");
    Answer made = create(one.accountKey(), "{'username': 'wanted', 'client_id': 'w'}");
    Answer deleted = api.call(delete("/v1/inboxes/" + id(made)).key(one.accountKey()));
    assertThat(deleted.result().path("status").asText()).isEqualTo("deleted");
    assertThat(deleted.result().path("keys_revoked").asInt()).isEqualTo(1);
    assertThat(api.wiring.inboxes().findByAddress("wanted@daimon.email")).isEmpty();
    String dead = made.result().path("inbox_api_key").asText();
    assertThat(api.call(get("/v1/inboxes/" + id(made)).key(dead)).status()).isEqualTo(401);
    assertThat(api.call(get("/v1/inboxes/" + id(made)).key(one.accountKey())).error())
        .isEqualTo("INBOX_NOT_FOUND");
    assertThat(create(other.accountKey(), "{'username': 'wanted'}").error())
        .isEqualTo("USERNAME_TAKEN");
    assertThat(create(one.accountKey(), "{'username': 'wanted', 'client_id': 'w'}").error())
        .isEqualTo("CLIENT_ID_RETIRED");
    Answer again = create(one.accountKey(), "{'username': 'wanted'}");
    assertThat(again.status()).isEqualTo(201);
    assertThat(id(again)).isNotEqualTo(id(made));
    assertThat(api.wiring.inboxes().findByAddress("wanted@daimon.email").orElseThrow().id())
        .isEqualTo(id(again));
    assertThat(
            api.call(get("/v1/account").key(one.accountKey())).result().path("inbox_count").asInt())
        .isEqualTo(2);
  }

  @Test
  void whatBindsAnInboxIsSetByTheAccountKeyAlone() {
    var first = api.open("bound-agent");
    String path = "/v1/inboxes/" + first.inboxId();
    Answer refused = api.call(patch(path).key(first.inboxKey()).body("{'daily_send_limit': 100}"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.error()).isEqualTo("KEY_SCOPE");
    assertThat(
            api.call(patch(path).key(first.inboxKey()).body("{'display_name': 'Agent'}")).status())
        .isEqualTo(200);
    Answer set =
        api.call(
            patch(path)
                .key(first.accountKey())
                .body(
                    "{'daily_send_limit': 5, 'metadata': {'team': 'red'},"
                        + " 'receive_rules': {'allow': ['Example.ORG', 'Bob@Example.com']}}"));
    assertThat(set.result().path("display_name").asText()).isEqualTo("Agent");
    assertThat(set.result().path("receive_rules").path("allow").toString())
        .isEqualTo("[\"example.org\",\"bob@example.com\"]");
    Answer back =
        api.call(
            patch(path)
                .key(first.accountKey())
                .body("{'display_name': null, 'daily_send_limit': null}"));
    assertThat(back.result().path("display_name").asText()).isEqualTo("bound-agent");
    assertThat(back.result().path("daily_send_limit").isNull()).isTrue();
    assertThat(back.result().path("metadata").path("team").asText()).isEqualTo("red");
  }

  @Test
  void theListIsPagedAndFiltered() {
    TestApi paid = new TestApi(Map.of("DEFAULT_TIER", "developer"));
    var first = paid.open("lister-0");
    for (int i = 1; i < 12; i++) {
      Answer made =
          paid.call(
              post("/v1/inboxes")
                  .key(first.accountKey())
                  .body(
                      "{'username': 'lister-%d', 'client_id': 'c%d', 'metadata': {'odd': '%d'}}"
                          .formatted(i, i, i % 2)));
      assertThat(made.status()).isEqualTo(201);
    }
    List<String> seen = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = paid.call(get("/v1/inboxes?limit=5" + cursor).key(first.accountKey()));
      seen.addAll(page.result().path("inboxes").findValuesAsText("username"));
      assertThat(page.result().path("total").asInt()).isEqualTo(12);
      cursor = "&cursor=" + page.result().path("next_cursor").asText("null");
    } while (!cursor.endsWith("null"));
    assertThat(seen).hasSize(12).doesNotHaveDuplicates().startsWith("lister-0", "lister-1");
    Answer filtered =
        paid.call(get("/v1/inboxes?metadata.odd=1&limit=100").key(first.accountKey()));
    assertThat(filtered.result().path("total").asInt()).isEqualTo(6);
    Answer one = paid.call(get("/v1/inboxes?client_id=c7").key(first.accountKey()));
    assertThat(one.result().path("inboxes").findValuesAsText("username"))
        .containsExactly("lister-7");
    Answer rest = paid.call(get("/v1/inboxes?offset=10").key(first.accountKey()));
    assertThat(rest.result().path("inboxes")).hasSize(2);
  }

  @Test
  void aliasesAndOlderPrefixesAreTaken() {
    Answer answer = api.call(post("/v1/inboxes").body("{'address': 'by-address@daimon.email'}"));
    assertThat(answer.result().path("username").asText()).isEqualTo("by-address");
    String key = answer.result().path("account_api_key").asText();
    String older = id(answer).replace("inbox_", "inb_");
    assertThat(api.call(get("/v1/inboxes/" + older).key(key)).status()).isEqualTo(200);
    assertThat(
            api.call(post("/v1/inboxes").body("{'username': 'one-two', 'address': 'two-one'}"))
                .error())
        .isEqualTo("VALIDATION_ERROR");
    assertThat(
            api.call(post("/v1/inboxes").body("{'username': 'abc', 'domain': 'my.example'}"))
                .error())
        .isEqualTo("DOMAIN_REQUIRES_PAID");
  }

  private Answer create(String key, String body) {
    return api.call(post("/v1/inboxes").key(key).body(body));
  }

  private static String id(Answer answer) {
    return answer.result().path("id").asText();
  }
}
