package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import org.junit.jupiter.api.Test;

final class KeyRoutesTest {
  private final TestApi api = new TestApi();

  @Test
  void aReadKeyReads() {
    var own = api.open("key-reader");
    String path = "/v1/inboxes/" + own.inboxId();
    String key = make(own.accountKey(), "inbox_read", own.inboxId()).result().path("key").asText();
    assertThat(api.call(get(path).key(key)).status()).isEqualTo(200);
    Answer refused = api.call(patch(path).key(key).body("{'display_name': 'x'}"));
    assertThat(refused.error()).isEqualTo("KEY_SCOPE");
    assertThat(refused.json().path("fix").asText()).contains("account key");
    assertThat(api.call(get("/v1/inboxes").key(key)).error()).isEqualTo("KEY_SCOPE");
  }

  @Test
  void anInboxKeyReachesItsInboxAlone() {
    var own = api.open("key-one");
    Answer second =
        api.call(post("/v1/inboxes").key(own.accountKey()).body("{'username': 'key-two'}"));
    String other = "/v1/inboxes/" + second.result().path("id").asText();
    Answer notThere = api.call(get(other).key(own.inboxKey()));
    assertThat(notThere.error()).isEqualTo("INBOX_NOT_FOUND");
  }

  @Test
  void aRevokedKeyIsDeadAtOnceAndStaysInTheList() {
    var own = api.open("key-dead");
    Answer made = make(own.accountKey(), "inbox", own.inboxId());
    String key = made.result().path("key").asText();
    String path = "/v1/inboxes/" + own.inboxId();
    assertThat(api.call(get(path).key(key)).status()).isEqualTo(200);
    String id = made.result().path("id").asText();
    assertThat(api.call(delete("/v1/keys/" + id).key(own.accountKey())).status()).isEqualTo(200);
    assertThat(api.call(get(path).key(key)).status()).isEqualTo(401);
    assertThat(api.call(delete("/v1/keys/" + id).key(own.accountKey())).error())
        .isEqualTo("KEY_NOT_FOUND");
    Answer live = api.call(get("/v1/keys").key(own.accountKey()));
    assertThat(live.body()).doesNotContain(id);
    Answer all = api.call(get("/v1/keys?include_revoked=true").key(own.accountKey()));
    assertThat(all.body()).contains(id).doesNotContain(key);
  }

  @Test
  void aRotatedKeyIsDeadAtOnce() {
    var own = api.open("key-rotate");
    Answer made = make(own.accountKey(), "inbox", own.inboxId());
    String id = made.result().path("id").asText();
    Answer rotated = api.call(post("/v1/keys/" + id + "/rotate").key(own.accountKey()));
    assertThat(rotated.result().path("replaces").asText()).isEqualTo(id);
    String path = "/v1/inboxes/" + own.inboxId();
    assertThat(api.call(get(path).key(made.result().path("key").asText())).status()).isEqualTo(401);
    assertThat(api.call(get(path).key(rotated.result().path("key").asText())).status())
        .isEqualTo(200);
  }

  @Test
  void theLastAccountKeyIsNotRevoked() {
    var own = api.open("key-last");
    String id =
        api.call(get("/v1/keys").key(own.accountKey()))
            .result()
            .path("keys")
            .valueStream()
            .filter(key -> key.path("inbox_id").isNull())
            .findFirst()
            .orElseThrow()
            .path("id")
            .asText();
    assertThat(api.call(delete("/v1/keys/" + id).key(own.accountKey())).error())
        .isEqualTo("LAST_ACCOUNT_KEY");
    Answer second = api.call(post("/v1/keys").key(own.accountKey()).body("{}"));
    assertThat(
            api.call(delete("/v1/keys/" + id).key(second.result().path("key").asText())).status())
        .isEqualTo(200);
  }

  @Test
  void scopeAndInboxBelongTogether() {
    var own = api.open("key-scope");
    for (String body :
        new String[] {
          "{'scope': 'inbox'}",
          "{'scope': 'account', 'inbox_id': '" + own.inboxId() + "'}",
          "{'scope': 'everything'}"
        }) {
      assertThat(api.call(post("/v1/keys").key(own.accountKey()).body(body)).error())
          .as(body)
          .isEqualTo("VALIDATION_ERROR");
    }
  }

  @Test
  void theListIsPaged() {
    var own = api.open("key-pages");
    for (int i = 0; i < 5; i++) {
      make(own.accountKey(), "inbox", own.inboxId());
    }
    Answer first = api.call(get("/v1/keys?limit=4").key(own.accountKey()));
    String cursor = first.result().path("next_cursor").asText();
    Answer second = api.call(get("/v1/keys?limit=4&cursor=" + cursor).key(own.accountKey()));
    assertThat(first.result().path("keys")).hasSize(4);
    assertThat(second.result().path("keys")).hasSize(3);
    assertThat(second.result().path("has_more").asBoolean()).isFalse();
  }

  private Answer make(String accountKey, String scope, String inboxId) {
    return api.call(
        post("/v1/keys")
            .key(accountKey)
            .body("{'scope': '%s', 'inbox_id': '%s', 'name': 'ci'}".formatted(scope, inboxId)));
  }
}
