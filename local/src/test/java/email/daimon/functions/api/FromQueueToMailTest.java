package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.patch;
import static email.daimon.functions.api.TestApi.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.Wiring;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.jobs.JobsHandler;
import email.daimon.functions.send.SendHandler;
import email.daimon.functions.store.Jobs;
import email.daimon.functions.sweep.SweepHandler;
import email.daimon.functions.testing.RecordingSqs;
import email.daimon.functions.testing.TimeLeft;
import email.daimon.local.ses.LocalSes;
import email.daimon.model.Event;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/** The worker's own handler, given what the sweep puts into the queue: mails, drafts, objects. */
final class FromQueueToMailTest {
  @TempDir private Path folder;
  private final TestApi api =
      new TestApi(
          Map.of("DEFAULT_TIER", "developer", "SES_CONFIGURATION_SET", LocalSes.CONFIGURATION_SET));
  private final RecordingSqs queue = new RecordingSqs();
  private LocalSes ses;
  private Wiring wiring;

  @BeforeEach
  void wire() {
    ses = new LocalSes(folder, "from-queue-to-mail", api.clock);
    wiring = api.wired(clients -> clients.withSqs(queue.client()).withSes(ses.client));
    sweep();
  }

  @Test
  void aDraftGoesOnceWhenItsTimeHasComeThoughItsMessageComesTwice() {
    Opened own = api.open("queue-draft");
    String at = api.clock.instant().plus(Duration.ofMinutes(10)).toString();
    Answer made = draft(own, "'send_at': '" + at + "', 'text': 'Good morning'");
    sweep();
    assertThat(mails()).isEmpty();
    api.clock.advance(Duration.ofMinutes(11));
    sweep();
    List<SendMessageRequest> jobs = mails();
    assertThat(jobs).hasSize(1);
    send();
    jobs.forEach(job -> queue.sent().add(job));
    send();
    assertThat(outbox()).isEqualTo(1);
    JsonNode sent =
        api.call(
                get("/v1/inboxes/" + own.inboxId() + "/messages?direction=outbound")
                    .key(own.inboxKey()))
            .result()
            .path("messages");
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0).path("accepted_at").isNull()).isFalse();
    assertThat(
            api.call(post(path(own, "drafts", made) + "/send").key(own.inboxKey()).body("{}"))
                .json()
                .path("message_id"))
        .isEqualTo(sent.get(0).path("id"));
  }

  @Test
  void theRawMailIsWhatWasHandedOn() throws Exception {
    Opened own = api.open("queue-raw");
    Answer made =
        api.call(
            post("/v1/inboxes/" + own.inboxId() + "/send")
                .key(own.inboxKey())
                .body(
                    "{'to': 'ann@example.com', 'bcc': 'hidden@example.com', 'subject': 'Grüße',"
                        + " 'text': 'Hello'}"));
    String raw = path(own, "messages", made) + "/raw";
    assertThat(api.call(get(raw).key(own.inboxKey())).status()).isEqualTo(404);
    api.clock.advance(Duration.ofMinutes(3));
    sweep();
    send();
    JsonNode link = api.call(get(raw).key(own.inboxKey())).result();
    byte[] kept =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(link.path("url").asText())).build(),
                BodyHandlers.ofByteArray())
            .body();
    byte[] left = ses.outbox.raw(onlyInOutbox()).orElseThrow();
    assertThat(link.path("size").asInt()).isEqualTo(kept.length);
    assertThat(lines(kept)).isEqualTo(lines(left)).doesNotContain("hidden@example.com");
  }

  @Test
  void objectsOfADraftGoWithTheirRevision() {
    Opened own = api.open("queue-novel");
    String long1 = text(1);
    Answer made = draft(own, "'text': '" + long1 + "', 'attachments': [" + file("a.txt") + "]");
    String id = made.result().path("id").asText();
    assertThat(objects("parsed/" + own.inboxId())).hasSize(1);
    assertThat(objects("attachments/" + id)).hasSize(1);
    Answer changed =
        api.call(
            patch(path(own, "drafts", made))
                .key(own.inboxKey())
                .body("{'text': '" + text(2) + "', 'attachments': [" + file("b.txt") + "]}"));
    assertThat(changed.status()).as(changed.body()).isEqualTo(200);
    assertThat(objects("parsed/" + own.inboxId())).hasSize(1);
    assertThat(objects("attachments/" + id)).singleElement().asString().endsWith("b.txt");
    api.call(delete(path(own, "drafts", made)).key(own.inboxKey()));
    assertThat(objects("parsed/" + own.inboxId())).isEmpty();
    assertThat(objects("attachments/" + id)).isEmpty();
    Answer other = draft(own, "'text': 'x', 'attachments': [" + file("c.txt") + "]");
    Answer sent =
        api.call(post(path(own, "drafts", other) + "/send").key(own.inboxKey()).body("{}"));
    assertThat(objects("attachments/" + other.result().path("id").asText())).isEmpty();
    assertThat(objects("attachments/" + sent.result().path("message_id").asText())).hasSize(1);
  }

  @Test
  void whatADeletedInboxWasToSendIsTakenBack() {
    Opened own = api.open("queue-gone");
    Opened other =
        new Opened(
            api.call(post("/v1/inboxes").key(own.accountKey()).body("{'username': 'queue-stays'}"))
                .result()
                .path("id")
                .asText(),
            own.accountKey(),
            "");
    String at = api.clock.instant().plus(Duration.ofHours(1)).toString();
    draft(own, "'send_at': '" + at + "', 'text': 'x'");
    api.call(
        post("/v1/inboxes/" + own.inboxId() + "/send")
            .key(own.inboxKey())
            .body("{'to': 'a@e.com', 'subject': 's', 'text': 'x', 'send_at': '" + at + "'}"));
    api.call(
        post("/v1/inboxes/" + other.inboxId() + "/send")
            .key(own.accountKey())
            .body("{'to': 'a@e.com', 'subject': 's', 'text': 'x', 'send_at': '" + at + "'}"));
    String account = api.accountId(own);
    api.call(delete("/v1/inboxes/" + own.inboxId()).key(own.accountKey()));
    api.clock.advance(Duration.ofMinutes(3));
    sweep();
    work();
    assertThat(api.wiring.drafts().list(own.inboxId(), "", 10).drafts()).isEmpty();
    assertThat(TestTables.events(api, account))
        .filteredOn(event -> event.inboxId().equals(Optional.of(own.inboxId())))
        .extracting(Event::type)
        .contains("message.cancelled");
    api.clock.advance(Duration.ofHours(2));
    sweep();
    send();
    assertThat(outbox()).as("of the inbox that stays").isEqualTo(1);
  }

  private void sweep() {
    new SweepHandler(wiring).handleRequest(new ScheduledEvent(), TimeLeft.of(Duration.ZERO));
  }

  private void send() {
    handle(
        "SEND", event -> new SendHandler(wiring).handleRequest(event, null).getBatchItemFailures());
  }

  private void work() {
    for (int round = 0; round < 5; round++) {
      handle(
          Jobs.QUEUE,
          event ->
              new JobsHandler(wiring)
                  .handleRequest(event, TimeLeft.of(Duration.ofMinutes(1)))
                  .getBatchItemFailures());
    }
  }

  private void handle(String role, java.util.function.Function<SQSEvent, List<?>> handler) {
    String url = wiring.settings().queueUrl(role);
    var messages = queue.sent().stream().filter(one -> one.queueUrl().equals(url)).toList();
    queue.clear();
    for (var message : messages) {
      assertThat(handler.apply(RecordingSqs.event(message))).isEmpty();
    }
  }

  // The sweep also begins what is due each hour.
  private List<SendMessageRequest> mails() {
    String url = wiring.settings().queueUrl("SEND");
    return queue.sent().stream().filter(one -> one.queueUrl().equals(url)).toList();
  }

  private int outbox() {
    return ses.outbox.list(Optional.empty(), 100).size();
  }

  private String onlyInOutbox() {
    return ses.outbox.list(Optional.empty(), 2).getFirst().id();
  }

  private Answer draft(Opened own, String fields) {
    Answer made =
        api.call(
            post("/v1/inboxes/" + own.inboxId() + "/drafts")
                .key(own.accountKey())
                .body("{'to': 'a@example.com', 'subject': 's', " + fields + "}"));
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    return made;
  }

  private List<String> objects(String prefix) {
    return wiring
        .clients()
        .s3()
        .listObjectsV2(list -> list.bucket(wiring.settings().bucket()).prefix(prefix))
        .contents()
        .stream()
        .map(S3Object::key)
        .toList();
  }

  private static String file(String name) {
    return "{'filename': '" + name + "', 'content_type': 'text/plain', 'data': 'aGVsbG8='}";
  }

  private static String text(int seed) {
    Random random = new Random(seed);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      text.append(Integer.toHexString(random.nextInt())).append(' ');
    }
    return text.toString();
  }

  private static String path(Opened own, String kind, Answer made) {
    return "/v1/inboxes/" + own.inboxId() + "/" + kind + "/" + made.result().path("id").asText();
  }

  // SES puts in a Message-ID and a Date of its own.
  private static String lines(byte[] mail) {
    return Arrays.stream(new String(mail, UTF_8).split("\r\n"))
        .filter(line -> !line.startsWith("Message-ID:") && !line.startsWith("Date:"))
        .collect(Collectors.joining("\n"));
  }
}
