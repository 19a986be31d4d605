package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ThreadRoutesTest {
  private final TestApi api = TestApi.lagging();
  private final Postman postman = new Postman(api);
  private final Opened agent = api.open("agent-one");
  private final String threads = "/v1/inboxes/" + agent.inboxId() + "/threads";

  @Test
  void aConversationIsOneThreadWithItsMessagesOldestFirst() {
    bring("a", "Plans");
    bring("b", "Re: Plans", "In-Reply-To: <a@example.org>");
    bring("c", "Other");

    JsonNode list = ok(get(threads));
    assertThat(list.path("total").asInt()).isEqualTo(2);
    assertThat(list.path("threads").findValuesAsText("subject")).containsExactly("Other", "Plans");
    JsonNode plans = list.at("/threads/1");
    assertThat(plans.path("message_count").asInt()).isEqualTo(2);
    assertThat(plans.path("unread_count").asInt()).isEqualTo(2);
    assertThat(plans.path("participants").findValuesAsText("")).isEmpty();

    JsonNode one = ok(get(threads + "/" + plans.path("id").asText())).path("thread");
    assertThat(one.path("messages").findValuesAsText("subject"))
        .containsExactly("Plans", "Re: Plans");
    JsonNode ofThread =
        ok(
            get(
                "/v1/inboxes/"
                    + agent.inboxId()
                    + "/messages?thread_id="
                    + plans.path("id").asText()));
    assertThat(ofThread.path("messages")).hasSize(2);
    assertThat(ofThread.path("total").isNull()).isTrue();
  }

  @Test
  void theAccountSeesTheThreadsOfAllItsInboxes() {
    String second =
        api.call(post("/v1/inboxes").key(agent.accountKey()).body("{'username': 'agent-two'}"))
            .result()
            .path("id")
            .asText();
    bring("a", "First");
    postman.bring("agent-two", Postman.plain("b", "Second", "x"));

    JsonNode all = api.call(get("/v1/threads").key(agent.accountKey())).result();
    assertThat(all.path("threads").findValuesAsText("subject")).containsExactly("Second", "First");
    assertThat(all.path("total").asInt()).isEqualTo(2);
    JsonNode one = api.call(get("/v1/threads?inbox_id=" + second).key(agent.accountKey())).result();
    assertThat(one.path("threads").findValuesAsText("subject")).containsExactly("Second");
    assertThat(one.path("total").asInt()).isEqualTo(1);
    JsonNode found = api.call(get("/v1/threads?search=FIR").key(agent.accountKey())).result();
    assertThat(found.path("threads").findValuesAsText("subject")).containsExactly("First");
    assertThat(api.call(get("/v1/threads").key(agent.inboxKey())).error()).isEqualTo("KEY_SCOPE");
  }

  @Test
  void pagesGoOnWhereTheyEnded() {
    for (int i = 0; i < 5; i++) {
      bring("m" + i, "Number " + i);
    }
    JsonNode first = ok(get(threads + "?limit=2"));
    JsonNode second = ok(get(threads + "?limit=2&cursor=" + first.path("next_cursor").asText()));
    JsonNode third = ok(get(threads + "?limit=2&cursor=" + second.path("next_cursor").asText()));

    assertThat(first.path("threads").findValuesAsText("subject"))
        .containsExactly("Number 4", "Number 3");
    assertThat(second.path("threads").findValuesAsText("subject"))
        .containsExactly("Number 2", "Number 1");
    assertThat(third.path("threads").findValuesAsText("subject")).containsExactly("Number 0");
    assertThat(third.path("has_more").asBoolean()).isFalse();
    assertThat(ok(get(threads + "?order=asc&sort=created_at&limit=1")).at("/threads/0/subject"))
        .hasToString("\"Number 0\"");
    String cursor = first.path("next_cursor").asText();
    assertThat(api.call(get("/v1/threads?cursor=" + cursor).key(agent.accountKey())).status())
        .isEqualTo(400);
    assertThat(api.call(get(threads + "?label=x&cursor=" + cursor).key(agent.inboxKey())).status())
        .isEqualTo(400);
  }

  @Test
  void labelsAreReplacedAddedAndTakenAway() {
    bring("a", "Plans");
    String one = threads + "/" + ok(get(threads)).at("/threads/0/id").asText();

    assertThat(labels(ok(patch(one).body("{'labels': ['x', 'y']}")))).containsExactly("x", "y");
    assertThat(labels(ok(post(one + "/labels").body("{'label': 'needs reply'}"))))
        .containsExactly("needs reply", "x", "y");
    assertThat(labels(ok(delete(one + "/labels/needs%20reply")))).containsExactly("x", "y");
    assertThat(ok(get(threads + "?label=x")).path("threads")).hasSize(1);
    assertThat(ok(get(threads + "?label=z")).path("threads")).isEmpty();
    assertThat(api.call(patch(one).key(agent.inboxKey()).body("{}")).status()).isEqualTo(400);
    assertThat(api.call(post(one + "/labels").key(agent.inboxKey()).body("{'label': ''}")).status())
        .isEqualTo(400);
  }

  @Test
  void aDeletedThreadIsGoneAtOnce() {
    bring("a", "Plans");
    bring("b", "Re: Plans", "In-Reply-To: <a@example.org>");
    bring("c", "Other");
    String one = threads + "/" + ok(get(threads)).at("/threads/1/id").asText();

    JsonNode deleted = ok(delete(one));

    assertThat(deleted.path("messages_deleted").asInt()).isEqualTo(2);
    assertThat(ok(get(threads)).path("total").asInt()).isEqualTo(1);
    assertThat(ok(get("/v1/inboxes/" + agent.inboxId() + "/messages")).path("messages")).hasSize(1);
    assertThat(api.call(get(one).key(agent.inboxKey())).error()).isEqualTo("THREAD_NOT_FOUND");
    assertThat(api.call(delete(one).key(agent.inboxKey())).status()).isEqualTo(404);
  }

  @Test
  void anIdThatWasMergedAwayAnswersWithTheSurvivingThread() {
    bring("a", "Plans");
    bring("x", "Other plans");
    String older = ok(get(threads)).at("/threads/1/id").asText();
    String younger = ok(get(threads)).at("/threads/0/id").asText();
    bring("m", "Both", "In-Reply-To: <a@example.org>", "References: <x@example.org>");

    JsonNode merged = ok(get(threads + "/" + younger)).path("thread");

    assertThat(merged.path("id").asText()).isEqualTo(older);
    assertThat(merged.path("messages")).hasSize(3);
    assertThat(ok(get(threads)).path("total").asInt()).isEqualTo(1);
    assertThat(
            ok(get("/v1/inboxes/" + agent.inboxId() + "/messages")).findValuesAsText("thread_id"))
        .containsOnly(older);
  }

  @Test
  void flaggedMailAloneMakesNoListedThread() {
    postman.bring("agent-one", Postman.plain("s", "Spam", "x"), Map.of("spam", "FAIL"));

    assertThat(ok(get(threads)).path("threads")).isEmpty();
    assertThat(ok(get(threads)).path("total").asInt()).isZero();
  }

  @Test
  void keysReachWhatIsTheirs() {
    bring("a", "Plans");
    String one = threads + "/" + ok(get(threads)).at("/threads/0/id").asText();
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
    for (Answer refused :
        List.of(
            api.call(patch(one).key(reader).body("{'labels': []}")),
            api.call(post(one + "/labels").key(reader).body("{'label': 'x'}")),
            api.call(delete(one + "/labels/x").key(reader)),
            api.call(delete(one).key(reader)))) {
      assertThat(refused.error()).isEqualTo("KEY_SCOPE");
    }
    assertThat(api.call(get(one).key(stranger.accountKey())).status()).isEqualTo(404);
    assertThat(
            api.call(get("/v1/threads?inbox_id=" + agent.inboxId()).key(stranger.accountKey()))
                .error())
        .isEqualTo("INBOX_NOT_FOUND");
    assertThat(api.call(get("/v1/threads").key(stranger.accountKey())).result().path("threads"))
        .isEmpty();
  }

  private void bring(String name, String subject, String... fields) {
    postman.bring("agent-one", Postman.plain(name, subject, "Words", fields));
  }

  private JsonNode ok(TestApi.Call call) {
    Answer answer = api.call(call.key(agent.inboxKey()));
    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    return answer.result();
  }

  private static List<String> labels(JsonNode thread) {
    return thread.path("labels").valueStream().map(JsonNode::asText).toList();
  }
}
