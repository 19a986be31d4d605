package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.store.Job;
import email.daimon.model.AttemptOutcome;
import email.daimon.model.DeliveryAttempt;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.Ids;
import email.daimon.model.WebhookDelivery;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class DeliveryRoutesTest {
  private final TestApi api = new TestApi(Map.of("DEFAULT_TIER", "developer"));
  private final Opened own = api.open("log-owner");
  private final String id = create();
  private final String path = "/v1/webhooks/" + id;
  private final Instant now = api.clock.instant().truncatedTo(ChronoUnit.MILLIS);

  @Test
  void aDeliveryShowsEachOfItsAttempts() {
    WebhookDelivery delivery = deliver("message.received", 1, DeliveryStatus.FAILED);

    Answer row = call(get(path + "/deliveries"));
    assertThat(row.result().path("deliveries").get(0).has("attempts")).isFalse();
    assertThat(row.result().path("deliveries").get(0).path("last_attempt").path("outcome").asText())
        .isEqualTo("http_error");
    Answer whole = call(get(path + "/deliveries/" + delivery.eventId()));
    assertThat(whole.result().path("attempts").toString())
        .isEqualTo(
            "[{\"number\":1,\"at\":\"%s\",\"outcome\":\"http_error\",\"status\":500,".formatted(now)
                + "\"latency_ms\":12,\"response\":\"oops\"}]");
    assertThat(whole.result().path("reason").asText()).isEqualTo("exhausted");
    assertThat(call(get(path + "/deliveries/evt_0000000000000000000000")).error())
        .isEqualTo("DELIVERY_NOT_FOUND");
    assertThat(call(get(path + "/deliveries/nonsense")).error()).isEqualTo("DELIVERY_NOT_FOUND");
  }

  @Test
  void theNewestFirstByStatusTypeAndTime() {
    WebhookDelivery a = deliver("message.received", 300, DeliveryStatus.DELIVERED);
    WebhookDelivery b = deliver("message.delivered", 200, DeliveryStatus.FAILED);
    WebhookDelivery c = deliver("message.received", 100, DeliveryStatus.PENDING);

    assertThat(ids(path + "/deliveries")).containsExactly(c.eventId(), b.eventId(), a.eventId());
    assertThat(ids(path + "/deliveries?status=failed")).containsExactly(b.eventId());
    assertThat(ids(path + "/deliveries?type=message.sent")).containsExactly(b.eventId());
    assertThat(ids(path + "/deliveries?type=message.delivered")).containsExactly(b.eventId());
    String since = now.minus(Duration.ofMinutes(250)).toString();
    String until = now.minus(Duration.ofMinutes(150)).toString();
    assertThat(ids(path + "/deliveries?since=" + since + "&until=" + until))
        .containsExactly(b.eventId());
    assertThat(call(get(path + "/deliveries?type=message.sennt")).json().toString())
        .contains("did you mean message.sent?");
    assertThat(call(get(path + "/deliveries?status=lost")).error()).isEqualTo("VALIDATION_ERROR");
  }

  @Test
  void pagesMissAndRepeatNothing() {
    List<String> all =
        IntStream.range(0, 25)
            .mapToObj(i -> deliver("message.received", 10 + 7 * i, DeliveryStatus.DELIVERED))
            .map(WebhookDelivery::eventId)
            .toList();
    for (int limit : List.of(1, 7, 100)) {
      assertThat(pages(path + "/deliveries?limit=" + limit)).isEqualTo(all);
      assertThat(pages(path + "/deliveries?status=delivered&limit=" + limit)).isEqualTo(all);
    }
    String cursor = call(get(path + "/deliveries?limit=1")).result().path("next_cursor").asText();
    assertThat(call(get(path + "/deliveries?status=failed&cursor=" + cursor)).error())
        .isEqualTo("VALIDATION_ERROR");
  }

  @Test
  void replayedItHasAnotherRoundUnderTheSameId() {
    WebhookDelivery delivery = deliver("message.received", 5, DeliveryStatus.FAILED);
    String one = path + "/deliveries/" + delivery.eventId();

    Answer again = call(post(one + "/replay").header("idempotency-key", "replay-1"));
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.result().path("round").asInt()).isEqualTo(1);
    assertThat(again.result().path("status").asText()).isEqualTo("pending");
    assertThat(call(post(one + "/replay").header("idempotency-key", "replay-1")).result())
        .isEqualTo(again.result());
    assertThat(call(post(one + "/replay")).error()).isEqualTo("DELIVERY_OPEN");
    assertThat(call(get(one)).result()).isEqualTo(again.result());
    assertThat(due()).anyMatch(body -> body.contains(delivery.eventId()));
  }

  @Test
  void aDisabledWebhookReplaysNothing() {
    WebhookDelivery delivery = deliver("message.received", 5, DeliveryStatus.FAILED);
    call(patch(path).body("{'status': 'disabled'}"));

    assertThat(call(post(path + "/deliveries/" + delivery.eventId() + "/replay")).error())
        .isEqualTo("WEBHOOK_DISABLED");
    assertThat(call(post(path + "/replay").body("{'since': '" + now + "'}")).error())
        .isEqualTo("WEBHOOK_DISABLED");
  }

  @Test
  void aReplayCountsFirst() {
    for (int minutes : List.of(10, 20, 30)) {
      deliver("message.received", minutes, DeliveryStatus.FAILED);
    }
    deliver("message.received", 15, DeliveryStatus.DELIVERED);
    String since = now.minus(Duration.ofMinutes(25)).toString();
    String body = "{'since': '%s', 'status': 'failed', 'dry_run': %s}";

    Answer counted = call(post(path + "/replay").body(body.formatted(since, true)));
    assertThat(counted.status()).isEqualTo(200);
    assertThat(counted.result().path("count").asInt()).isEqualTo(2);
    assertThat(counted.result().path("count_is_exact").asBoolean()).isTrue();
    assertThat(counted.result().path("job_id").isNull()).isTrue();
    assertThat(due()).noneMatch(one -> one.contains("replay_webhook"));
    Answer begun = call(post(path + "/replay").body(body.formatted(since, false)));
    assertThat(begun.status()).isEqualTo(202);
    Job job =
        due().stream()
            .filter(one -> one.contains("replay_webhook"))
            .map(Job::parse)
            .findFirst()
            .orElseThrow();
    assertThat(job.id()).isEqualTo(begun.result().path("job_id").asText());
    assertThat(job.webhookId()).isEqualTo(id);
  }

  @Test
  void whatIsWrongWithAReplayIsNamed() {
    String month = now.minus(Duration.ofDays(31)).toString();
    for (String body :
        List.of(
            "{}",
            "{'since': 'yesterday'}",
            "{'since': '" + month + "'}",
            "{'since': '" + now.plusSeconds(60) + "'}",
            "{'since': '" + now + "', 'until': '" + now.minusSeconds(60) + "'}",
            "{'since': '" + now + "', 'events': ['thread.updated']}",
            "{'since': '" + now + "', 'status': 'pending'}")) {
      assertThat(call(post(path + "/replay").body(body)).error())
          .as(body)
          .isEqualTo("VALIDATION_ERROR");
    }
    assertThat(call(patch(path).body("{'replay_since': '" + now + "'}")).error())
        .isEqualTo("VALIDATION_ERROR");
  }

  @Test
  void activeAgainItMayBeToldWhatItMissed() {
    call(patch(path).body("{'status': 'disabled'}"));
    Answer active = call(patch(path).body("{'status': 'active', 'replay_since': '" + now + "'}"));

    assertThat(active.status()).isEqualTo(200);
    assertThat(due())
        .anyMatch(one -> one.contains("replay_webhook") && one.contains("UNDELIVERED"));
  }

  @Test
  void anotherAccountReachesNoneOfIt() {
    WebhookDelivery delivery = deliver("message.received", 5, DeliveryStatus.FAILED);
    Opened other = api.open("log-other");
    for (Call call :
        List.of(
            get(path + "/deliveries"),
            get(path + "/deliveries/" + delivery.eventId()),
            post(path + "/deliveries/" + delivery.eventId() + "/replay"),
            post(path + "/replay").body("{'since': '" + now + "'}"))) {
      assertThat(api.call(call.key(other.accountKey())).error()).isEqualTo("WEBHOOK_NOT_FOUND");
    }
  }

  private String create() {
    return api.call(
            post("/v1/webhooks")
                .key(own.accountKey())
                .body("{'url': 'https://hooks.example.com/x', 'events': ['message.received']}"))
        .result()
        .path("id")
        .asText();
  }

  private Answer call(Call call) {
    return api.call(call.key(own.accountKey()));
  }

  private List<String> ids(String target) {
    return call(get(target))
        .result()
        .path("deliveries")
        .valueStream()
        .map(delivery -> delivery.path("id").asText())
        .toList();
  }

  private List<String> pages(String target) {
    List<String> ids = new ArrayList<>();
    String cursor = "";
    do {
      JsonNode page = call(get(target + cursor)).result();
      page.path("deliveries").forEach(delivery -> ids.add(delivery.path("id").asText()));
      cursor =
          page.path("has_more").asBoolean() ? "&cursor=" + page.path("next_cursor").asText() : "";
    } while (!cursor.isEmpty());
    return ids;
  }

  private List<String> due() {
    long minute = api.clock.instant().getEpochSecond() / 60;
    return IntStream.range(0, 4)
        .mapToObj(i -> api.wiring.dueIndex().dueIn(minute + i))
        .flatMap(List::stream)
        .map(entry -> entry.body())
        .toList();
  }

  private WebhookDelivery deliver(String type, int minutesAgo, DeliveryStatus status) {
    Instant at = now.minus(Duration.ofMinutes(minutesAgo));
    boolean failed = status == DeliveryStatus.FAILED;
    return api.wiring
        .hooks()
        .deliveries()
        .plan(
            new WebhookDelivery(
                id,
                Ids.deterministicAt("evt", at, id),
                type,
                Optional.of(own.inboxId()),
                Optional.empty(),
                status,
                0,
                failed ? 1 : 0,
                failed
                    ? List.of(
                        new DeliveryAttempt(
                            1, now, AttemptOutcome.HTTP_ERROR, 500, Duration.ofMillis(12), "oops"))
                    : List.of(),
                Optional.empty(),
                failed ? Optional.of("exhausted") : Optional.empty(),
                at,
                1));
  }
}
