package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class IdempotencyTest {
  private static final String LONG_KEY = "9f1c1c52-6d0c-4c8e-9c55-2f4f0c2b7a11";
  private final TestApi api = new TestApi();

  @Test
  void fiftyAtOnceMakeOneInbox() throws ExecutionException, InterruptedException {
    var own = api.open("fifty-owner");
    List<Future<Answer>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        running.add(threads.submit(() -> api.call(create(own.accountKey(), "fifty-one", "k1"))));
      }
    }
    int made = 0;
    for (Future<Answer> each : running) {
      Answer answer = each.get();
      made += answer.status() == 201 ? 1 : 0;
      assertThat(answer.status()).as(answer.body()).isIn(200, 201, 409);
      if (answer.status() == 409) {
        assertThat(answer.error()).isEqualTo("IDEMPOTENCY_IN_FLIGHT");
        assertThat(answer.headers()).containsKey("Retry-After");
      }
    }
    assertThat(made).isEqualTo(1);
    Answer list = api.call(get("/v1/inboxes").key(own.accountKey()));
    assertThat(list.result().path("total").asInt()).isEqualTo(2);
  }

  @Test
  void theSameCallIsReplayedAndAnotherBodyRefused() {
    var own = api.open("replay-owner");
    Answer made = api.call(create(own.accountKey(), "replay-one", "k1"));
    Answer again = api.call(create(own.accountKey(), "replay-one", "k1"));
    assertThat(made.status()).isEqualTo(201);
    assertThat(made.headers()).doesNotContainKey("Idempotent-Replayed");
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.headers()).containsEntry("Idempotent-Replayed", "true");
    assertThat(again.result()).isEqualTo(made.result());
    assertThat(again.nextSteps()).isEqualTo(made.nextSteps());
    Answer other = api.call(create(own.accountKey(), "replay-two", "k1"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().path("message").asText()).contains("username");
    assertThat(api.call(create(own.accountKey(), "replay-two", "k2")).status()).isEqualTo(201);
  }

  @Test
  void aRefusalReleasesTheKeyAtOnce() {
    var own = api.open("release-owner");
    api.open("release-taken");
    assertThat(api.call(create(own.accountKey(), "release-taken", "k1")).status()).isEqualTo(409);
    assertThat(api.call(create(own.accountKey(), "release-free", "k1")).status()).isEqualTo(201);
  }

  @Test
  void aLostAnswerWithoutAnAccountCanBeFetchedForADay() {
    Call call =
        post("/v1/inboxes")
            .header("idempotency-key", LONG_KEY)
            .body("{'username': 'lost-answer', 'client_id': 'x'}");
    Answer made = api.call(call);
    api.clock.advance(Duration.ofHours(23));
    Answer again = api.call(call);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.result()).isEqualTo(made.result());
    api.clock.advance(Duration.ofHours(2));
    assertThat(api.call(call).error()).isEqualTo("USERNAME_TAKEN");
    Answer tooShort =
        api.call(
            post("/v1/inboxes")
                .header("idempotency-key", "short")
                .body("{'username': 'short-key'}"));
    assertThat(tooShort.status()).isEqualTo(400);
    assertThat(tooShort.json().path("message").asText()).contains("32");
  }

  @Test
  void aReplayIsAuthorisedLikeAFreshRead() {
    var own = api.open("rotate-owner");
    Answer made = api.call(create(own.accountKey(), "rotate-one", "k1"));
    String keyId =
        api.call(get("/v1/keys").key(own.accountKey()))
            .result()
            .path("keys")
            .valueStream()
            .filter(key -> key.path("scope").asText().equals("account"))
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();
    Answer rotated =
        api.call(
            post("/v1/keys/" + keyId + "/rotate")
                .key(own.accountKey())
                .header("idempotency-key", "r"));
    assertThat(rotated.status()).isEqualTo(201);
    String next = rotated.result().path("key").asText();
    assertThat(api.call(create(own.accountKey(), "rotate-one", "k1")).status()).isEqualTo(401);
    Answer replayed = api.call(create(next, "rotate-one", "k1"));
    assertThat(replayed.status()).isEqualTo(200);
    assertThat(replayed.result()).isEqualTo(made.result());
  }

  @Test
  void neitherAnApiKeyNorAnIdempotencyKeyIsKept() {
    Answer made =
        api.call(
            post("/v1/inboxes")
                .header("idempotency-key", LONG_KEY)
                .body("{'username': 'kept-nothing'}"));
    String kept = TestTables.everything(api);
    assertThat(kept)
        .contains("kept-nothing")
        .doesNotContain(LONG_KEY)
        .doesNotContain(made.result().path("inbox_api_key").asText())
        .doesNotContain(made.result().path("account_api_key").asText());
  }

  @Test
  void anAccountsKeysAreItsOwn() {
    var one = api.open("scope-one");
    var other = api.open("scope-other");
    Answer first = api.call(create(one.accountKey(), "scope-a", "same"));
    Answer second = api.call(create(other.accountKey(), "scope-b", "same"));
    assertThat(second.status()).isEqualTo(201);
    assertThat(second.result().path("id")).isNotEqualTo(first.result().path("id"));
  }

  private static Call create(String key, String username, String idempotencyKey) {
    return post("/v1/inboxes")
        .key(key)
        .header("idempotency-key", idempotencyKey)
        .body("{'username': '" + username + "'}");
  }
}
