package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Requests are strict: nothing is dropped without a word. */
final class ValidationTest {
  private final TestApi api = new TestApi();

  @TestFactory
  Stream<DynamicTest> theFieldAtFaultIsNamed() {
    return Stream.of(
        fault("no JSON", "{username", "body"),
        fault("no object", "[]", "body"),
        fault("a name twice", "{'username': 'abc', 'username': 'abd'}", "body"),
        fault("something behind it", "{'username': 'abc'} {}", "body"),
        fault("nothing", "{}", "username"),
        fault("an unknown field", "{'username': 'abc', 'usernme': 'abd'}", "usernme"),
        fault("a wrong type", "{'username': 7}", "username"),
        fault("a null that is needed", "{'username': null}", "username"),
        fault("capitals", "{'username': 'Agent'}", "username"),
        fault("two characters", "{'username': 'ab'}", "username"),
        fault("33 characters", "{'username': '" + "a".repeat(33) + "'}", "username"),
        fault("a hyphen first", "{'username': '-abc'}", "username"),
        fault("aliases that disagree", "{'username': 'abc', 'address': 'abd'}", "address"),
        fault("a name like an address", name("a@b.example"), "display_name"),
        fault("a name that turns", name("abc\u202Ecba"), "display_name"),
        fault("a name of two lines", name("a\\nb"), "display_name"),
        fault("no name", name(""), "display_name"),
        fault("metadata of numbers", extra("'metadata': {'a': 1}"), "metadata"),
        fault("too much metadata", extra("'metadata': " + pairs(21)), "metadata"),
        fault("a limit below zero", extra("'daily_send_limit': -1"), "daily_send_limit"),
        fault("a limit in parts", extra("'daily_send_limit': 1.5"), "daily_send_limit"),
        fault(
            "a rule that is none",
            extra("'receive_rules': {'allow': ['a b']}"),
            "receive_rules.allow[0]"),
        fault("an unknown rule", extra("'receive_rules': {'alow': []}"), "receive_rules.alow"),
        fault("a client_id with a blank", extra("'client_id': 'a b'"), "client_id"));
  }

  private DynamicTest fault(String name, String body, String path) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          Answer answer = api.call(post("/v1/inboxes").body(body));
          assertThat(answer.status()).as(answer.body()).isEqualTo(400);
          assertThat(answer.error()).isEqualTo("VALIDATION_ERROR");
          assertThat(answer.json().path("details").findValuesAsText("path")).contains(path);
        });
  }

  @Test
  void theNearestNameIsGiven() {
    Answer answer = api.call(post("/v1/inboxes").body("{'username': 'abc', 'dispaly_name': 'x'}"));
    assertThat(answer.json().path("details").get(0).path("nearest").asText())
        .isEqualTo("display_name");
    assertThat(answer.json().path("fix").asText()).contains("display_name");
  }

  @TestFactory
  Stream<DynamicTest> anUnknownQueryParameterIsRefusedOnEveryRoute() {
    var own = api.open("query-walker");
    return api.pipeline.router().routes().stream()
        .filter(route -> !route.later() && !route.pattern().matches(".*[{](?!id}).*"))
        .filter(route -> !route.pattern().matches("/v1/(keys|webhooks)/[{]id}.*"))
        .map(route ->
            DynamicTest.dynamicTest(
                route.name(),
                () -> {
                  String path = route.pattern().replace("{id}", own.inboxId());
                  Answer answer =
                      api.call(
                          new Call(route.method(), path + "?nonsense=1").key(own.accountKey()));
                  assertThat(answer.error()).as(answer.body()).isEqualTo("VALIDATION_ERROR");
                  assertThat(answer.json().path("details").findValuesAsText("path"))
                      .contains("nonsense");
                }));
  }

  private static String name(String displayName) {
    return extra("'display_name': '" + displayName + "'");
  }

  private static String extra(String field) {
    return "{'username': 'valid-name', " + field + "}";
  }

  private static String pairs(int count) {
    StringBuilder pairs = new StringBuilder("{");
    for (int i = 0; i < count; i++) {
      pairs.append(i == 0 ? "" : ", ").append("'k").append(i).append("': 'v'");
    }
    return pairs.append('}').toString();
  }
}
