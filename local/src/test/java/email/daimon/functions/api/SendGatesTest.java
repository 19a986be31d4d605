package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.store.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/**
 * What stands between a well-formed mail and its way: account, suppression, loops, quota, burst.
 */
final class SendGatesTest {
  private static final String MAIL = "{'to': 'a@example.com', 'subject': 's', 'text': 'x'}";
  private final TestApi api = new TestApi(Map.of("DEFAULT_TIER", "developer"));

  @Test
  void anAccountUnderReviewReceivesOnly() {
    Opened own = api.open("review-sender");
    TestTables.setAccount(api, api.accountId(own), "status", "UNDER_REVIEW");
    api.clock.advance(Duration.ofSeconds(6));
    Answer answer = api.call(send(own).body(MAIL));
    assertThat(answer.error()).isEqualTo("ACCOUNT_UNDER_REVIEW");
    assertThat(answer.json().path("details").has("bounced")).isTrue();
    assertThat(
            api.call(get("/v1/inboxes/" + own.inboxId() + "/messages").key(own.inboxKey()))
                .status())
        .isEqualTo(200);
    TestTables.setAccount(api, api.accountId(own), "status", "SUSPENDED");
    api.clock.advance(Duration.ofSeconds(6));
    assertThat(api.call(send(own).body(MAIL)).error()).isEqualTo("ACCOUNT_SUSPENDED");
  }

  @Test
  void aSuppressedRecipientStopsTheMailForAll() {
    Opened own = api.open("suppress-sender");
    TestTables.suppress(api, own, "bad@example.com", "bounce");
    Answer answer =
        api.call(
            send(own)
                .body(
                    "{'to': 'a@example.com', 'cc': 'BAD@example.com', 'subject': 's', 'text': 'x'}"));
    assertThat(answer.error()).isEqualTo("RECIPIENT_SUPPRESSED");
    assertThat(answer.json().path("suppressions").get(0).path("address").asText())
        .isEqualTo("bad@example.com");
    assertThat(answer.json().path("suppressions").get(0).path("reason").asText())
        .isEqualTo("bounce");
    assertThat(used(own)).isZero();
  }

