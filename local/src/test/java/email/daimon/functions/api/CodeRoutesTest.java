package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.store.MessageChange;
import email.daimon.functions.wait.WaitApiHandler;
import email.daimon.local.services.Fault;
import email.daimon.local.services.Faults;
import email.daimon.local.services.Usage;
import email.daimon.local.testing.CodeMails;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Account;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Rules 3.8: a code is consumed once. */
final class CodeRoutesTest {
  private static final int CONSUMERS = 50;
  private final TestApi api = new TestApi();
  private final Opened agent = api.open("code-agent");
  private final String codes = "/v1/inboxes/" + agent.inboxId() + "/codes";
  private final CodeMails mails = new CodeMails(api.wiring, agent.inboxId());

  @Test
  void aWaitLooksBackFiveMinutesAndGoesOnFromItsMark() {
    mails.bring("111111");
    api.clock.advance(Duration.ofMinutes(6));
    String before = mails.bring("222222", "333333");

    JsonNode first = look("from=bank.example").json();
    assertThat(first.at("/result/value").asText()).isEqualTo("222222");
    assertThat(first.at("/result/message_id").asText()).isEqualTo(before);
    assertThat(first.at("/result/consumed").asBoolean()).isFalse();
    assertThat(first.at("/result/verified_sender").asBoolean()).isTrue();
    assertThat(first.at("/result/kind").asText()).isEqualTo("otp");
    JsonNode second = look("after=" + first.path("next_after").asText()).json();
    assertThat(second.path("result").isNull()).isTrue();
    mails.bring("444444");
    JsonNode third = look("after=" + second.path("next_after").asText()).json();
    assertThat(third.at("/result/value").asText()).isEqualTo("444444");
    assertThat(look("after=2026-01-01T00:00:00Z").result().path("value").asText())
        .isEqualTo("111111");
    assertThat(look("after=" + before).result().path("value").asText()).isEqualTo("444444");
  }

  @Test
  void theCodeOfAMailThatCameInIsWaitedForShownAndTaken() {
    Postman postman = new Postman(api);
    postman.bring("code-agent", Postman.plain("hello", "Hello", "How are you?"));
    postman.bring(
        "code-agent",
        Postman.plain("otp", "Sign in", "Your verification code is 482915.\n\nIt expires soon."));

    Answer found = look("from=alice@example.org");
    assertThat(found.result().path("value").asText()).isEqualTo("482915");
    String message = found.result().path("message_id").asText();
    JsonNode row =
        api.call(
                get("/v1/inboxes/" + agent.inboxId() + "/messages/" + message)
                    .key(agent.inboxKey()))
            .result();
    assertThat(row.at("/codes/0/id")).isEqualTo(found.result().path("id"));
    assertThat(take("{'consumer': 'one', 'from': 'example.org'}").result().path("value").asText())
        .isEqualTo("482915");
    assertThat(list("").result().path("codes")).hasSize(1);
  }

  @Test
  void theSameConsumerGetsTheSameCodeAnotherNone() {
    mails.bring("123456");
    Answer first = take("{'consumer': 'one'}");
    assertThat(first.result().path("value").asText()).isEqualTo("123456");
    assertThat(first.result().path("consumed").asBoolean()).isTrue();
    assertThat(first.headers()).doesNotContainKey("Idempotent-Replayed");
    api.clock.advance(Duration.ofSeconds(1));
    Answer again = take("{'consumer': 'one'}");
    assertThat(again.result()).isEqualTo(first.result());
    assertThat(again.headers()).containsEntry("Idempotent-Replayed", "true");

    Answer other = take("{'consumer': 'two', 'from': 'codes@bank.example'}");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.error()).isEqualTo("CODE_CONSUMED");
    assertThat(other.body()).doesNotContain("123456");
    assertThat(other.json().path("next_after").asText()).isNotEmpty();
    assertThat(look("").result().path("value").isNull()).isTrue();
    assertThat(look("consumer=one").result().path("value").asText()).isEqualTo("123456");
    assertThat(look("consumer=two").body()).doesNotContain("123456");

