package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.testing.RecordingSqs;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WebhookRoutesTest {
  private static final String URL = "https://hooks.example.com/x";
  private static final String BODY = "{'url': '" + URL + "', 'events': ['message.received']}";
  private final TestApi api = new TestApi(Map.of("DEFAULT_TIER", "developer"));
  private final Opened own = api.open("hook-owner");

  @Test
  void madeWithASecretThatIsShownThisOnce() {
    Answer made = api.call(create(BODY));
    String secret = made.result().path("secret").asText();
    String id = made.result().path("id").asText();

    assertThat(made.status()).isEqualTo(201);
    assertThat(made.resultNames())
        .containsExactly(
            "id",
            "account_id",
            "inbox_id",
            "url",
            "events",
            "status",
            "reason",
            "failure_count",
            "failing_since",
            "last_delivered_at",
            "paused_until",
            "previous_secret_until",
            "created_at",
            "updated_at",
            "secret");
    assertThat(secret).matches("whsec_[A-Za-z0-9+/]{32}");
    assertThat(made.result().path("inbox_id").isNull()).isTrue();
    assertThat(made.result().path("status").asText()).isEqualTo("active");
    for (Call read : List.of(get("/v1/webhooks"), get("/v1/webhooks/" + id))) {
      Answer answer = api.call(read.key(own.accountKey()));
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.body()).contains(id).doesNotContain("whsec_").doesNotContain("secret\"");
    }
    assertThat(
            api.wiring
                .hooks()
                .webhookSecrets()
                .open(api.wiring.hooks().endpoints().find(id).orElseThrow(), Instant.now()))
        .containsExactly(secret);
  }

  @Test
  void theSeedsWalkThroughOnTheFreeTierReadsANullResult() {
    TestApi free = new TestApi();
    Answer refused =
        free.call(post("/v1/webhooks").key(free.open("free-hooks").accountKey()).body(BODY));

    assertThat(refused.status()).isEqualTo(402);
    assertThat(refused.error()).isEqualTo("WEBHOOK_REQUIRES_PAID");
    assertThat(refused.json().path("result").isNull()).isTrue();
    assertThat(refused.json().path("upgrade_context").path("agent_script").asText())
        .contains("I need webhooks");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}|url|is needed",
        "{'url': 'http://hooks.example.com', 'events': ['message.received']}|url|begins with https",
        "{'url': 'https://127.0.0.1/', 'events': ['message.received']}|url|by no address",
        "{'url': 'https://hooks.example.com', 'events': []}|events|at least one",
        "{'url': 'https://hooks.example.com', 'events': ['message.recieved']}|events[0]|did you"
            + " mean message.received?",
        "{'url': 'https://hooks.example.com', 'events': 'message.received'}|events|array of"
            + " strings",
        "{'url': 'https://hooks.example.com', 'event': ['message.received']}|event|is no field"
      })
  void whatIsWrongIsNamed(String body, String path, String message) {
    Answer refused = api.call(create(body));

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("details").valueStream())
        .anySatisfy(problem -> {
          assertThat(problem.path("path").asText()).isEqualTo(path);
          assertThat(problem.path("message").asText()).contains(message);
        });
  }

  @Test
  void locallyThisMachineMayBeCalledByHttp() {
    TestApi loose = new TestApi(Map.of("DEFAULT_TIER", "developer", "STRICT_WEBHOOKS", "false"));
    String body = "{'url': 'http://localhost:3000/x', 'events': ['message.received']}";

    assertThat(
            loose
                .call(post("/v1/webhooks").key(loose.open("loose").accountKey()).body(body))
                .status())
        .isEqualTo(201);
    assertThat(api.call(create(body)).status()).isEqualTo(400);
  }

  @Test
  void bothNamesOfATypeMayBeAskedFor() {
    Answer made =
        api.call(
            create("{'url': '" + URL + "', 'events': ['message.delivered', 'message.complaint']}"));

    assertThat(made.result().path("events").valueStream().map(JsonNode::asText))
        .containsExactlyInAnyOrder("message.delivered", "message.complaint");
  }

  @Test
  void onlyAnAccountKeyOfItsAccountReachesIt() {
    String id = id(api.call(create(BODY)));
    Opened other = api.open("hook-other");
    for (Call call :
        List.of(
            get("/v1/webhooks/" + id),
            patch("/v1/webhooks/" + id).body("{'status': 'disabled'}"),
            delete("/v1/webhooks/" + id),
            post("/v1/webhooks/" + id + "/rotate-secret"))) {
      assertThat(api.call(call.key(other.accountKey())).error()).isEqualTo("WEBHOOK_NOT_FOUND");
      assertThat(api.call(call.key(own.inboxKey())).error()).isEqualTo("KEY_SCOPE");
    }
    assertThat(api.call(get("/v1/webhooks").key(own.inboxKey())).error()).isEqualTo("KEY_SCOPE");
    assertThat(api.call(get("/v1/webhooks").key(other.accountKey())).result()).isEmpty();
    assertThat(
            api.call(
                    create(
                        "{'url': '%s', 'events': ['message.received'], 'inbox_id': '%s'}"
                            .formatted(URL, other.inboxId())))
                .error())
        .isEqualTo("INBOX_NOT_FOUND");
    assertThat(api.call(get("/v1/webhooks/" + id).key(own.accountKey())).status()).isEqualTo(200);
  }

  @Test
  void theSameCallAgainMakesNoSecondOne() {
    String body = BODY.replace("}", ", 'client_id': 'hook-1'}");
    Answer first = api.call(create(body));
    Answer again = api.call(create(body));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.result().path("replayed").asBoolean()).isTrue();
    assertThat(id(again)).isEqualTo(id(first));
    assertThat(again.body()).doesNotContain("whsec_");
    Answer other = api.call(create(body.replace("/x", "/y")));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().path("message").asText()).contains("url");
    assertThat(api.call(delete("/v1/webhooks/" + id(first)).key(own.accountKey())).status())
        .isEqualTo(200);
    assertThat(api.call(create(body)).error()).isEqualTo("CLIENT_ID_RETIRED");
  }

  @Test
  void aLostAnswerIsFetchedAgainWithItsSecret() {
    Answer first = api.call(create(BODY).header("idempotency-key", "hook-key-1"));
    Answer again = api.call(create(BODY).header("idempotency-key", "hook-key-1"));

    assertThat(again.headers()).containsEntry("Idempotent-Replayed", "true");
    assertThat(again.result()).isEqualTo(first.result());
    String path = "/v1/webhooks/" + id(first) + "/rotate-secret";
    Answer one = api.call(post(path).key(own.accountKey()).header("idempotency-key", "hook-key-2"));
    Answer two = api.call(post(path).key(own.accountKey()).header("idempotency-key", "hook-key-2"));
    assertThat(two.result()).isEqualTo(one.result());
    assertThat(one.result().path("secret")).isNotEqualTo(first.result().path("secret"));
  }

  @Test
  void aRotatedSecretSignsBesideTheOldOne() {
    Answer made = api.call(create(BODY));
    String old = made.result().path("secret").asText();
    Answer rotated =
        api.call(post("/v1/webhooks/" + id(made) + "/rotate-secret").key(own.accountKey()));
    String next = rotated.result().path("secret").asText();
    Instant until = Instant.parse(rotated.result().path("previous_secret_until").asText());

    var endpoint = api.wiring.hooks().endpoints().find(id(made)).orElseThrow();
    assertThat(api.wiring.hooks().webhookSecrets().open(endpoint, until.minusSeconds(1)))
        .containsExactly(next, old);
    assertThat(api.wiring.hooks().webhookSecrets().open(endpoint, until)).containsExactly(next);
    Answer shown = api.call(get("/v1/webhooks/" + id(made)).key(own.accountKey()));
    assertThat(shown.result().path("previous_secret_until").asText()).isEqualTo(until.toString());
  }

  @Test
  void aChangeIsShown() {
    String path = "/v1/webhooks/" + id(api.call(create(BODY)));
    Answer moved =
        api.call(
            patch(path)
                .key(own.accountKey())
                .body(
                    "{'url': 'https://hooks.example.com/y', 'inbox_id': '%s', 'events': ['thread.updated']}"
                        .formatted(own.inboxId())));
    assertThat(moved.result().path("inbox_id").asText()).isEqualTo(own.inboxId());
    assertThat(moved.result().path("url").asText()).endsWith("/y");
    Answer back = api.call(patch(path).key(own.accountKey()).body("{'inbox_id': null}"));
    assertThat(back.result().path("inbox_id").isNull()).isTrue();
    assertThat(back.result().path("events").get(0).asText()).isEqualTo("thread.updated");
    Answer disabled = api.call(patch(path).key(own.accountKey()).body("{'active': false}"));
    assertThat(disabled.result().path("status").asText()).isEqualTo("disabled");
    assertThat(disabled.result().path("reason").isNull()).isTrue();
    Answer active = api.call(patch(path).key(own.accountKey()).body("{'status': 'active'}"));
    assertThat(active.result().path("status").asText()).isEqualTo("active");
    for (String body :
        List.of("{'status': 'unhealthy'}", "{'status': 'active', 'active': false}")) {
      assertThat(api.call(patch(path).key(own.accountKey()).body(body)).error())
          .isEqualTo("VALIDATION_ERROR");
    }
  }

  @Test
  void oneThatIsMadeActiveIsLookedAtAtOnce() {
    String id = id(api.call(create(BODY)));
    RecordingSqs queue = new RecordingSqs();
    var handler = new MailApiHandler(api.wired(clients -> clients.withSqs(queue.client())));
    for (String body : List.of("{'active': true}", "{'status': 'active'}")) {
      queue.clear();
      api.through(handler, patch("/v1/webhooks/" + id).key(own.accountKey()).body(body));

      assertThat(queue.sent())
          .singleElement()
          .satisfies(
              sent -> assertThat(sent.messageBody()).isEqualTo("{\"webhook_id\":\"" + id + "\"}"));
    }
  }

  @Test
  void oneThatTheTierHasPausedSaysSoAndTheWayBack() {
    String id = id(api.call(create(BODY)));
    var webhooks = api.wiring.hooks().webhooks();
    var webhook = webhooks.find(api.accountId(own), id).orElseThrow();
    assertThat(webhooks.followTier(webhook, false, api.clock.instant())).isPresent();

    Answer shown = api.call(get("/v1/webhooks/" + id).key(own.accountKey()));

    assertThat(shown.result().path("status").asText()).isEqualTo("disabled");
    assertThat(shown.result().path("reason").asText()).isEqualTo("tier");
    assertThat(shown.nextSteps().getFirst()).contains("POST /v1/account/upgrade");
  }

  @Test
  void twoChangesAtOnceAreBothThere() {
    String path = "/v1/webhooks/" + id(api.call(create(BODY)));
    List<CompletableFuture<Answer>> changes =
        List.of("{'status': 'disabled'}", "{'url': 'https://hooks.example.com/z'}").stream()
            .map(body ->
                CompletableFuture.supplyAsync(
                    () -> api.call(patch(path).key(own.accountKey()).body(body))))
            .toList();
    assertThat(changes).extracting(change -> change.join().status()).containsOnly(200);

    Answer after = api.call(get(path).key(own.accountKey()));
    assertThat(after.result().path("status").asText()).isEqualTo("disabled");
    assertThat(after.result().path("url").asText()).endsWith("/z");
    var endpoint =
        api.wiring.hooks().endpoints().find(after.result().path("id").asText()).orElseThrow();
    assertThat(endpoint.url()).endsWith("/z");
    assertThat(endpoint.status().text()).isEqualTo("disabled");
  }

  @Test
  void aListIsABareArrayWithWhatGoesWithItBeside() {
    IntStream.range(0, 3).forEach(i -> api.call(create(BODY)));
    String inbox =
        id(api.call(create(BODY.replace("}", ", 'inbox_id': '" + own.inboxId() + "'}"))));

    Answer first = api.call(get("/v1/webhooks?limit=2").key(own.accountKey()));
    assertThat(first.result()).hasSize(2);
    assertThat(first.result().get(0).path("id").asText()).isEqualTo(inbox);
    assertThat(first.json().path("has_more").asBoolean()).isTrue();
    assertThat(first.json().path("total").isNull()).isTrue();
    String cursor = first.json().path("next_cursor").asText();
    Answer rest = api.call(get("/v1/webhooks?limit=2&cursor=" + cursor).key(own.accountKey()));
    assertThat(rest.result()).hasSize(2);
    assertThat(rest.json().path("next_cursor").isNull()).isTrue();
    Answer ofInbox = api.call(get("/v1/webhooks?inbox_id=" + own.inboxId()).key(own.accountKey()));
    assertThat(ofInbox.result()).hasSize(1);
    assertThat(ofInbox.json().path("total").asInt()).isEqualTo(1);
    assertThat(api.call(get("/v1/webhooks?status=disabled").key(own.accountKey())).result())
        .isEmpty();
    assertThat(
            api.call(get("/v1/webhooks?status=active&cursor=" + cursor).key(own.accountKey()))
                .error())
        .isEqualTo("VALIDATION_ERROR");
  }

  @Test
  void anInboxHasTenAtMost() {
    String body = BODY.replace("}", ", 'inbox_id': '" + own.inboxId() + "'}");
    IntStream.range(0, 10).forEach(i -> assertThat(api.call(create(body)).status()).isEqualTo(201));

    Answer refused = api.call(create(body));
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.error()).isEqualTo("WEBHOOK_LIMIT_EXCEEDED");
  }

  @Test
  void aDeletedOneIsGone() {
    String path = "/v1/webhooks/" + id(api.call(create(BODY)));

    Answer gone = api.call(delete(path).key(own.accountKey()));
    assertThat(gone.result().path("success").asBoolean()).isTrue();
    assertThat(api.call(get(path).key(own.accountKey())).error()).isEqualTo("WEBHOOK_NOT_FOUND");
    assertThat(api.call(delete(path).key(own.accountKey())).error()).isEqualTo("WEBHOOK_NOT_FOUND");
  }

  @Test
  void anUnknownQueryParameterIsRefusedOnEveryRouteOfIt() {
    String id = id(api.call(create(BODY)));
    api.pipeline.router().routes().stream()
        .filter(route -> route.pattern().startsWith("/v1/webhooks/{id}"))
        .filter(route -> !route.pattern().contains("{delivery_id}"))
        .forEach(route -> {
          String path = route.pattern().replace("{id}", id) + "?nonsense=1";
          Answer refused = api.call(new Call(route.method(), path).key(own.accountKey()));
          assertThat(refused.json().path("details").findValuesAsText("path"))
              .as(route.name())
              .contains("nonsense");
        });
  }

  private Call create(String body) {
    return post("/v1/webhooks").key(own.accountKey()).body(body);
  }

  private static String id(Answer answer) {
    return answer.result().path("id").asText();
  }
}
