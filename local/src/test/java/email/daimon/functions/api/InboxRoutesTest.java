package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class InboxRoutesTest {
  private final TestApi api = new TestApi();

  @Test
  void theFirstInboxOpensAnAccount() {
    var answer =
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
    assertThat(answer.nextSteps())
        .startsWith(
            "Save the account_api_key securely — use it to provision all future inboxes",
            "Use inbox_api_key to access this specific inbox",
            "Create additional inboxes with POST /v1/inboxes using account_api_key");
  }

  @Test
  void aFurtherInboxComesWithoutAccountKey() {
    var first = api.open("agent-one");
    var answer =
        api.call(
            post("/v1/inboxes")
                .key(first.accountKey())
                .body("{'username': 'agent-slug-001', 'client_id': 'agent-001'}"));
    assertThat(answer.status()).isEqualTo(201);
    assertThat(answer.result().has("account_api_key")).isFalse();
    var list = api.call(get("/v1/inboxes").key(first.accountKey()));
    assertThat(list.result().path("total").asInt()).isEqualTo(2);
    assertThat(list.result().path("inboxes").findValuesAsText("username"))
        .containsExactly("agent-one", "agent-slug-001");
  }
}
