package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.store.DraftJob;
import email.daimon.functions.testing.DyingClients;
import email.daimon.functions.testing.DyingClients.Killed;
import email.daimon.local.services.Fault;
import email.daimon.local.testing.EmulatedServices;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drafts that are to be sent unless their thread is answered first (rule 5.10). */
final class WaitingDraftsTest {
  private static final String AUTOMATIC = "Auto-Submitted: auto-replied";
  private static final int MOST = 10;
  private final TestApi api =
      new TestApi(Map.of("DEFAULT_TIER", "developer", "SEND_BURST", "tier"));
  private final Postman postman = new Postman(api);
  private int mails;

  @Test
  void anAnswerTakesADraftBackWhereItIsStored() {
    Talk thread = thread("taker");
    Answer made = create(thread, "true");
    assertThat(made.result().path("status").asText()).isEqualTo("scheduled");
    answer(thread);
    JsonNode draft = takenBack(thread.own, made);
    assertThat(draft.path("revision").asInt()).isEqualTo(2);
    assertThat(draft.path("unless_replied").asBoolean()).isTrue();
    assertThat(draft.path("text_body").asText()).isEqualTo("still there?");
    answer(thread);
    release(thread.own, made);
    JsonNode told = told(thread.own).getFirst();
    assertThat(told.path("thread_id").asText()).isEqualTo(thread.id);
    assertThat(told.path("data").path("draft_id").asText()).isEqualTo(id(made));
    assertThat(told.path("data").path("reason").asText()).startsWith("REPLIED");
    assertThat(told(thread.own)).hasSize(1);
    assertThat(outbound(thread.own)).isEmpty();
  }

  @Test
  void whoIsAutomaticFlaggedOrOneselfAnswersNothing() {
    Talk thread = thread("keeper");
    Answer somebody = create(thread, "true");
    Answer anybody = create(thread, "'any'");
    postman.bring(
        "keeper", Postman.plain("k1", "Topic", "x", parent(thread)), Map.of("spam", "FAIL"));
    postman.bring(
        "keeper",
        Postman.plain("k2", "Topic", "x", parent(thread))
            .replace("alice@example.org", "Keeper+tag@daimon.email"));
    assertThat(shown(thread.own, anybody).path("status").asText()).isEqualTo("scheduled");
    postman.bring("keeper", Postman.plain("k3", "Topic", "x", parent(thread), AUTOMATIC));
    takenBack(thread.own, anybody);
    assertThat(shown(thread.own, somebody).path("status").asText()).isEqualTo("scheduled");
    release(thread.own, somebody);
    assertThat(outbound(thread.own)).hasSize(1);
    assertThat(told(thread.own)).hasSize(1);
  }

  @Test
  void whatChangesSomethingElseForgetsNothing() {
    Talk thread = thread("patcher");
    Answer made = create(thread, "true");
    change(thread.own, made, "{'text': 'still there, perhaps?'}");
    answer(thread);
    takenBack(thread.own, made);
    Answer changed = change(thread.own, made, "{'text': 'hello?'}");
    assertThat(changed.result().path("send_error").asText()).startsWith("REPLIED");
    assertThat(changed.result().path("status").asText()).isEqualTo("draft");
    Answer again = change(thread.own, made, "{'send_at': '" + later() + "'}");
    assertThat(again.result().path("status").asText()).isEqualTo("scheduled");
    assertThat(again.result().path("send_error").isNull()).isTrue();
    assertThat(again.result().path("unless_replied").asBoolean()).isTrue();
    release(thread.own, made);
    assertThat(outbound(thread.own)).as("what was answered before counts no more").hasSize(1);
  }

  @Test
  void aDraftWaitsWhereAndWhileItIsSaidTo() {
    Talk first = thread("mover");
    Talk second = more(first);
    Answer moved = create(first, "true");
    Answer patient = create(first, "true");
    Answer stopped = create(first, "true");
    Answer gone = create(first, "true");
    change(first.own, moved, "{'thread_id': '" + second.id + "'}");
    change(first.own, patient, "{'unless_replied': false}");
    change(first.own, stopped, "{'send_at': null}");
    api.call(delete(path(first.own, gone)).key(first.own.inboxKey()));
    answer(first);
    assertThat(shown(first.own, moved).path("status").asText()).isEqualTo("scheduled");
    assertThat(shown(first.own, patient).path("status").asText()).isEqualTo("scheduled");
    assertThat(shown(first.own, stopped).path("send_error").isNull()).isTrue();
    answer(second);
    takenBack(first.own, moved);
    assertThat(told(first.own)).hasSize(1);
    change(first.own, moved, "{'thread_id': '" + first.id + "', 'send_at': '" + later() + "'}");
    answer(first);
    takenBack(first.own, moved);
    assertThat(told(first.own)).hasSize(2);
  }

