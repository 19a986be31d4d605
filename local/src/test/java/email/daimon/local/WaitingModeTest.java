package email.daimon.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.store.Item;
import email.daimon.functions.store.MailCodes;
import email.daimon.functions.store.Span;
import email.daimon.functions.store.Table;
import email.daimon.local.testing.CodeMails;
import email.daimon.local.testing.LocalDaimon;
import email.daimon.policy.MessageFilter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waiting calls in the whole of local mode. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WaitingModeTest {
  private static final Logger LOG = LoggerFactory.getLogger(WaitingModeTest.class);
  private static final int ACCOUNTS = 50;
  private static final int CALLS = 1_000;
  private static final int HELD = 100;
  private static final int MEASURED = 200;
  private static final int MAILS = 10;
  private static final int CONSUMERS = 50;
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private final Agent agent = new Agent();
  private final HttpClient http = HttpClient.newHttpClient();
  private LocalDaimon daimon;

  @BeforeAll
  void start() {
    daimon = LocalDaimon.start();
  }

  @AfterAll
  void stop() {
    daimon.close();
  }

  @Test
  void aCallThatWaitsIsAnsweredWithin300MillisecondsOfTheCommit() throws Exception {
    JsonNode inbox = agent.open(daimon, "", "waited");
    String key = inbox.path("inbox_api_key").asText();
    String address = inbox.path("email").asText();
    String path = "/v1/inboxes/" + inbox.path("id").asText() + "/messages/wait?timeout=20&after=";
    String after = Instant.now().minusSeconds(1).toString();
    List<Long> mails = new ArrayList<>();
    List<Long> events = new ArrayList<>();
    String cursor = "now";
    for (int i = 0; i < MAILS; i++) {
      CompletableFuture<Instant> mailAt = new CompletableFuture<>();
      CompletableFuture<Instant> eventAt = new CompletableFuture<>();
      var mail = agent.begin(daimon, key, path + after);
      var event = agent.begin(daimon, key, "/v1/events?wait=20&cursor=" + cursor);
      mail.thenRun(() -> mailAt.complete(Instant.now()));
      event.thenRun(() -> eventAt.complete(Instant.now()));
      awaitHeld(2);
      byte[] written = MailCommand.written("ann@example.com", address, "Mail " + i, "Hello");
      MailCommand.send(daimon.smtpPort(), "ann@example.com", address, written);
      JsonNode found = Agent.body(mail.get());
      JsonNode page = Agent.body(event.get()).path("result");
      Instant stored = Instant.parse(found.at("/result/stored_at").asText());
      mails.add(Duration.between(stored, mailAt.get()).toMillis());
      events.add(Duration.between(stored, eventAt.get()).toMillis());
      after = found.path("next_after").asText();
      cursor = page.path("next_cursor").asText();
    }
    LOG.info("commit to answer, ms: mails {}, events {}", sorted(mails), sorted(events));
    assertThat(sorted(mails).get(MAILS / 2)).isLessThan(300);
    assertThat(sorted(events).get(MAILS / 2)).isLessThan(300);
  }

  @Test
  void aThousandWaitingCallsSlowNobodyAndThoseAboveTheCapsAnswerAtOnce() throws Exception {
    List<JsonNode> inboxes = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      inboxes.add(agent.open(daimon, "", "crowd-" + i));
    }
    JsonNode other = inboxes.getLast();
    long[] before = latencies(other);
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      JsonNode inbox = inboxes.get(i % ACCOUNTS);
      calls.add(
          agent.begin(
              daimon,
              inbox.path("account_api_key").asText(),
              "/v1/inboxes/" + inbox.path("id").asText() + "/messages/wait?timeout=5"));
    }
    awaitAnswers(calls, CALLS - HELD);
    long[] meanwhile = latencies(other);
    long held = calls.stream().filter(call -> !call.isDone()).count();
    CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get();
    long refused = 0;
    for (var call : calls) {
      JsonNode body = Agent.body(call.get());
      refused += body.path("retry_after").asInt() == 2 ? 1 : 0;
    }
    long[] after = latencies(other);
    LOG.info(
        "GET inbox, p50/p95 µs: {}/{} before, {}/{} beside {} held calls, {}/{} after; {} answered"
            + " at once",
        p50(before),
        p95(before),
        p50(meanwhile),
        p95(meanwhile),
        held,
        p50(after),
        p95(after),
        refused);
    assertThat(held).isBetween(1L, (long) HELD);
    assertThat(refused).isGreaterThanOrEqualTo(CALLS - HELD);
    assertThat(p50(meanwhile)).isLessThan(2 * Math.max(p50(before), p50(after)) + 5_000);
    assertThat(p95(meanwhile)).isLessThan(2 * Math.max(p95(before), p95(after)) + 50_000);
  }

  @Test
  void aCodeIsTakenOnceByHttpAndAConnectionThatIsCutLosesNothing() throws Exception {
    JsonNode inbox = agent.open(daimon, "", "coded");
    CodeMails mails = new CodeMails(daimon.wiring(), inbox.path("id").asText());
    String codes = "/v1/inboxes/" + inbox.path("id").asText() + "/codes";
    String key = inbox.path("inbox_api_key").asText();
    mails.bring("428173");
    String body = "{\"consumer\":\"cut\",\"from\":\"bank.example\"}";
    try (Socket socket = new Socket(daimon.apiUrl().getHost(), daimon.apiUrl().getPort())) {
      String request =
          "POST %s/wait HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(codes, key, body.length(), body);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      await().atMost(PATIENCE).until(() -> consumed(inbox.path("id").asText()) == 1);
    }
    HttpResponse<String> again = post(key, codes + "/wait", body).get();
    assertThat(Agent.body(again).at("/result/value").asText()).isEqualTo("428173");
    assertThat(again.headers().firstValue("Idempotent-Replayed")).hasValue("true");

    mails.bring("555000");
    String id = agent.get(daimon, key, codes + "?limit=1").at("/result/codes/0/id").asText();
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < CONSUMERS; i++) {
      calls.add(post(key, codes + "/" + id + "/consume", "{\"consumer\":\"c" + i + "\"}"));
    }
    List<Integer> answers = new ArrayList<>();
    for (var call : calls) {
      answers.add(call.get().statusCode());
    }
    assertThat(answers).containsOnlyOnce(200).containsOnly(200, 409);
  }

  private long consumed(String inboxId) {
    return daimon
        .wiring()
        .mailCodes()
        .page(new MailCodes.Request(inboxId, MessageFilter.DEFAULT, Span.ALL, false, 10))
        .mails()
        .stream()
        .flatMap(mail -> mail.consumed().stream())
        .filter(Optional::isPresent)
        .count();
  }

  private CompletableFuture<HttpResponse<String>> post(String key, String path, String body) {
    return http.sendAsync(
        HttpRequest.newBuilder(URI.create(daimon.apiUrl() + path))
            .header("Authorization", "Bearer " + key)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static long p50(long[] sorted) {
    return sorted[MEASURED / 2];
  }

  private static long p95(long[] sorted) {
    return sorted[MEASURED * 95 / 100];
  }

  private void awaitHeld(int calls) {
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(held()).isEqualTo(calls));
  }

  private long held() {
    Table work = daimon.wiring().work();
    return work
        .dynamoDb()
        .scan(scan -> scan.tableName(work.name()).consistentRead(true))
        .items()
        .stream()
        .map(Item::read)
        .filter(item -> item.text("pk").startsWith("HC#ALL#"))
        .mapToLong(item -> item.number("n"))
        .sum();
  }

  private static void awaitAnswers(List<? extends CompletableFuture<?>> calls, int count) {
    await()
        .atMost(PATIENCE)
        .until(() -> calls.stream().filter(CompletableFuture::isDone).count() >= count);
  }

  private static List<Long> sorted(List<Long> all) {
    return all.stream().sorted().toList();
  }

  private long[] latencies(JsonNode inbox) throws Exception {
    long[] microseconds = new long[MEASURED];
    String path = "/v1/inboxes/" + inbox.path("id").asText();
    for (int i = 0; i < MEASURED; i++) {
      long begun = System.nanoTime();
      agent.get(daimon, inbox.path("inbox_api_key").asText(), path);
      microseconds[i] = (System.nanoTime() - begun) / 1_000;
    }
    Arrays.sort(microseconds);
    return microseconds;
  }
}