    mails.bring("654321");
    assertThat(take("{'consumer': 'two'}").result().path("value").asText()).isEqualTo("654321");
    assertThat(
            take("{'consumer': 'one', 'after': '" + first.json().path("next_after").asText() + "'}")
                .error())
        .isEqualTo("CODE_CONSUMED");
  }

  @Test
  void anIdempotencyKeyIsAConsumerAndNothingFoundIsNotKept() {
    Call nothing = post(codes + "/wait").header("idempotency-key", "k-1").key(agent.inboxKey());
    assertThat(api.call(nothing).result().isNull()).isTrue();
    mails.bring("123456");
    assertThat(api.call(nothing).result().path("value").asText()).isEqualTo("123456");
    assertThat(api.call(nothing).headers()).containsEntry("Idempotent-Replayed", "true");
    String id = api.call(nothing).result().path("id").asText();
    assertThat(consume(id, "{'consumer': 'k-1'}").error()).isEqualTo("CODE_CONSUMED");
    assertThat(
            api.call(
                    post(codes + "/" + id + "/consume")
                        .header("idempotency-key", "k-1")
                        .key(agent.accountKey()))
                .result()
                .path("value")
                .asText())
        .isEqualTo("123456");
  }

  @Test
  void whoNamesASenderGetsVerifiedCodesAlone() {
    mails.bring("codes@bank.example", false, Set.of(), "666666");
    Answer none = look("from=bank.example");
    assertThat(none.result().isNull()).isTrue();
    assertThat(none.json().path("unverified_seen").asInt()).isEqualTo(1);
    assertThat(none.nextSteps()).anyMatch(step -> step.contains("allow_unverified=true"));
    Answer taken = take("{'consumer': 'a', 'from': 'codes@bank.example'}");
    assertThat(taken.result().isNull()).isTrue();
    assertThat(taken.json().path("unverified_seen").asInt()).isEqualTo(1);
    mails.bring("777777");
    assertThat(look("from=bank.example").result().path("value").asText()).isEqualTo("777777");
    Answer all = look("from=bank.example&allow_unverified=true");
    assertThat(all.result().path("value").asText()).isEqualTo("666666");
    assertThat(all.result().path("verified_sender").asBoolean()).isFalse();
  }

  @Test
  void codesOfFlaggedAndDeletedMailAreHidden() {
    mails.bring("codes@bank.example", true, Set.of("spam"), "999999");
    String deleted = mails.bring("888888");
    String code = look("").result().path("id").asText();
    api.call(
        TestApi.delete("/v1/inboxes/" + agent.inboxId() + "/messages/" + deleted)
            .key(agent.inboxKey()));

    assertThat(list("").result().path("codes")).isEmpty();
    assertThat(look("").result().isNull()).isTrue();
    assertThat(consume(code, "{'consumer': 'a'}").error()).isEqualTo("CODE_NOT_FOUND");
    JsonNode flagged = list("include_flagged=true").result().path("codes");
    assertThat(flagged.findValuesAsText("value")).containsExactly("999999");
    String id = flagged.get(0).path("id").asText();
    assertThat(consume(id, "{'consumer': 'a'}").error()).isEqualTo("CODE_NOT_FOUND");
    assertThat(consume(id, "{'consumer': 'a', 'include_flagged': true}").status()).isEqualTo(200);
  }

  @Test
  void codesOfADeletedThreadAreHiddenAtOnce() {
    mails.bring("888888");
    JsonNode code = look("").result();
    api.wiring.mailbox().deleteThread(account(), agent.inboxId(), code.path("thread_id").asText());
    assertThat(list("").result().path("codes")).isEmpty();
    assertThat(consume(code.path("id").asText(), "{'consumer': 'a'}").status()).isEqualTo(404);
  }

  @Test
  void aListIsNewestFirstAndPagedWithoutGapsWithinAMailToo() {
    mails.bring("100001", "100002", "100003");
    mails.bring("200001");
    mails.bring("300001", "300002");
    List<String> values = new ArrayList<>();
    String cursor = "";
    do {
      Answer page = list("limit=2" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
      values.addAll(page.result().path("codes").findValuesAsText("value"));
      assertThat(page.result().path("codes")).isNotEmpty();
      cursor = page.result().path("next_cursor").asText("");
    } while (!cursor.isEmpty() && !cursor.equals("null"));
    assertThat(values).containsExactly("300001", "300002", "200001", "100001", "100002", "100003");
  }

  @Test
  void fiftyConsumersAtOnceOneWins() throws Exception {
    mails.bring("424242");
    String id = look("").result().path("id").asText();
    List<Callable<Answer>> calls = new ArrayList<>();
    for (int i = 0; i < CONSUMERS; i++) {
      String body = "{'consumer': 'consumer-" + i + "'}";
      calls.add(i % 2 == 0 ? () -> consume(id, body) : () -> take(body));
    }
    List<Answer> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONSUMERS)) {
      for (var answer : threads.invokeAll(calls)) {
        answers.add(answer.get());
      }
    }
    assertThat(answers.stream().filter(answer -> answer.status() == 200)).hasSize(1);
    assertThat(answers.stream().filter(answer -> answer.error().equals("CODE_CONSUMED")))
        .hasSize(CONSUMERS - 1)
        .noneMatch(answer -> answer.body().contains("424242"));
  }

  @Test
  void aConsumedCodeStaysSoThoughItsMailIsChanged() {
    String message = mails.bring("515151");
    Answer first = take("{'consumer': 'one'}");
    api.wiring
        .mailbox()
        .change(
            account(),
            agent.inboxId(),
            message,
            new MessageChange(Optional.of(true), Optional.empty()));
    api.clock.advance(Duration.ofDays(400));
    String id = first.result().path("id").asText();
    assertThat(consume(id, "{'consumer': 'two'}").error()).isEqualTo("CODE_CONSUMED");
    assertThat(consume(id, "{'consumer': 'one'}").result()).isEqualTo(first.result());
  }

  @Test
  void whatIsWrongIsNamed() {
    Opened stranger = api.open("code-stranger");
    mails.bring("123456");
    String id = look("").result().path("id").asText();
    String after = look("").json().path("next_after").asText();

    assertThat(take("{}").status()).isEqualTo(400);
    assertThat(take("{}").json().at("/details/0/path").asText()).isEqualTo("consumer");
    assertThat(consume(id, "{}").status()).isEqualTo(400);
    assertThat(consume(id, "{'consumer': ' '}").status()).isEqualTo(400);
    assertThat(consume("code_0000000000000000000000", "{'consumer': 'a'}").error())
        .isEqualTo("CODE_NOT_FOUND");
    assertThat(look("from=").status()).isEqualTo(400);
    assertThat(look("after=yesterday").status()).isEqualTo(400);
    assertThat(take("{'consumer': 'a', 'form': 'x'}").status()).isEqualTo(400);

    String theirs = "/v1/inboxes/" + stranger.inboxId() + "/codes";
    assertThat(
            api.call(get(theirs + "/wait?timeout=0&after=" + after).key(stranger.inboxKey()))
                .status())
        .isEqualTo(400);
    Call foreign = post(theirs + "/" + id + "/consume").body("{'consumer': 'a'}");
    assertThat(api.call(foreign.key(stranger.inboxKey())).error()).isEqualTo("CODE_NOT_FOUND");
    Call inbox = post(codes + "/" + id + "/consume").body("{'consumer': 'a'}");
    assertThat(api.call(inbox.key(stranger.accountKey())).error()).isEqualTo("INBOX_NOT_FOUND");
    assertThat(api.call(get(codes).key(stranger.inboxKey())).error()).isEqualTo("INBOX_NOT_FOUND");
  }

  @Test
  void aKeyThatReadsMayLookButNotTake() {
    mails.bring("123456");
    String reader =
        api.call(
                post("/v1/keys")
                    .key(agent.accountKey())
                    .body(
                        "{'scope': 'inbox_read', 'inbox_id': '"
                            + agent.inboxId()
                            + "', 'name': 'r'}"))
            .result()
            .path("key")
            .asText();
    Answer seen = api.call(get(codes + "/wait?timeout=0").key(reader));
    assertThat(seen.result().path("value").asText()).isEqualTo("123456");
    assertThat(seen.nextSteps()).noneMatch(step -> step.contains("/consume"));
    String one = codes + "/" + seen.result().path("id").asText() + "/consume";
    assertThat(api.call(post(one).key(reader).body("{'consumer': 'a'}")).error())
        .isEqualTo("KEY_SCOPE");
    assertThat(api.call(post(codes + "/wait").key(reader).body("{'consumer': 'a'}")).error())
        .isEqualTo("KEY_SCOPE");
  }

  @Test
  void aLookThatFindsNothingCostsOneReadUnitAndTakingACodeOneWriteUnit() {
    mails.bring("123456");
    JsonNode found = look("").json();
    String id = found.at("/result/id").asText();
    Usage usage = EmulatedServices.shared().usage();
    String next = "after=" + found.path("next_after").asText();

    usage.reset();
    look(next);
    // Two are the caller's key and inbox.
    assertThat(usage.snapshot()).containsEntry("dynamodb.read-units", 3.0);
    usage.reset();
    consume(id, "{'consumer': 'a'}");
    assertThat(usage.snapshot())
        .containsEntry("dynamodb.read-units", 6.0)
        .containsEntry("dynamodb.write-units", 1.0);
    usage.reset();
    look("");
    assertThat(usage.snapshot().get("dynamodb.read-units")).isLessThanOrEqualTo(7);
    assertThat(usage.snapshot()).doesNotContainKey("dynamodb.write-units");
  }

  @Test
  void aCallThatWaitsTakesWhatComesMeanwhile() throws Exception {
    WaitApiHandler waiting = new WaitApiHandler(api.wiring);
    try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
      Future<Answer> one = threads.submit(() -> api.through(waiting, awaiting("one")));
      Future<Answer> two = threads.submit(() -> api.through(waiting, awaiting("two")));
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(TestTables.heldCalls(api)).isEqualTo(2));
      mails.bring("codes@bank.example", false, Set.of(), "000000");
      mails.bring("313131");

      List<Answer> answers = List.of(one.get(), two.get());
      assertThat(answers.stream().map(answer -> answer.result().path("value").asText("")))
          .containsOnlyOnce("313131");
      assertThat(answers.stream().map(Answer::error)).containsOnlyOnce("CODE_CONSUMED");
    }
  }

  @Test
  void anAnswerThatIsLostAfterTheCommitLosesNothing() {
    mails.bring("616161");
    Faults faults = EmulatedServices.shared().faults();
    faults.arm(new Fault(Fault.Step.DB_WRITE, Fault.Action.LOSE, Duration.ZERO), 1);
    try {
      Answer first = take("{'consumer': 'one'}");
      assertThat(first.result().path("value").asText()).isEqualTo("616161");
      assertThat(first.headers()).doesNotContainKey("Idempotent-Replayed");
    } finally {
      faults.clear();
    }
    assertThat(take("{'consumer': 'one'}").result().path("value").asText()).isEqualTo("616161");
    assertThat(take("{'consumer': 'two'}").error()).isEqualTo("CODE_CONSUMED");
  }

  private Call awaiting(String consumer) {
    return post(codes + "/wait")
        .key(agent.inboxKey())
        .body("{'consumer': '" + consumer + "', 'from': 'bank.example', 'timeout': 15}");
  }

  private Account account() {
    return api.wiring
        .accounts()
        .find(api.wiring.inboxes().find(agent.inboxId()).orElseThrow().accountId())
        .orElseThrow();
  }

  private Answer look(String query) {
    return api.call(get(codes + "/wait?timeout=0&" + query).key(agent.inboxKey()));
  }

  private Answer list(String query) {
    return api.call(get(codes + "?" + query).key(agent.inboxKey()));
  }

  private Answer take(String body) {
    return api.call(post(codes + "/wait").key(agent.inboxKey()).body(body));
  }

  private Answer consume(String id, String body) {
    return api.call(post(codes + "/" + id + "/consume").key(agent.inboxKey()).body(body));
  }
}