  @Test
  void threadsThatBecomeOneWaitTogether() {
    Talk older = thread("merger");
    Talk younger = more(older);
    Answer one = create(older, "true");
    Answer other = create(younger, "true");
    postman.bring(
        "merger",
        Postman.plain(
            "both",
            "Topic",
            "x",
            "References: <" + older.mail + "@example.org> <" + younger.mail + "@example.org>",
            AUTOMATIC));
    assertThat(shown(older.own, other).path("status").asText()).isEqualTo("scheduled");
    Answer changed = change(older.own, other, "{'text': 'new'}");
    assertThat(changed.result().path("thread_id").asText()).isEqualTo(older.id);
    answer(younger);
    takenBack(older.own, one);
    takenBack(older.own, other);
    assertThat(told(older.own))
        .extracting(told -> told.path("thread_id").asText())
        .containsExactly(older.id, older.id);
  }

  @Test
  void ofADeletedThreadNothingIsSent() {
    Talk thread = thread("deleter");
    Answer made = create(thread, "true");
    api.call(
        delete("/v1/inboxes/" + thread.own.inboxId() + "/threads/" + thread.id)
            .key(thread.own.inboxKey()));
    answer(thread);
    release(thread.own, made);
    assertThat(outbound(thread.own)).isEmpty();
    assertThat(shown(thread.own, made).path("send_error").asText()).startsWith("THREAD_NOT_FOUND");
  }

  @Test
  void onlySoManyWaitInOneThread() {
    Talk thread = thread("crowd");
    List<Answer> made = new ArrayList<>();
    for (int i = 0; i < MOST; i++) {
      made.add(create(thread, "true"));
    }
    Answer refused = create(thread, "true");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("10 drafts wait in this thread already");
    api.call(delete(path(thread.own, made.getFirst())).key(thread.own.inboxKey()));
    assertThat(change(thread.own, made.getLast(), "{'send_at': '" + later() + "'}").status())
        .isEqualTo(200);
    made.set(0, create(thread, "true"));
    answer(thread);
    made.forEach(one -> takenBack(thread.own, one));
    assertThat(told(thread.own)).hasSize(MOST);
  }

  @Test
  void aLargeDraftThatWasTakenBackIsWhole() {
    Talk thread = thread("novelist");
    StringBuilder text = new StringBuilder();
    Random random = new Random(1);
    while (text.length() < 200_000) {
      text.append(Long.toHexString(random.nextLong())).append(' ');
    }
    Answer made = create(thread, "true", text.toString());
    answer(thread);
    assertThat(takenBack(thread.own, made).path("text_body").asText()).isEqualTo(text.toString());
    Answer changed = change(thread.own, made, "{'labels': ['todo']}");
    assertThat(changed.result().path("text_body").asText()).isEqualTo(text.toString());
    Answer sent = api.call(post(path(thread.own, made) + "/send").key(thread.own.inboxKey()));
    assertThat(sent.status()).as(sent.body()).isEqualTo(202);
    assertThat(outbound(thread.own)).hasSize(1);
  }

  @Test
  void whatWaitsForAThreadThatIsNotThereYetRemembersSinceWhen() {
    Opened own = api.open("early");
    Answer made =
        create(
            own,
            "{'to': 'a@example.com', 'subject': 's', 'text': 'x', 'in_reply_to':"
                + " '<unknown@example.org>', 'unless_replied': true, 'send_at': '"
                + later()
                + "'}");
    api.clock.advance(Duration.ofMinutes(1));
    postman.bring("early", Postman.plain("unknown", "Topic", "one"));
    api.clock.advance(Duration.ofMinutes(1));
    change(own, made, "{'text': 'y'}");
    release(own, made);
    assertThat(outbound(own)).isEmpty();
    assertThat(shown(own, made).path("send_error").asText()).startsWith("REPLIED");
    assertThat(told(own)).hasSize(1);
  }

