package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rules 1.7: each request here is wrong in two ways, and hears of the earlier one. */
final class RefusalOrderTest {
  private static final String MAIL = "{'to': 'a@example.com', 'subject': 's', 'text': 'x'}";
  private final TestApi api = new TestApi();

  @TestFactory
  Stream<DynamicTest> theEarlierRefusalWins() {
    var own = api.open("order-own");
    var other = api.open("order-other");
    String huge = "{'username': '" + "x".repeat(5 * 1024 * 1024) + "'}";
    String foreign = "/v1/inboxes/" + other.inboxId();
    return Stream.of(
        wrong("413 before 401", 413, "PAYLOAD_TOO_LARGE", post("/v1/keys").body(huge)),
        wrong("401 before an unknown path", 401, "UNAUTHORIZED", get("/v1/nothing").key("dm_x")),
        wrong("401 before 405", 401, "UNAUTHORIZED", new Call("PUT", "/v1/inboxes")),
        wrong("401 before scope", 401, "UNAUTHORIZED", get("/v1/keys")),
        wrong(
            "an invalid key never opens an account",
            401,
            "UNAUTHORIZED",
            post("/v1/inboxes").key("dm_free_nothing").body("{'username': 'sneaky'}")),
        wrong(
            "scope of the route before 400",
            403,
            "KEY_SCOPE",
            post("/v1/inboxes").key(own.inboxKey()).body("{'nonsense': 1}")),
        wrong(
            "scope of the route before 404",
            403,
            "KEY_SCOPE",
            post("/v1/keys/key_never/rotate").key(own.inboxKey())),
        wrong(
            "404 before 400",
            404,
            "INBOX_NOT_FOUND",
            new Call("PATCH", foreign).key(own.accountKey()).body("{'nonsense': 1}")),
        wrong(
            "404 before 402",
            404,
            "INBOX_NOT_FOUND",
            post(foreign + "/send").key(own.accountKey()).body("{}")),
        wrong("an unknown path", 404, "ROUTE_NOT_FOUND", get("/v1/inboxs").key(own.accountKey())),
        wrong(
            "405 before 400",
            405,
            "METHOD_NOT_ALLOWED",
            new Call("PUT", "/v1/inboxes?nonsense=1").key(own.accountKey())),
        wrong(
            "400 before 402",
            400,
            "VALIDATION_ERROR",
            post("/v1/inboxes").key(own.accountKey()).body("{'username': 'X', 'domain': 'a.b'}")),
        wrong(
            "400 before 409",
            400,
            "VALIDATION_ERROR",
            post("/v1/inboxes").body("{'username': 'order-own', 'x': 1}")),
        wrong(
            "402 before 409",
            402,
            "DOMAIN_REQUIRES_PAID",
            post("/v1/inboxes").body("{'username': 'order-own', 'domain': 'a.example'}")),
        wrong(
            "400 before 402, of a mail",
            400,
            "VALIDATION_ERROR",
            post("/v1/inboxes/" + own.inboxId() + "/send").key(own.inboxKey()).body("{'to': 7}")));
  }

  private DynamicTest wrong(String name, int status, String error, Call call) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Answer answer = api.call(call);
          assertThat(answer.error()).as(answer.body()).isEqualTo(error);
          assertThat(answer.status()).isEqualTo(status);
          assertThat(answer.json().path("result").isNull()).isTrue();
          assertThat(answer.headers())
              .containsEntry("X-Request-Id", answer.json().path("request_id").asText())
              .containsEntry(
                  "Strict-Transport-Security", "max-age=63072000; includeSubDomains; preload")
              .containsEntry("X-Content-Type-Options", "nosniff")
              .containsEntry("X-Frame-Options", "DENY");
        });
  }

  @Test
  void aWrongMethodNamesTheRightOnes() {
    var own = api.open("order-allow");
    Answer answer = api.call(new Call("PUT", "/v1/inboxes").key(own.accountKey()));
    assertThat(answer.headers()).containsEntry("Allow", "GET, POST");
  }

  @Test
  void anUnknownPathNamesTheNearestRoute() {
    var own = api.open("order-near");
    Answer answer = api.call(get("/v1/acount").key(own.accountKey()));
    assertThat(answer.json().path("fix").asText()).contains("GET /v1/account");
  }

  @Test
  void aFullAccountHears402BeforeTheNameIsLookedAt() {
    var own = api.open("full-0");
    for (int i = 1; i < 10; i++) {
      api.call(post("/v1/inboxes").key(own.accountKey()).body("{'username': 'full-" + i + "'}"));
    }
    for (String name : new String[] {"full-3", "postmaster", "full-new"}) {
      Answer answer =
          api.call(post("/v1/inboxes").key(own.accountKey()).body("{'username': '" + name + "'}"));
      assertThat(answer.error()).as(name).isEqualTo("INBOX_LIMIT_EXCEEDED");
      assertThat(answer.json().path("upgrade_context").path("operator_action_url").asText())
          .contains("/upgrade?token=");
    }
  }

  @Test
  void aSuspendedAccountHears403After402() {
    var own = api.open("suspended-one");
    String account =
        api.call(get("/v1/account").key(own.accountKey())).result().path("id").asText();
    TestTables.setAccount(api, account, "status", "SUSPENDED");
    api.clock.advance(Duration.ofSeconds(6));
    assertThat(api.call(get("/v1/inboxes").key(own.accountKey())).error())
        .isEqualTo("ACCOUNT_SUSPENDED");
    assertThat(
            api.call(post("/v1/inboxes/" + own.inboxId() + "/send").key(own.inboxKey()).body(MAIL))
                .error())
        .isEqualTo("SEND_REQUIRES_PAID");
  }

  @Test
  void aTierIsSeenWithinFiveSeconds() {
    var own = api.open("upgraded-one");
    Call send = post("/v1/inboxes/" + own.inboxId() + "/send").key(own.inboxKey()).body(MAIL);
    assertThat(api.call(send).status()).isEqualTo(402);
    String account =
        api.call(get("/v1/account").key(own.accountKey())).result().path("id").asText();
    TestTables.setAccount(api, account, "tier", "DEVELOPER");
    api.clock.advance(Duration.ofSeconds(5));
    assertThat(api.call(send).status()).isEqualTo(202);
  }
}
