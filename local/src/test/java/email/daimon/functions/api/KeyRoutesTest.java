package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import org.junit.jupiter.api.Test;

final class KeyRoutesTest {
  private static final String ROTATION = "9f1c1c52-6d0c-4c8e-9c55-2f4f0c2b7a11";
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
  void aKeyThatRotatedItselfGetsItsLostAnswerAgain() {
    var own = api.open("key-lost");
    Call rotate =
        post("/v1/keys/" + accountKeyId(own.accountKey()) + "/rotate")
            .key(own.accountKey())
            .header("idempotency-key", ROTATION);
    Answer lost = api.call(rotate);
    assertThat(api.call(get("/v1/keys").key(own.accountKey())).status()).isEqualTo(401);

    Answer again = api.call(rotate);

    assertThat(again.status()).isEqualTo(200);
    assertThat(again.headers()).containsEntry("Idempotent-Replayed", "true");
    assertThat(again.result()).isEqualTo(lost.result());
    String next = again.result().path("key").asText();
    assertThat(api.call(get("/v1/keys").key(next)).status()).isEqualTo(200);
  }

  @Test
  void aDeadKeyAloneGetsNothing() {
    var own = api.open("key-stolen");
    String old = accountKeyId(own.accountKey());
    String path = "/v1/keys/" + old + "/rotate";
    Answer rotated = api.call(post(path).key(own.accountKey()).header("idempotency-key", ROTATION));
    String next = rotated.result().path("key").asText();
    String nextId = rotated.result().path("id").asText();
    String other = ROTATION.replace('9', '8');
    assertThat(api.call(post(path).key(own.accountKey())).status()).isEqualTo(401);
    assertThat(api.call(post(path).key(own.accountKey()).header("idempotency-key", other)).status())
        .isEqualTo(401);
    assertThat(
            api.call(
                    post("/v1/keys/" + nextId + "/rotate")
                        .key(own.accountKey())
                        .header("idempotency-key", ROTATION))
                .status())
        .isEqualTo(401);
    // Whoever revokes the new key ends the matter for the old one too.
    api.call(post("/v1/keys/" + nextId + "/rotate").key(next));
    assertThat(
            api.call(post(path).key(own.accountKey()).header("idempotency-key", ROTATION)).status())
        .isEqualTo(401);
  }

  @Test
  void aShortIdempotencyKeyIsNoSecret() {
    var own = api.open("key-short");
    Call rotate =
        post("/v1/keys/" + accountKeyId(own.accountKey()) + "/rotate")
            .key(own.accountKey())
            .header("idempotency-key", "r1");
    assertThat(api.call(rotate).status()).isEqualTo(201);
    assertThat(api.call(rotate).status()).isEqualTo(401);
  }

  private String accountKeyId(String accountKey) {
    return api.call(get("/v1/keys").key(accountKey))
        .result()
        .path("keys")
        .valueStream()
        .filter(key -> key.path("inbox_id").isNull())
        .findFirst()
        .orElseThrow()
        .path("id")
        .asText();
  }

  @Test
  void theLastAccountKeyIsNotRevoked() {
    var own = api.open("key-last");
    String id = accountKeyId(own.accountKey());
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