  @Test
  void theDaysQuotaIsNeverPassedAndComesBackAtMidnight()
      throws ExecutionException, InterruptedException {
    Opened own = api.open("quota-sender");
    patchLimit(own, 40);
    List<Future<Answer>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(32)) {
      for (int i = 0; i < 200; i++) {
        running.add(threads.submit(() -> api.call(send(own).body(MAIL))));
      }
    }
    int sent = 0;
    for (Future<Answer> each : running) {
      assertThat(each.get().status()).as(each.get().body()).isIn(202, 429);
      sent += each.get().status() == 202 ? 1 : 0;
    }
    assertThat(sent).isEqualTo(40);
    Answer refused = api.call(send(own).body(MAIL));
    assertThat(refused.error()).isEqualTo("SEND_LIMIT_EXCEEDED");
    assertThat(refused.json().path("code").asText()).isEqualTo("DAILY_SEND_QUOTA");
    assertThat(refused.json().path("details").path("limit").asText()).isEqualTo("inbox");
    assertThat(refused.json().path("current_usage").path("sent_today").asInt()).isEqualTo(40);
    assertThat(refused.json().path("current_usage").path("limit").asInt()).isEqualTo(40);
    assertThat(refused.headers()).containsKey("Retry-After");
    Answer waiting = api.call(send(own).body(MAIL.replace("}", ", 'on_quota': 'wait'}")));
    assertThat(waiting.result().path("status").asText()).isEqualTo("scheduled");
    assertThat(waiting.result().path("send_at").asText()).endsWith("T00:00:00Z");
    api.clock.advance(Duration.ofDays(1));
    assertThat(api.call(send(own).body(MAIL)).status()).isEqualTo(202);
  }

  @Test
  void anAccountsQuotaNamesTheNextTier() {
    Opened own = api.open("full-sender");
    api.wiring
        .clients()
        .dynamoDb()
        .putItem(put ->
            put.tableName(api.wiring.settings().workTable())
                .item(
                    Item.of(
                            email.daimon.functions.store.Keys.sends(
                                api.accountId(own), api.clock.instant()),
                            "SENT")
                        .number("n", 999)
                        .attributes()));
    assertThat(
            api.call(send(own).body(MAIL.replace("'a@example.com'", "['a@e.com','b@e.com']")))
                .status())
        .isEqualTo(429);
    assertThat(api.call(send(own).body(MAIL)).status()).isEqualTo(202);
    Answer refused = api.call(send(own).body(MAIL));
    assertThat(refused.error()).isEqualTo("SEND_LIMIT_EXCEEDED");
    assertThat(refused.json().path("current_usage").path("limit").asInt()).isEqualTo(1_000);
    assertThat(refused.json().path("upgrade_context").path("operator_action_url").asText())
        .contains("/upgrade?token=");
  }

  @Test
  void aScheduledMailIsCountedWhenItIsReleased() {
    Opened own = api.open("later-sender");
    patchLimit(own, 0);
    Answer answer =
        api.call(
            send(own)
                .body(
                    MAIL.replace(
                        "}",
                        ", 'send_at': '" + api.clock.instant().plus(Duration.ofHours(1)) + "'}")));
    assertThat(answer.result().path("status").asText()).isEqualTo("scheduled");
    assertThat(used(own)).isZero();
    assertThat(api.call(send(own).body(MAIL)).status()).isEqualTo(429);
  }

  @Test
  void burstsAreBoundedByTierWhereThatIsOn() {
    TestApi bounded = new TestApi(Map.of("DEFAULT_TIER", "developer", "SEND_BURST", "tier"));
    Opened own = bounded.open("burst-sender");
    int sent = 0;
    Answer last = bounded.call(send(own).body(MAIL));
    while (last.status() == 202 && sent < 30) {
      sent++;
      last = bounded.call(send(own).body(MAIL));
    }
    assertThat(sent).isEqualTo(10);
    assertThat(last.error()).isEqualTo("RATE_LIMIT_EXCEEDED");
    assertThat(last.headers()).containsKey("Retry-After");
    String later = bounded.clock.instant().plus(Duration.ofDays(1)).toString();
    Answer scheduled =
        bounded.call(send(own).body(MAIL.replace("}", ", 'send_at': '" + later + "'}")));
    assertThat(scheduled.status()).as("a burst is of what goes at once").isEqualTo(202);
    bounded.clock.advance(Duration.ofMinutes(2));
    assertThat(bounded.call(send(own).body(MAIL)).status()).isEqualTo(202);
  }

  private String awayNotice(Opened own, String inbox, String messageId) {
    new Postman(api)
        .bring(
            inbox, Postman.plain(messageId, "Away", "I am away", "Auto-Submitted: auto-replied"));
    return only(own);
  }

  private String threadOf(Opened own, String message) {
    return api.call(
            get("/v1/inboxes/" + own.inboxId() + "/messages/" + message).key(own.inboxKey()))
        .result()
        .path("thread_id")
        .asText();
  }

  @Test
  void anAutomaticMailOfADeletedThreadIsNoMoreAnsweredThanAnother() {
    Opened own = api.open("loop-leaver");
    String message = awayNotice(own, "loop-leaver", "auto-2");
    String threads = "/v1/inboxes/" + own.inboxId() + "/threads/";
    Answer gone = api.call(delete(threads + threadOf(own, message)).key(own.inboxKey()));
    assertThat(gone.status()).isEqualTo(200);
    Answer refused =
        api.call(send(own).body(MAIL.replace("}", ", 'in_reply_to': '<auto-2@example.org>'}")));
    assertThat(refused.error()).as(refused.body()).isEqualTo("LOOP_SUSPECTED");
  }

  @Test
  void anAutomaticMailIsAnsweredThreeTimesAtMostAndOnlyWhenAllowed() {
    Opened own = api.open("loop-sender");
    String message = awayNotice(own, "loop-sender", "auto-1");
    String reply = "/v1/inboxes/" + own.inboxId() + "/messages/" + message + "/reply";
    Answer refused = api.call(post(reply).key(own.inboxKey()).body("{'text': 'x'}"));
    assertThat(refused.error()).isEqualTo("LOOP_SUSPECTED");
    Answer byId =
        api.call(send(own).body(MAIL.replace("}", ", 'in_reply_to': '<auto-1@example.org>'}")));
    assertThat(byId.error()).isEqualTo("LOOP_SUSPECTED");
    String thread = threadOf(own, message);
    Answer byThread =
        api.call(send(own).body(MAIL.replace("}", ", 'thread_id': '" + thread + "'}")));
    assertThat(byThread.error()).isEqualTo("LOOP_SUSPECTED");
    for (int i = 0; i < 3; i++) {
      Answer allowed =
          api.call(post(reply).key(own.inboxKey()).body("{'text': 'x', 'allow_automatic': true}"));
      assertThat(allowed.status()).as(allowed.body()).isEqualTo(202);
    }
    assertThat(
            api.call(post(reply).key(own.inboxKey()).body("{'text': 'x', 'allow_automatic': true}"))
                .error())
        .isEqualTo("LOOP_SUSPECTED");
  }

  @Test
  void agentsDoNotAnswerEachOtherForEver() {
    Opened own = api.open("hop-sender");
    Postman postman = new Postman(api);
    postman.bring("hop-sender", Postman.plain("hop-49", "s", "x", "X-Daimon-Hop: 49"));
    postman.bring("hop-sender", Postman.plain("hop-50", "t", "x", "X-Daimon-Hop: 50"));
    assertThat(
            api.call(send(own).body(MAIL.replace("}", ", 'in_reply_to': '<hop-49@example.org>'}")))
                .status())
        .isEqualTo(202);
    assertThat(
            api.call(send(own).body(MAIL.replace("}", ", 'in_reply_to': '<hop-50@example.org>'}")))
                .error())
        .isEqualTo("LOOP_SUSPECTED");
  }

  @Test
  void aThreadTakesSoManyMailsAnHour() {
    TestApi few = new TestApi(Map.of("DEFAULT_TIER", "developer", "THREAD_SENDS_AN_HOUR", "2"));
    Opened own = few.open("hot-sender");
    String thread = few.call(send(own).body(MAIL)).result().path("thread_id").asText();
    String more = MAIL.replace("}", ", 'thread_id': '" + thread + "'}");
    assertThat(few.call(send(own).body(more)).status()).isEqualTo(202);
    assertThat(few.call(send(own).body(more)).status()).isEqualTo(202);
    assertThat(few.call(send(own).body(more)).error()).isEqualTo("LOOP_SUSPECTED");
    few.clock.advance(Duration.ofHours(1));
    assertThat(few.call(send(own).body(more)).status()).isEqualTo(202);
  }

  private void patchLimit(Opened own, int most) {
    api.call(
        patch("/v1/inboxes/" + own.inboxId())
            .key(own.accountKey())
            .body("{'daily_send_limit': " + most + "}"));
  }

  private String only(Opened own) {
    return api.call(get("/v1/inboxes/" + own.inboxId() + "/messages").key(own.inboxKey()))
        .result()
        .path("messages")
        .get(0)
        .path("id")
        .asText();
  }

  private long used(Opened own) {
    return api.wiring.sendQuota().used(api.accountId(own), api.clock.instant());
  }

  private static Call send(Opened own) {
    return post("/v1/inboxes/" + own.inboxId() + "/send").key(own.inboxKey());
  }
}
