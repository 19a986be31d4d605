package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.Wiring;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.send.SendHandler;
import email.daimon.functions.store.Item;
import email.daimon.functions.store.Keys;
import email.daimon.functions.store.SendJob;
import email.daimon.functions.store.SendQuota.Need;
import email.daimon.functions.store.Sends;
import email.daimon.functions.store.Sends.Claim;
import email.daimon.functions.sweep.SweepHandler;
import email.daimon.functions.testing.RecordingSqs;
import email.daimon.functions.testing.TimeLeft;
import email.daimon.local.ses.LocalSes;
import email.daimon.model.Account;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Scheduled mails when their time has come, through sweep, queue and worker: what has changed since
 * the call decides (rules 5.8).
 */
final class ReleasedSendsTest {
  private static final Duration HOUR = Duration.ofHours(1);
  @TempDir private Path folder;
  private final TestApi api =
      new TestApi(
          Map.of("DEFAULT_TIER", "developer", "SES_CONFIGURATION_SET", LocalSes.CONFIGURATION_SET));
  private final RecordingSqs queue = new RecordingSqs();
  private final Opened own = api.open("scheduler");
  private LocalSes ses;
  private Wiring wiring;
  private MailApiHandler handler;

  /** Ten o'clock in the morning: what is due within hours is due on the same day. */
  @BeforeEach
  void begin() {
    Instant now = api.clock.instant();
    Instant ten = now.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofHours(34));
    api.clock.advance(Duration.between(now, ten));
    ses = new LocalSes(folder, "released-sends", api.clock);
    wiring = api.wired(clients -> clients.withSqs(queue.client()).withSes(ses.client));
    handler = new MailApiHandler(wiring);
    pass(Duration.ZERO);
  }

  @Test
  void aTierThatFellFailsTheMail() {
    String id = later("");
    TestTables.setAccount(api, api.accountId(own), "tier", "FREE");
    pass(HOUR);
    failed(id, "SEND_REQUIRES_PAID: the account's tier does not send");
    TestTables.setAccount(api, api.accountId(own), "tier", "DEVELOPER");
    pass(Duration.ofMinutes(10));
    failed(id, "SEND_REQUIRES_PAID: the account's tier does not send");
  }

  @Test
  void noQuotaOfTheInboxFailsTheMail() {
    limit(1);
    String first = later("");
    String second = later("");
    pass(HOUR);
    List<String> states = List.of(status(first), status(second));
    assertThat(states).containsExactlyInAnyOrder("sending", "failed");
    failed(
        status(first).equals("failed") ? first : second,
        "SEND_LIMIT_EXCEEDED: the day's 1 recipients leave no room for its 1");
    assertThat(left()).isOne();
  }

  @Test
  void noQuotaOfTheAccountFailsTheMail() {
    used(api.accountId(own), 1_000);
    String id = later("");
    pass(HOUR);
    failed(id, "SEND_LIMIT_EXCEEDED: the day's 1000 recipients leave no room for its 1");
    assertThat(left()).isZero();
  }

  @Test
  void whatMayWaitForQuotaGoesTheNextDayAndOnce() {
    limit(1);
    used(own.inboxId(), 1);
    String id = later(", 'on_quota': 'wait'");
    Instant midnight = now().truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(1));
    pass(HOUR);
    assertThat(status(id)).isEqualTo("scheduled");
    assertThat(Instant.parse(read(id).path("send_at").asText())).isEqualTo(midnight);
    assertThat(events(id)).containsExactly("message.scheduled", "message.scheduled");
    pass(Duration.between(now(), midnight).minusSeconds(90));
    assertThat(status(id)).isEqualTo("scheduled");
    assertThat(left()).isZero();
    pass(Duration.ofMinutes(2));
    assertThat(status(id)).isEqualTo("sending");
    pass(Duration.ofMinutes(3));
    pass(Duration.ofMinutes(3));
    assertThat(left()).isOne();
    assertThat(api.wiring.sendQuota().used(own.inboxId(), now())).isOne();
  }

  @Test
  void whatNoDayHasRoomForDoesNotWait() {
    limit(1);
    String id = later(", 'cc': 'b@example.com', 'on_quota': 'wait'");
    pass(HOUR);
    failed(id, "SEND_LIMIT_EXCEEDED: the day's 1 recipients leave no room for its 2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"claimed", "attempted", "sent"})
  void aMailThatIsBeingSentIsNotMoved(String how) {
    String id = later("");
    Instant due = Instant.parse(read(id).path("send_at").asText());
    api.clock.advance(HOUR);
    if (how.equals("sent")) {
      pass(Duration.ofMinutes(1));
    } else {
      Sends sends = api.wiring.sends();
      Message claimed = claim(sends, id);
      assertThat(how.equals("claimed") || sends.attempting(claimed).isPresent()).isTrue();
    }
    for (String time : List.of("'" + now().plus(HOUR) + "'", "null")) {
      Answer answer = move(id, time);
      assertThat(answer.status()).as(answer.body()).isEqualTo(409);
      assertThat(answer.error()).isEqualTo("MESSAGE_ALREADY_SENDING");
    }
    assertThat(status(id)).isEqualTo("sending");
    assertThat(Instant.parse(read(id).path("send_at").asText())).isEqualTo(due);
  }

  @Test
  void movedIntoThePastItGoesNow() {
    String id = later("");
    Answer moved = move(id, "'" + now().minus(Duration.ofDays(30)) + "'");
    assertThat(moved.status()).as(moved.body()).isEqualTo(200);
    assertThat(Instant.parse(moved.result().path("send_at").asText()))
        .isBetween(now().minus(Duration.ofMinutes(1)), now());
    pass(Duration.ZERO);
    assertThat(status(id)).isEqualTo("sending");
    pass(HOUR);
    assertThat(left()).as("not at its first time too").isOne();
  }

  @Test
  void aYearAheadIsTheFurthest() {
    String id = later("");
    Instant due = Instant.parse(read(id).path("send_at").asText());
    Answer answer = move(id, "'" + now().plus(Duration.ofDays(367)) + "'");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("VALIDATION_ERROR");
    assertThat(answer.json().path("message").asText()).startsWith("send_at").contains("a year");
    assertThat(Instant.parse(read(id).path("send_at").asText())).isEqualTo(due);
    assertThat(move(id, "'" + now().plus(Duration.ofDays(364)) + "'").status()).isEqualTo(200);
  }

  private String later(String more) {
    Answer answer = send(", 'send_at': '" + now().plus(HOUR) + "'" + more);
    assertThat(answer.result().path("status").asText()).isEqualTo("scheduled");
    return answer.result().path("id").asText();
  }

  private Answer send(String more) {
    Answer answer =
        api.through(
            handler,
            post("/v1/inboxes/" + own.inboxId() + "/send")
                .key(own.inboxKey())
                .body("{'to': 'a@example.com', 'subject': 's', 'text': 'x'" + more + "}"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    return answer;
  }

  private Answer move(String id, String time) {
    return api.through(
        handler,
        patch("/v1/inboxes/" + own.inboxId() + "/messages/" + id)
            .key(own.inboxKey())
            .body("{'send_at': " + time + "}"));
  }

  private void limit(int most) {
    Answer answer =
        api.call(
            patch("/v1/inboxes/" + own.inboxId())
                .key(own.accountKey())
                .body("{'daily_send_limit': " + most + "}"));
    assertThat(answer.status()).isEqualTo(200);
  }

  private void used(String owner, int recipients) {
    api.wiring
        .clients()
        .dynamoDb()
        .putItem(put ->
            put.tableName(api.wiring.settings().workTable())
                .item(
                    Item.of(Keys.sends(owner, now()), "SENT")
                        .number("n", recipients)
                        .attributes()));
  }

  private Message claim(Sends sends, String id) {
    Account account = wiring.accounts().find(api.accountId(own)).orElseThrow();
    Instant stored = Instant.parse(read(id).path("created_at").asText());
    Message message =
        sends.find(own.inboxId(), new MessageKey(stored.toEpochMilli(), id)).orElseThrow();
    Need need =
        new Need(
            now(),
            account.id(),
            OptionalInt.empty(),
            own.inboxId(),
            OptionalInt.empty(),
            Optional.empty(),
            Optional.empty(),
            OptionalInt.empty(),
            1);
    return ((Claim.Mine) sends.claim(account, message, "a1", Optional.of(need))).message();
  }

  /** Time passes; then the sweep runs, and the worker does what the queue has. */
  private void pass(Duration time) {
    api.clock.advance(time);
    new SweepHandler(wiring).handleRequest(new ScheduledEvent(), TimeLeft.of(Duration.ZERO));
    String sends = wiring.settings().queueUrl(SendJob.QUEUE);
    SQSMessage[] jobs =
        queue.sent().stream()
            .filter(request -> request.queueUrl().equals(sends))
            .map(RecordingSqs::message)
            .toArray(SQSMessage[]::new);
    queue.clear();
    assertThat(
            new SendHandler(wiring)
                .handleRequest(RecordingSqs.event(jobs), null)
                .getBatchItemFailures())
        .isEmpty();
  }

  private void failed(String id, String reason) {
    JsonNode message = read(id);
    assertThat(message.path("status").asText()).isEqualTo("failed");
    assertThat(message.path("recipients").findValuesAsText("reason")).containsOnly(reason);
    assertThat(events(id)).containsExactly("message.scheduled", "message.failed");
    JsonNode told =
        api.call(get("/v1/events?types=message.failed").key(own.inboxKey()))
            .result()
            .at("/events/0/data");
    assertThat(told.path("reason").asText()).isEqualTo(reason);
    assertThat(told.path("to").path(0).asText()).isEqualTo("a@example.com");
  }

  private List<String> events(String id) {
    return api.call(get("/v1/events?limit=100").key(own.inboxKey()))
        .result()
        .path("events")
        .valueStream()
        .filter(event -> event.path("message_id").asText().equals(id))
        .map(event -> event.path("type").asText())
        .toList();
  }

  private JsonNode read(String id) {
    return api.call(get("/v1/inboxes/" + own.inboxId() + "/messages/" + id).key(own.inboxKey()))
        .result();
  }

  private String status(String id) {
    return read(id).path("status").asText();
  }

  /** How many mails SES has taken. */
  private int left() {
    return ses.outbox.list(Optional.empty(), 100).size();
  }

  private Instant now() {
    return api.clock.instant();
  }
}
