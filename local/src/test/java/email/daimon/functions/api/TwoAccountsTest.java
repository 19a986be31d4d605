package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What another account has is, for this one, not there. */
final class TwoAccountsTest {
  private static final String NEVER = "inbox_0000000000000000000000";
  private final TestApi api = new TestApi();

  @TestFactory
  Stream<DynamicTest> anotherAccountsInboxIsLikeOneThatNeverWas() {
    var own = api.open("account-one");
    var other = api.open("account-two");
    return api.pipeline.router().routes().stream()
        .filter(route -> route.pattern().startsWith("/v1/inboxes/{id}"))
        .map(route ->
            DynamicTest.dynamicTest(
                route.name(),
                () -> {
                  Answer foreign = api.call(call(route, other.inboxId(), own.accountKey()));
                  Answer never = api.call(call(route, NEVER, own.accountKey()));
                  assertThat(foreign.status()).isEqualTo(404);
                  assertThat(shape(foreign)).isEqualTo(shape(never));
                  assertThat(foreign.body()).doesNotContain(other.inboxId());
                }));
  }

  @Test
  void anotherAccountsKeyIsLikeOneThatNeverWas() {
    var own = api.open("keys-one");
    var other = api.open("keys-two");
    String id =
        api.call(get("/v1/keys").key(other.accountKey()))
            .result()
            .path("keys")
            .get(0)
            .path("id")
            .asText();
    Answer foreign = api.call(post("/v1/keys/" + id + "/rotate").key(own.accountKey()));
    Answer never =
        api.call(post("/v1/keys/key_0000000000000000000000/rotate").key(own.accountKey()));
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(shape(foreign)).isEqualTo(shape(never));
    Answer inbox =
        api.call(
            post("/v1/keys")
                .key(own.accountKey())
                .body("{'scope': 'inbox', 'inbox_id': '" + other.inboxId() + "'}"));
    assertThat(inbox.error()).isEqualTo("INBOX_NOT_FOUND");
  }

  @Test
  void anotherAccountsCursorIsLikeABrokenOne() {
    var own = api.open("cursor-one");
    var other = api.open("cursor-two");
    api.call(post("/v1/inboxes").key(other.accountKey()).body("{'username': 'cursor-three'}"));
    String cursor =
        api.call(get("/v1/inboxes?limit=1").key(other.accountKey()))
            .result()
            .path("next_cursor")
            .asText();
    Answer foreign = api.call(get("/v1/inboxes?cursor=" + cursor).key(own.accountKey()));
    Answer broken = api.call(get("/v1/inboxes?cursor=eA.abc").key(own.accountKey()));
    assertThat(foreign.status()).isEqualTo(400);
    assertThat(shape(foreign)).isEqualTo(shape(broken));
    Answer otherFilter =
        api.call(get("/v1/inboxes?client_id=x&cursor=" + cursor).key(other.accountKey()));
    assertThat(otherFilter.status()).isEqualTo(400);
    assertThat(api.call(get("/v1/inboxes?cursor=" + cursor).key(other.accountKey())).status())
        .isEqualTo(200);
  }

  private static Call call(Route route, String inboxId, String key) {
    String path = route.pattern().replace("{id}", inboxId).replaceAll("\\{[^}]*}", "never");
    return new Call(route.method(), path).key(key);
  }

  private static ObjectNode shape(Answer answer) {
    ObjectNode json = (ObjectNode) answer.json();
    json.remove("request_id");
    return json;
  }
}