  @Test
  void killedAnywhereAnAnswerAndItsDraftAreStoredTogether() {
    Talk thread = thread("killed");
    for (int calls = 1; ; calls++) {
      Answer made = create(thread, "true");
      DyingClients dying = new DyingClients(calls);
      Postman mortal = new Postman(api, api.wired(dying::of));
      String raw = Postman.plain("killed-" + calls, "Topic", "x", parent(thread));
      String sesId = postman.put(raw);
      int before = inbound(thread.own);
      boolean killed = false;
      try {
        mortal.redeliver(sesId, "killed", Map.of());
      } catch (Killed _) {
        killed = true;
      }
      boolean stored = inbound(thread.own) > before;
      assertThat(shown(thread.own, made).path("send_at").isNull())
          .as("after %d calls", calls)
          .isEqualTo(stored);
      postman.redeliver(sesId, "killed", Map.of());
      takenBack(thread.own, made);
      assertThat(told(thread.own)).hasSize(calls);
      if (!killed) {
        assertThat(calls).isGreaterThan(4);
        return;
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"LOSE", "CONFLICT"})
  void troubleWithTheTablesChangesNothing(String action) {
    Talk thread = thread("troubled");
    var faults = EmulatedServices.shared().faults();
    Fault fault = new Fault(Fault.Step.DB_WRITE, Fault.Action.valueOf(action), Duration.ZERO);
    for (int i = 1; i <= 3; i++) {
      faults.arm(fault, 1);
      Answer made = create(thread, "true");
      faults.clear();
      assertThat(made.status()).as(made.body()).isEqualTo(201);
      faults.arm(fault, 1);
      answer(thread);
      faults.clear();
      takenBack(thread.own, made);
      assertThat(told(thread.own)).hasSize(i);
    }
  }

  @Test
  void oneOfAChangeAndAnAnswerAtTheSameTimeComesFirst()
      throws ExecutionException, InterruptedException {
    Talk thread = thread("racer");
    int cancelled = 0;
    for (int i = 0; i < 6; i++) {
      Answer made = create(thread, "true");
      List<Answer> begun = new ArrayList<>(List.of(made));
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        Future<Answer> change =
            threads.submit(
                () -> change(thread.own, made, "{'revision': 1, 'send_at': '" + later() + "'}"));
        Future<Answer> create = threads.submit(() -> create(thread, "true"));
        Future<?> answer = threads.submit(() -> answer(thread));
        answer.get();
        assertThat(change.get().status()).as(change.get().body()).isIn(200, 412);
        begun.add(create.get());
      }
      takenBack(thread.own, made);
      // The other began to wait before the answer, or after it: then until the next.
      answer(thread);
      begun.forEach(one -> takenBack(thread.own, one));
      cancelled += 2;
      assertThat(told(thread.own)).hasSize(cancelled);
    }
  }

  /** A conversation of an inbox, and its last mail. */
  private record Talk(Opened own, String username, String id, String mail) {}

  private Talk thread(String username) {
    return begun(api.open(username), username);
  }

  private Talk more(Talk beside) {
    api.clock.advance(Duration.ofSeconds(1));
    return begun(beside.own, beside.username);
  }

  private Talk begun(Opened own, String username) {
    String mail = "first-" + ++mails + "-of-" + username;
    postman.bring(username, Postman.plain(mail, "Topic", "one"));
    JsonNode first =
        api.call(get("/v1/inboxes/" + own.inboxId() + "/messages").key(own.inboxKey()))
            .result()
            .path("messages")
            .get(0);
    return new Talk(own, username, first.path("thread_id").asText(), mail);
  }

  private void answer(Talk thread) {
    String name = "answer-" + ++mails + "-of-" + thread.username;
    postman.bring(thread.username, Postman.plain(name, "Topic", "two", parent(thread)));
  }

  private static String parent(Talk thread) {
    return "In-Reply-To: <" + thread.mail + "@example.org>";
  }

  private Answer create(Talk thread, String unless) {
    return create(thread, unless, "still there?");
  }

  private Answer create(Talk thread, String unless, String text) {
    return create(
        thread.own,
        "{'to': 'a@example.com', 'subject': 's', 'text': '%s', 'thread_id': '%s', 'send_at': '%s', 'unless_replied': %s}"
            .formatted(text, thread.id.replace("thread_", "thr_"), later(), unless));
  }

  private Answer create(Opened own, String body) {
    return api.call(
        post("/v1/inboxes/" + own.inboxId() + "/drafts").key(own.inboxKey()).body(body));
  }

  private Answer change(Opened own, Answer made, String body) {
    return api.call(patch(path(own, made)).key(own.inboxKey()).body(body));
  }

  private JsonNode shown(Opened own, Answer made) {
    return api.call(get(path(own, made)).key(own.inboxKey())).result();
  }

  private JsonNode takenBack(Opened own, Answer made) {
    JsonNode draft = shown(own, made);
    assertThat(draft.path("status").asText()).as(draft.toString()).isEqualTo("draft");
    assertThat(draft.path("send_at").isNull()).isTrue();
    assertThat(draft.path("send_error").asText()).startsWith("REPLIED");
    return draft;
  }

  // Whether it is due or not any more: its time has come.
  private void release(Opened own, Answer made) {
    api.clock.advance(Duration.ofHours(2));
    api.wiring.draftRelease().release(new DraftJob(own.inboxId(), id(made)));
  }

  private List<JsonNode> told(Opened own) {
    String path = "/v1/events?types=message.cancelled&limit=100";
    return api.call(get(path).key(own.inboxKey())).result().path("events").valueStream().toList();
  }

  private int inbound(Opened own) {
    return api.call(get("/v1/inboxes/" + own.inboxId() + "/messages").key(own.inboxKey()))
        .result()
        .path("total")
        .asInt();
  }

  private List<String> outbound(Opened own) {
    return api.call(
            get("/v1/inboxes/" + own.inboxId() + "/messages?direction=outbound")
                .key(own.inboxKey()))
        .result()
        .path("messages")
        .findValuesAsText("message_id");
  }

  private String later() {
    return api.clock.instant().plus(Duration.ofHours(1)).toString();
  }

  private static String path(Opened own, Answer made) {
    return "/v1/inboxes/" + own.inboxId() + "/drafts/" + id(made);
  }

  private static String id(Answer answer) {
    return answer.result().path("id").asText();
  }
}
