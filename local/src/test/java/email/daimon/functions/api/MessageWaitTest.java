package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rules 3.8: it looks back first. */
final class MessageWaitTest {
  private final TestApi api = new TestApi();
  private final Postman postman = new Postman(api);
  private final Opened agent = api.open("waiter");

  @Test
  void theOldestOfTheLastFiveMinutesThatFitsThenTheNext() {
    bring("old", Map.of());
    api.clock.advance(Duration.ofMinutes(6));
    bring("one", Map.of());
    bring("two", Map.of());

    JsonNode first = wait("").json();
    assertThat(first.at("/result/subject").asText()).isEqualTo("About one");
    assertThat(first.at("/result/text_body").asText()).isEqualTo("Words\n");
    assertThat(first.has("unverified_seen")).isFalse();
    JsonNode second = wait("after=" + first.path("next_after").asText()).json();
    assertThat(second.at("/result/subject").asText()).isEqualTo("About two");
    JsonNode third = wait("after=" + second.path("next_after").asText()).json();
    assertThat(third.path("result").isNull()).isTrue();
    assertThat(third.path("next_after").asText()).isNotEmpty();
    bring("three", Map.of());
    assertThat(subject("after=" + third.path("next_after").asText())).isEqualTo("About three");

    assertThat(subject("after=" + first.at("/result/id").asText())).isEqualTo("About two");
    assertThat(subject("after=2026-01-01T00:00:00Z")).isEqualTo("About old");
    assertThat(subject("subject=ABOUT%20t")).isEqualTo("About two");
    assertThat(wait("from=alice@example.org").result().path("read").asBoolean()).isFalse();
  }

  @Test
  void whoNamesASenderGetsVerifiedMailAlone() {
    Map<String, String> unproven = Map.of("dmarc", "GRAY", "spf", "GRAY", "dkim", "GRAY");
    bring("forged", unproven);

    Answer none = wait("from=alice@example.org");
    assertThat(none.result().isNull()).isTrue();
    assertThat(none.json().path("unverified_seen").asInt()).isEqualTo(1);
    assertThat(none.nextSteps()).anyMatch(step -> step.contains("allow_unverified=true"));
    String step =
        none.nextSteps().stream()
            .filter(one -> one.contains("allow_unverified=true"))
            .findFirst()
            .orElseThrow();
    Answer retried = api.call(get(step.substring(step.indexOf("/v1/"))).key(agent.inboxKey()));
    assertThat(retried.result().path("subject").asText()).isEqualTo("About forged");

    assertThat(subject("")).isEqualTo("About forged");
    bring("real", Map.of());
    assertThat(subject("from=ALICE@example.org")).isEqualTo("About real");
    assertThat(subject("from=example.org")).isEqualTo("About real");
    assertThat(subject("from=bob@example.org")).isEmpty();
  }

  @Test
  void flaggedMailStaysOut() {
    bring("spam", Map.of("spam", "FAIL"));
    assertThat(subject("")).isEmpty();
    assertThat(subject("include_flagged=true")).isEqualTo("About spam");
  }

  @Test
  void whatIsWrongIsNamed() {
    Opened stranger = api.open("wait-stranger");
    bring("one", Map.of());
    String after = wait("").json().path("next_after").asText();
    String theirs = "/v1/inboxes/" + stranger.inboxId() + "/messages/wait?timeout=0&after=" + after;

    Answer foreign = api.call(get(theirs).key(stranger.inboxKey()));
    assertThat(foreign.status()).isEqualTo(400);
    assertThat(foreign.json().at("/details/0/path").asText()).isEqualTo("after");
    assertThat(wait("after=yesterday").status()).isEqualTo(400);
    assertThat(wait("after=msg_0000000000000000000000").status()).isEqualTo(400);
    assertThat(wait("from=").status()).isEqualTo(400);
    assertThat(
            api.call(
                    get("/v1/inboxes/" + agent.inboxId() + "/messages/wait")
                        .key(stranger.accountKey()))
                .error())
        .isEqualTo("INBOX_NOT_FOUND");
  }

  @Test
  void onlyTheFunctionForItHoldsCalls() {
    Answer answer =
        api.call(
            get("/v1/inboxes/" + agent.inboxId() + "/messages/wait?timeout=60")
                .key(agent.inboxKey()));
    assertThat(answer.json().path("timeout").asInt()).isZero();
    assertThat(answer.nextSteps()).anyMatch(step -> step.contains("at most 25"));
  }

  private void bring(String name, Map<String, String> verdicts) {
    postman.bring("waiter", Postman.plain(name, "About " + name, "Words"), verdicts);
  }

  private String subject(String query) {
    return wait(query).result().path("subject").asText();
  }

  private Answer wait(String query) {
    return api.call(
        get("/v1/inboxes/" + agent.inboxId() + "/messages/wait?" + query).key(agent.inboxKey()));
  }
}
