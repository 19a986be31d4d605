package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.local.testing.EmulatedServices;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MessageRoutesTest {
  private final TestApi api = TestApi.lagging();
  private final Postman postman = new Postman(api);
  private final Opened agent = api.open("agent-one");
  private final String messages = "/v1/inboxes/" + agent.inboxId() + "/messages";

  @Test
  void aListHasWholeMessagesTotalsAndCursors() {
    bring("one", "First words");
    bring("two", "Second words");

    JsonNode result = list("");

    assertThat(result.at("/messages/0/text_body").asText()).isEqualTo("Second words\n");
    assertThat(result.at("/messages/0/read").isBoolean()).isTrue();
    assertThat(result.at("/messages/1/subject").asText()).isEqualTo("About one");
    assertThat(result.path("total").asInt()).isEqualTo(2);
    assertThat(result.path("has_more").asBoolean()).isFalse();
    assertThat(result.path("next_cursor").isNull()).isTrue();
    assertThat(result.path("poll_cursor").asText()).isNotEmpty();
  }

  @Test
  void pollingMissesAndRepeatsNothing() {
    List<String> seen = new ArrayList<>();
    String cursor = list("limit=2").path("poll_cursor").asText();
    for (int round = 0; round < 4; round++) {
      for (int mail = 0; mail < round; mail++) {
        bring(round + "-" + mail, "Words");
      }
      JsonNode page;
      do {
        page = list("limit=2&cursor=" + cursor);
        page.path("messages").forEach(one -> seen.add(one.path("subject").asText()));
        cursor = page.path("poll_cursor").asText();
      } while (page.path("has_more").asBoolean());
    }

    assertThat(seen)
        .containsExactly(
            "About 1-0", "About 2-0", "About 2-1", "About 3-0", "About 3-1", "About 3-2");
  }

  @Test
  void thePollCursorOfALaterPageIsThatOfTheFirst() {
    bring("one", "Words");
    bring("two", "Words");
    JsonNode first = list("limit=1");
    bring("three", "Words");
    JsonNode second = list("limit=1&cursor=" + first.path("next_cursor").asText());
    JsonNode polled = list("limit=5&cursor=" + second.path("poll_cursor").asText());

    assertThat(subjects(second)).containsExactly("About one");
    assertThat(subjects(polled)).containsExactly("About three");
  }

  @Test
  void aCursorBelongsToItsInboxAccountAndFilter() {
    bring("one", "Words");
    String cursor = list("").path("poll_cursor").asText();
    Opened stranger = api.open("stranger");
    String theirs = "/v1/inboxes/" + stranger.inboxId() + "/messages?cursor=" + cursor;

    for (Answer answer :
        List.of(
            api.call(get(theirs).key(stranger.inboxKey())),
            api.call(get(messages + "?unread=true&cursor=" + cursor).key(agent.inboxKey())),
            api.call(get(messages + "?cursor=" + cursor + "x").key(agent.inboxKey())),
            api.call(get(messages + "?cursor=abc").key(agent.inboxKey())))) {
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().at("/details/0/path").asText()).isEqualTo("cursor");
    }
  }

  @Test
  void whatIsWrongWithAQueryIsNamed() {
    Map<String, String> wrong =
        Map.of(
            "limit=0", "limit",
            "limit=101", "limit",
            "sort=up", "sort",
            "after=yesterday", "after",
            "unread=maybe", "unread",
            "unread=true&read=true", "unread",
            "direction=sideways", "direction",
            "status=gone", "status",
            "offset=1001", "offset",
            "lable=x", "lable");
    wrong.forEach((query, path) -> {
      Answer answer = api.call(get(messages + "?" + query).key(agent.inboxKey()));
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(answer.json().at("/details/0/path").asText()).as(query).isEqualTo(path);
    });
  }

  @Test
  void receivedAfterReachesBackAndTakesAFutureTimeWithoutOffsetAsNow() {
    bring("one", "Words");
    LocalDateTime aheadOfUtc =
        LocalDateTime.ofInstant(api.clock.instant(), ZoneOffset.UTC).plusHours(9);

    Answer answer = api.call(get(messages + "?received_after=" + aheadOfUtc).key(agent.inboxKey()));

    assertThat(subjects(answer.result())).containsExactly("About one");
    assertThat(answer.nextSteps()).anyMatch(step -> step.contains("UTC"));
    api.clock.advance(Duration.ofSeconds(61));
    assertThat(subjects(list("received_after=" + api.clock.instant()))).isEmpty();
    assertThat(subjects(list("after=" + api.clock.instant().minusSeconds(70) + "&limit=1")))
        .hasSize(1);
    assertThat(subjects(list("after=2026-01-01T00:00:00 02:00"))).hasSize(1);
  }

  @Test
  void flaggedMailIsHiddenUnlessAskedFor() {
    bring("plain", "Words");
    postman.bring("agent-one", Postman.plain("s", "About spam", "x"), Map.of("spam", "FAIL"));
    postman.bring(
        "agent-one",
        Postman.plain("f", "About forged", "x"),
        Map.of("dmarc", "FAIL", "policy", "reject"));

    assertThat(subjects(list(""))).containsExactly("About plain");
    assertThat(subjects(list("unread=true"))).containsExactly("About plain");
    assertThat(subjects(list("label=spam"))).containsExactly("About spam");
    assertThat(subjects(list("include_flagged=true")))
        .containsExactly("About forged", "About spam", "About plain");
  }

  @Test
  void aMessageIsReadLabelledAndDeleted() {
    bring("one", "Words");
    String id = list("").at("/messages/0/id").asText();
    String one = messages + "/" + id;

    JsonNode whole = ok(get(one));
    assertThat(whole.at("/headers/subject").asText()).isEqualTo("About one");
    assertThat(whole.path("read").asBoolean()).isFalse();
    assertThat(ok(post(one + "/read")).path("read").asBoolean()).isTrue();
    assertThat(subjects(list("unread=true"))).isEmpty();
    JsonNode changed = ok(patch(one).body("{'read': false, 'labels': ['vip']}"));
    assertThat(changed.at("/labels/0").asText()).isEqualTo("vip");
    assertThat(subjects(list("unread=true&label=vip"))).containsExactly("About one");
    assertThat(api.call(patch(one).key(agent.inboxKey()).body("{'labels': ['']}")).status())
        .isEqualTo(400);
    assertThat(api.call(patch(one).key(agent.inboxKey()).body("{}")).status()).isEqualTo(400);

    assertThat(ok(delete(one)).path("deleted_at").asText()).isNotEmpty();
    assertThat(list("").path("total").asInt()).isZero();
    assertThat(subjects(list(""))).isEmpty();
    assertThat(ok(get(one)).path("deleted_at").asText()).isNotEmpty();
    assertThat(ok(delete(one)).path("deleted").asBoolean()).isTrue();
    assertThat(api.call(patch(one).key(agent.inboxKey()).body("{'read': true}")).status())
        .isEqualTo(404);
  }

  @Test
  void keysReachWhatIsTheirs() {
    bring("one", "Words");
    String one = messages + "/" + list("").at("/messages/0/id").asText();
    Opened stranger = api.open("stranger");
    String reader =
        api.call(
                post("/v1/keys")
                    .key(agent.accountKey())
                    .body("{'scope': 'inbox_read', 'inbox_id': '" + agent.inboxId() + "'}"))
            .result()
            .path("key")
            .asText();

    assertThat(api.call(get(one).key(reader)).status()).isEqualTo(200);
    assertThat(api.call(get(one).key(agent.accountKey())).status()).isEqualTo(200);
    for (Answer refused :
        List.of(
            api.call(patch(one).key(reader).body("{'read': true}")),
            api.call(post(one + "/read").key(reader)),
            api.call(delete(one).key(reader)))) {
      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.error()).isEqualTo("KEY_SCOPE");
    }
    for (String key : List.of(stranger.inboxKey(), stranger.accountKey())) {
      Answer foreign = api.call(get(one).key(key));
      Answer never = api.call(get("/v1/inboxes/inbox_none/messages/msg_none").key(key));
      assertThat(foreign.status()).isEqualTo(404);
      assertThat(foreign.json().path("message")).isEqualTo(never.json().path("message"));
    }
    String inTheirInbox =
        "/v1/inboxes/"
            + stranger.inboxId()
            + "/messages/"
            + one.substring(one.lastIndexOf('/') + 1);
    assertThat(api.call(get(inTheirInbox).key(stranger.inboxKey())).error())
        .isEqualTo("MESSAGE_NOT_FOUND");
  }

  @Test
  void everyNextStepCanBeTaken() {
    bring("one", "Words");
    bring("two", "Words");
    Answer answer = api.call(get(messages + "?limit=1&label=&sort=desc").key(agent.inboxKey()));
    Answer plain = api.call(get(messages + "?limit=1").key(agent.inboxKey()));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(plain.nextSteps()).hasSize(4);
    for (String step : plain.nextSteps()) {
      var call = java.util.regex.Pattern.compile("(GET|POST) (/\\S+)").matcher(step);
      assertThat(call.find()).as(step).isTrue();
      Answer taken = api.call(new TestApi.Call(call.group(1), call.group(2)).key(agent.inboxKey()));
      assertThat(taken.status()).as(step).isEqualTo(200);
    }
  }

  @Test
  void callsAndUnitsOfRequests() {
    for (int i = 0; i < 25; i++) {
      bring("mail-" + i, "Words " + i);
    }
    String id = list("limit=1").at("/messages/0/id").asText();
    Map<String, Double> list = used(messages);
    Map<String, Double> poll = used(messages + "?cursor=" + list("").path("poll_cursor").asText());
    Map<String, Double> one = used(messages + "/" + id);

    // With the key and the inbox, which every request reads.
    assertThat(list)
        .containsEntry("dynamodb.Query", 1.0)
        .containsEntry("dynamodb.BatchGetItem", 1.0);
    assertThat(list.get("dynamodb.read-units")).isLessThan(60);
    assertThat(poll)
        .containsEntry("dynamodb.Query", 1.0)
        .doesNotContainKey("dynamodb.BatchGetItem");
    assertThat(poll.get("dynamodb.read-units")).isLessThan(8);
    assertThat(one.get("dynamodb.read-units")).isLessThan(10);
    for (Map<String, Double> all : List.of(list, poll, one)) {
      assertThat(all.keySet()).noneMatch(what -> what.startsWith("s3"));
    }
  }

  private Map<String, Double> used(String path) {
    EmulatedServices.shared().usage().reset();
    assertThat(api.call(get(path).key(agent.inboxKey())).status()).isEqualTo(200);
    return EmulatedServices.shared().usage().snapshot();
  }

  private void bring(String name, String text) {
    postman.bring("agent-one", Postman.plain(name, "About " + name, text));
  }

  private JsonNode list(String query) {
    return ok(get(messages + "?" + query.replace(" ", "%20")));
  }

  private JsonNode ok(TestApi.Call call) {
    Answer answer = api.call(call.key(agent.inboxKey()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.result();
  }

  private static List<String> subjects(JsonNode result) {
    return result.path("messages").findValuesAsText("subject");
  }
}
