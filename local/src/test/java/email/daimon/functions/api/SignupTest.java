package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

final class SignupTest {
  @Test
  void aTokenOpensAnAccountWhereTheDeploymentWantsOne() {
    TestApi api = new TestApi(Map.of("SIGNUP", "token", "SIGNUP_TOKEN", "let-me-in"));
    for (String wrong : new String[] {"", "let-me", "let-me-in-too"}) {
      Answer refused =
          api.call(
              post("/v1/inboxes")
                  .header("x-signup-token", wrong)
                  .body("{'username': 'token-user'}"));
      assertThat(refused.status()).isEqualTo(401);
      assertThat(refused.error()).isEqualTo("SIGNUP_TOKEN_REQUIRED");
    }
    Answer made =
        api.call(
            post("/v1/inboxes")
                .header("x-signup-token", "let-me-in")
                .body("{'username': 'token-user'}"));
    assertThat(made.status()).isEqualTo(201);
    Answer further =
        api.call(
            post("/v1/inboxes")
                .key(made.result().path("account_api_key").asText())
                .body("{'username': 'token-two'}"));
    assertThat(further.status()).isEqualTo(201);
  }

  @Test
  void aDeploymentWithoutItsTokenLetsNobodyIn() {
    TestApi api = new TestApi(Map.of("SIGNUP", "token"));
    assertThat(api.call(open("nobody-in")).error()).isEqualTo("SIGNUP_TOKEN_REQUIRED");
  }

  @Test
  void aClosedDeploymentOpensNoAccount() {
    TestApi api = new TestApi(Map.of("SIGNUP", "closed"));
    Answer refused = api.call(open("closed-user"));
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.error()).isEqualTo("SIGNUP_CLOSED");
  }

  @Test
  void aNetworkMakesSoManyInboxesAnHourWithoutAKey() {
    TestApi api = new TestApi(Map.of("CREATION_LIMIT", "3"));
    String key = "";
    for (int i = 0; i < 3; i++) {
      Answer made = api.call(open("limit-" + i).from("2001:db8::" + i));
      assertThat(made.status()).isEqualTo(201);
      key = made.result().path("account_api_key").asText();
    }
    Answer refused = api.call(open("limit-3").from("2001:db8::ffff"));
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.error()).isEqualTo("RATE_LIMIT_EXCEEDED");
    assertThat(refused.json().path("code").asText()).isEqualTo("INBOX_CREATE_RATE_LIMIT");
    assertThat(refused.json().path("current_usage").path("count").asInt()).isEqualTo(3);
    assertThat(refused.json().path("retry_after").asInt()).isBetween(3590, 3600);
    assertThat(refused.headers())
        .containsEntry("RateLimit-Policy", "\"inbox-create\";q=3;w=3600")
        .containsKeys("RateLimit", "Retry-After");
    assertThat(api.call(open("limit-4").from("2001:db8:1::1")).status()).isEqualTo(201);
    Call withKey = open("limit-5").from("2001:db8::1").key(key);
    assertThat(api.call(withKey).status()).isEqualTo(201);
    api.clock.advance(Duration.ofMinutes(61));
    assertThat(api.call(open("limit-6").from("2001:db8::1")).status()).isEqualTo(201);
  }

  @Test
  void fiftyAtOnceNeverMakeAnEleventhInbox() throws ExecutionException, InterruptedException {
    TestApi api = new TestApi();
    var own = api.open("parallel-0");
    List<Future<Answer>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(50)) {
      for (int i = 1; i <= 50; i++) {
        Call call = open("parallel-" + i).key(own.accountKey());
        running.add(threads.submit(() -> api.call(call)));
      }
    }
    int made = 1;
    for (Future<Answer> each : running) {
      Answer answer = each.get();
      assertThat(answer.status()).as(answer.body()).isIn(201, 402, 503);
      made += answer.status() == 201 ? 1 : 0;
    }
    assertThat(made).isLessThanOrEqualTo(10);
    Answer account = api.call(TestApi.get("/v1/account").key(own.accountKey()));
    assertThat(account.result().path("limits").path("current_inboxes").asInt()).isEqualTo(made);
  }

  private static Call open(String username) {
    return post("/v1/inboxes").body("{'username': '" + username + "'}");
  }
}
