package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Rules 2.5: what a reply suggests, the same key may do. */
final class NextStepsTest {
  private static final Pattern CALL =
      Pattern.compile("\\b(GET|POST|PATCH|DELETE|PUT) (/[^\\s,;)\"']*)");

  private record Asker(String name, TestApi api, TestApi.Opened own, String key) {}

  @TestFactory
  Stream<DynamicTest> everySuggestedCallIsAllowed() {
    List<DynamicTest> tests = new ArrayList<>();
    for (String tier : List.of("free", "developer", "growth", "enterprise")) {
      TestApi api = new TestApi(Map.of("DEFAULT_TIER", tier, "BILLING", "simulated"));
      TestApi.Opened own = api.open("walker-" + tier);
      String read =
          api.call(
                  post("/v1/keys")
                      .key(own.accountKey())
                      .body("{'scope': 'inbox_read', 'inbox_id': '" + own.inboxId() + "'}"))
              .result()
              .path("key")
              .asText();
      for (Asker asker :
          List.of(
              new Asker(tier + " account", api, own, own.accountKey()),
              new Asker(tier + " inbox", api, own, own.inboxKey()),
              new Asker(tier + " inbox_read", api, own, read),
              new Asker(tier + " nobody", api, own, ""))) {
        for (Route route : api.pipeline.router().routes()) {
          tests.add(
              DynamicTest.dynamicTest(asker.name + ": " + route.name(), () -> walk(asker, route)));
        }
      }
    }
    return tests.stream();
  }

  private static void walk(Asker asker, Route route) {
    // Deleting and revoking go last elsewhere: here they would take away what the walk needs.
    String path =
        route.method().equals("DELETE")
            ? route.pattern().replaceAll("\\{[^}]*}", "inbox_never")
            : route.pattern().replace("{id}", asker.own.inboxId()).replaceAll("\\{[^}]*}", "never");
    Answer answer = asker.api.call(call(asker, route.method(), path));
    if (!answer.headers().get("Content-Type").startsWith("application/json")) {
      return;
    }
    assertThat(answer.nextSteps()).hasSizeLessThanOrEqualTo(4);
    for (String step : answer.nextSteps()) {
      assertThat(step).doesNotContain("{", "null");
      Matcher suggested = CALL.matcher(step);
      while (suggested.find()) {
        Answer next = asker.api.call(call(asker, suggested.group(1), suggested.group(2)));
        assertThat(next.status())
            .as(route.name() + " suggests " + step + ": " + next.body())
            .isNotIn(401, 403, 404, 405);
      }
    }
  }

  private static Call call(Asker asker, String method, String target) {
    Call call = new Call(method, target.replaceFirst("[.:]+$", ""));
    return asker.key.isEmpty() ? call : call.key(asker.key);
  }

  @Test
  void aClosedDeploymentSuggestsNoSignup() {
    TestApi closed = new TestApi(Map.of("SIGNUP", "closed"));
    assertThat(closed.call(get("/v1/account")).nextSteps()).isEmpty();
  }
}
