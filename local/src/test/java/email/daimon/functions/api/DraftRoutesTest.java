package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.store.DraftJob;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drafts: written, changed on their revision, sent by a call or by themselves. */
final class DraftRoutesTest {
  private static final String DRAFT =
      "{'to': 'Ann <a@example.com>', 'cc': ['c@example.com'], 'subject': 's', 'body': 'text',"
          + " 'body_html': '<b>html</b>', 'labels': ['todo'], 'attachments': [{'filename': 'a.txt',"
          + " 'data': 'YWJj'}]}";
  private final TestApi api =
      new TestApi(Map.of("DEFAULT_TIER", "developer", "SEND_BURST", "tier"));

  @Test
  void aDraftIsShownUnderEveryName() {
    Opened own = api.open("drafter");
    Answer made = create(own, DRAFT);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.headers()).containsEntry("ETag", "\"1\"");
    Answer read = api.call(get(path(own, made)).key(own.inboxKey()));
    JsonNode draft = read.result();
    assertThat(read.headers()).containsEntry("ETag", "\"1\"");
    assertThat(draft.path("to").get(0).asText()).isEqualTo("Ann <a@example.com>");
    assertThat(draft.path("body_text").asText()).isEqualTo("text");
    assertThat(draft.path("html_body").asText()).isEqualTo("<b>html</b>");
    assertThat(draft.path("attachments").get(0).path("filename").asText()).isEqualTo("a.txt");
    assertThat(draft.path("labels").get(0).asText()).isEqualTo("todo");
    assertThat(create(own, "{}").status()).isEqualTo(201);
    assertThat(create(own, "{'to': 'a, b'}").status()).isEqualTo(400);
    assertThat(create(own, "{'nonsense': 1}").status()).isEqualTo(400);
    assertThat(create(own, "{'subject': 'a\\r\\nBcc: v@example.com'}").status()).isEqualTo(400);
  }

  @Test
  void aChangeIsMadeOnTheRevisionThatWasRead() {
    Opened own = api.open("reviser");
    Answer made = create(own, DRAFT);
    Call change = patch(path(own, made)).key(own.inboxKey());
    Answer first = api.call(change.header("if-match", "\"1\"").body("{'text': 'new', 'cc': null}"));
    assertThat(first.status()).as(first.body()).isEqualTo(200);
    assertThat(first.headers()).containsEntry("ETag", "\"2\"");
    assertThat(first.result().path("text_body").asText()).isEqualTo("new");
    assertThat(first.result().path("cc")).isEmpty();
    assertThat(first.result().path("attachments")).hasSize(1);
    assertThat(api.call(change.body("{'text': 'late'}")).error()).isEqualTo("REVISION_MISMATCH");
    assertThat(
            api.call(
                    patch(path(own, made))
                        .key(own.inboxKey())
                        .body("{'text': 'late', 'revision': 1}"))
                .status())
        .isEqualTo(412);
    assertThat(
            api.call(patch(path(own, made)).key(own.inboxKey()).body("{'subject': 'z'}"))
                .result()
                .path("revision")
                .asInt())
        .isEqualTo(3);
  }

  @Test
  void parallelChangesOfOneRevisionAreOne() throws ExecutionException, InterruptedException {
    Opened own = api.open("racer");
    Answer made = create(own, DRAFT);
    List<Future<Answer>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        String body = "{'subject': 'v" + i + "', 'revision': 1}";
        running.add(
            threads.submit(() -> api.call(patch(path(own, made)).key(own.inboxKey()).body(body))));
      }
    }
    int changed = 0;
    for (Future<Answer> each : running) {
      assertThat(each.get().status()).as(each.get().body()).isIn(200, 412);
      changed += each.get().status() == 200 ? 1 : 0;
    }
    assertThat(changed).isEqualTo(1);
  }

  @Test
  void draftsAreListedByPageAndLabel() {
    Opened own = api.open("lister");
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      api.clock.advance(Duration.ofSeconds(1));
      ids.addFirst(id(create(own, i % 2 == 0 ? DRAFT : "{'subject': 'n" + i + "'}")));
    }
    String all = "/v1/inboxes/" + own.inboxId() + "/drafts";
    Answer first = api.call(get(all + "?limit=2").key(own.inboxKey()));
    assertThat(first.result().path("total").asInt()).isEqualTo(5);
    assertThat(ids(first)).isEqualTo(ids.subList(0, 2));
    String cursor = first.result().path("next_cursor").asText();
    Answer second = api.call(get(all + "?limit=2&cursor=" + cursor).key(own.inboxKey()));
    assertThat(ids(second)).isEqualTo(ids.subList(2, 4));
    assertThat(ids(api.call(get(all + "?limit=2&offset=3").key(own.inboxKey()))))
        .isEqualTo(ids.subList(3, 5));
    assertThat(ids(api.call(get(all + "?label=todo").key(own.inboxKey()))))
        .containsExactly(ids.get(0), ids.get(2), ids.get(4));
  }

  @Test
  void aSentDraftIsGoneAndItsMessageBearsIt() throws IOException {
    Opened own = api.open("finisher");
    Answer made = create(own, DRAFT);
    Call call = post(path(own, made) + "/send").key(own.inboxKey()).header("idempotency-key", "k");
    Answer sent = api.call(call);
    assertThat(sent.status()).as(sent.body()).isEqualTo(202);
    assertThat(api.call(call).status()).isEqualTo(200);
    JsonNode message =
        api.call(get("/v1/inboxes/" + own.inboxId() + "/messages/" + id(sent)).key(own.inboxKey()))
            .result();
    assertThat(message.path("subject").asText()).isEqualTo("s");
    assertThat(message.path("html_body").asText()).isEqualTo("<b>html</b>");
    assertThat(message.path("cc").get(0).asText()).isEqualTo("c@example.com");
    try (var in = api.wiring.blobs().attachment(id(sent), "a.txt")) {
      assertThat(new String(in.readAllBytes(), UTF_8)).isEqualTo("abc");
    }
    assertThat(api.call(get(path(own, made)).key(own.inboxKey())).error())
        .isEqualTo("DRAFT_NOT_FOUND");
    Answer again = api.call(post(path(own, made) + "/send").key(own.inboxKey()));
    assertThat(again.error()).isEqualTo("DRAFT_ALREADY_SENT");
    assertThat(again.json().path("message_id").asText()).isEqualTo(id(sent));
    assertThat(drafts(own)).isEmpty();
  }

  @Test
  void parallelSendsOfADraftMakeOneMail() throws ExecutionException, InterruptedException {
    Opened own = api.open("rusher");
    Answer made = create(own, DRAFT);
    List<Future<Answer>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 10; i++) {
        running.add(
            threads.submit(() -> api.call(post(path(own, made) + "/send").key(own.inboxKey()))));
      }
    }
    int sent = 0;
    for (Future<Answer> each : running) {
      assertThat(each.get().status()).as(each.get().body()).isIn(202, 409);
      sent += each.get().status() == 202 ? 1 : 0;
    }
    assertThat(sent).isEqualTo(1);
    assertThat(outbound(own)).hasSize(1);
    String account = api.accountId(own);
    assertThat(api.wiring.sendQuota().used(account, api.clock.instant())).isEqualTo(2);
  }

  @Test
  void aSendMayNameADraftAndSayOtherwise() {
    Opened own = api.open("mixer");
    Answer made = create(own, DRAFT);
    Answer sent =
        api.call(
            post("/v1/inboxes/" + own.inboxId() + "/send")
                .key(own.inboxKey())
                .body("{'draft_id': '" + id(made) + "', 'body': 'other', 'subject': 'z'}"));
    assertThat(sent.status()).as(sent.body()).isEqualTo(202);
    assertThat(sent.result().path("subject").asText()).isEqualTo("z");
    assertThat(drafts(own)).isEmpty();
    Answer incomplete = create(own, "{'subject': 'only'}");
    Answer refused = api.call(post(path(own, incomplete) + "/send").key(own.inboxKey()));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("to");
  }

  @Test
  void aDraftIsSentByItselfWhenItsTimeHasCome() {
    Opened own = api.open("sleeper");
    Instant at = api.clock.instant().plus(Duration.ofHours(1));
    Answer made = create(own, DRAFT.replaceFirst("\\{", "{'send_at': '" + at + "', "));
    assertThat(made.result().path("status").asText()).isEqualTo("scheduled");
    release(own, made);
    assertThat(drafts(own)).hasSize(1);
    api.clock.advance(Duration.ofMinutes(61));
    release(own, made);
    release(own, made);
    assertThat(drafts(own)).isEmpty();
    assertThat(outbound(own)).hasSize(1);
    Answer taken = create(own, DRAFT.replaceFirst("\\{", "{'send_at': '" + later() + "', "));
    api.call(patch(path(own, taken)).key(own.inboxKey()).body("{'send_at': null}"));
    api.clock.advance(Duration.ofHours(2));
    release(own, taken);
    assertThat(drafts(own)).hasSize(1);
  }

  @Test
  void aDraftThatMayNotBeSentStaysAndSaysWhy() {
    Opened own = api.open("stayer");
    Answer made = create(own, DRAFT.replaceFirst("\\{", "{'send_at': '" + later() + "', "));
    String account = api.accountId(own);
    TestTables.setAccount(api, account, "tier", "FREE");
    api.clock.advance(Duration.ofHours(2));
    release(own, made);
    JsonNode draft = api.call(get(path(own, made)).key(own.inboxKey())).result();
    assertThat(draft.path("send_error").asText()).startsWith("SEND_REQUIRES_PAID");
    assertThat(draft.path("send_at").isNull()).isTrue();
    assertThat(outbound(own)).isEmpty();
    release(own, made);
    JsonNode told = told(own, "message.failed");
    assertThat(told.path("data").path("draft_id").asText()).isEqualTo(id(made));
    assertThat(told.path("data").path("reason").asText()).startsWith("SEND_REQUIRES_PAID");
    assertThat(api.call(post(path(own, made) + "/send").key(own.inboxKey())).error())
        .isEqualTo("SEND_REQUIRES_PAID");
    TestTables.setAccount(api, account, "tier", "DEVELOPER");
    api.clock.advance(Duration.ofSeconds(6));
    assertThat(api.call(post(path(own, made) + "/send").key(own.inboxKey())).status())
        .isEqualTo(202);
  }

  @Test
  void aBurstIsOfCallsNotOfDraftsThatAreDueTogether() {
    Opened own = api.open("crowd");
    String body = DRAFT.replaceFirst("\\{", "{'send_at': '" + later() + "', ");
    List<Answer> made = IntStream.range(0, 12).mapToObj(_ -> create(own, body)).toList();
    api.clock.advance(Duration.ofHours(2));
    made.forEach(one -> release(own, one));
    assertThat(outbound(own)).hasSize(12);
    assertThat(drafts(own)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"thread_id", "older thread_id", "in_reply_to", "Message-ID"})
  void anAnswerThatIsFasterKeepsADraftBack(String how) {
    Opened own = api.open("polite");
    Postman postman = new Postman(api);
    postman.bring("polite", Postman.plain("d1", "Topic", "one"));
    JsonNode first =
        api.call(get("/v1/inboxes/" + own.inboxId() + "/messages").key(own.inboxKey()))
            .result()
            .path("messages")
            .get(0);
    String thread = first.path("thread_id").asText();
    String where =
        switch (how) {
          case "thread_id" -> "'thread_id': '" + thread + "'";
          case "older thread_id" -> "'thread_id': '" + thread.replace("thread_", "thr_") + "'";
          case "in_reply_to" -> "'in_reply_to': '" + first.path("message_id").asText() + "'";
          default -> "'in_reply_to': '<d1@example.org>'";
        };
    String head = "{" + where + ", 'unless_replied': true, 'send_at': '" + later() + "', ";
    Answer made = create(own, DRAFT.replaceFirst("\\{", head));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    api.clock.advance(Duration.ofMinutes(5));
    postman.bring("polite", Postman.plain("d2", "Topic", "two", "In-Reply-To: <d1@example.org>"));
    api.clock.advance(Duration.ofHours(2));
    release(own, made);
    assertThat(outbound(own)).isEmpty();
    assertThat(
            api.call(get(path(own, made)).key(own.inboxKey())).result().path("send_error").asText())
        .startsWith("REPLIED");
    JsonNode told = told(own, "message.cancelled");
    assertThat(told.path("thread_id").asText()).isEqualTo(thread);
    assertThat(told.path("data").path("draft_id").asText()).isEqualTo(id(made));
  }

  /** The one event of a type. */
  private JsonNode told(Opened own, String type) {
    JsonNode events =
        api.call(get("/v1/events?types=" + type).key(own.inboxKey())).result().path("events");
    assertThat(events).as(events.toString()).hasSize(1);
    return events.get(0);
  }

  @Test
  void aDraftIsThrownAwayAndAnothersIsNotThere() {
    Opened own = api.open("thrower");
    Opened other = api.open("other-thrower");
    Answer made = create(own, DRAFT);
    String foreign = "/v1/inboxes/" + other.inboxId() + "/drafts/" + id(made);
    assertThat(api.call(get(foreign).key(other.inboxKey())).error()).isEqualTo("DRAFT_NOT_FOUND");
    assertThat(api.call(post(foreign + "/send").key(other.inboxKey())).error())
        .isEqualTo("DRAFT_NOT_FOUND");
    Answer gone = api.call(delete(path(own, made)).key(own.inboxKey()));
    assertThat(gone.result().path("deleted").asBoolean()).isTrue();
    assertThat(api.call(delete(path(own, made)).key(own.inboxKey())).status()).isEqualTo(404);
  }

  @Test
  void aLargeDraftIsKept() {
    Opened own = api.open("novelist");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 40_000; i++) {
      text.append(Integer.toHexString(i * 2_654_435)).append(' ');
    }
    Answer made = create(own, "{'to': 'a@example.com', 'subject': 's', 'text': '" + text + "'}");
    assertThat(made.status()).isEqualTo(201);
    Answer sent = api.call(post(path(own, made) + "/send").key(own.inboxKey()));
    assertThat(sent.status()).as(sent.body()).isEqualTo(202);
  }

  private void release(Opened own, Answer made) {
    api.wiring.draftRelease().release(new DraftJob(own.inboxId(), id(made)));
  }

  private String later() {
    return api.clock.instant().plus(Duration.ofHours(1)).toString();
  }

  private Answer create(Opened own, String body) {
    return api.call(
        post("/v1/inboxes/" + own.inboxId() + "/drafts").key(own.inboxKey()).body(body));
  }

  private List<String> drafts(Opened own) {
    return ids(api.call(get("/v1/inboxes/" + own.inboxId() + "/drafts").key(own.inboxKey())));
  }

  private List<String> outbound(Opened own) {
    return api.call(
            get("/v1/inboxes/" + own.inboxId() + "/messages?direction=outbound")
                .key(own.inboxKey()))
        .result()
        .path("messages")
        .findValuesAsText("message_id");
  }

  private static List<String> ids(Answer list) {
    return list.result().path("drafts").findValuesAsText("draft_id");
  }

  private static String path(Opened own, Answer made) {
    return "/v1/inboxes/" + own.inboxId() + "/drafts/" + id(made);
  }

  private static String id(Answer answer) {
    return answer.result().path("id").asText();
  }
}
