package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Call;
import email.daimon.functions.api.TestApi.Opened;
import email.daimon.functions.store.Sends;
import email.daimon.model.Message;
import email.daimon.model.MessageKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** {@code POST /v1/inboxes/{id}/send}: what is taken, what is refused, what is stored. */
final class SendRoutesTest {
  private final TestApi api = new TestApi(Map.of("DEFAULT_TIER", "developer"));

  @Test
  void theSecondSeedsSampleIsTaken() {
    Opened own = api.open("seed-sender");
    Answer answer =
        api.call(
            send(own)
                .body(
                    "{'to': 'recipient@company.com', 'subject': 'Your support ticket is resolved',"
                        + "'text': 'Hi, I found a solution to your issue...',"
                        + "'html': '<p>Hi, I found a solution to your issue...</p>',"
                        + "'attachments': [{'filename': 'solution.pdf',"
                        + "'content_type': 'application/pdf', 'data': 'JVBERi0='}]}"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    JsonNode result = answer.result();
    assertThat(result.path("message_id")).isEqualTo(result.path("id"));
    assertThat(result.path("status").asText()).isEqualTo("queued");
    assertThat(result.path("recipients").get(0).path("status").asText()).isEqualTo("pending");
    Answer message = read(own, result);
    assertThat(message.result().path("direction").asText()).isEqualTo("outbound");
    assertThat(message.result().path("read").asBoolean()).isTrue();
    assertThat(message.result().path("from").asText()).isEqualTo("seed-sender@daimon.email");
    assertThat(message.result().path("text_body").asText()).startsWith("Hi, I found");
    assertThat(message.result().path("attachments").get(0).path("filename").asText())
        .isEqualTo("solution.pdf");
    String file = message.result().path("attachments").get(0).path("id").asText();
    Answer link =
        api.call(
            get("/v1/inboxes/" + own.inboxId() + "/messages/" + id(result) + "/attachments/" + file)
                .key(own.inboxKey()));
    assertThat(link.result().path("size").asInt()).isEqualTo(5);
    Answer list = api.call(get("/v1/inboxes/" + own.inboxId() + "/messages").key(own.inboxKey()));
    assertThat(list.result().path("messages")).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> everyAliasIsTaken() {
    Opened own = api.open("alias-sender");
    return Stream.of(
            "'to': ['a@example.com', 'B <b@example.com>'], 'body': 'x'",
            "'to': {'email': 'a@example.com', 'name': 'A'}, 'body_text': 'x'",
            "'to': [{'email': 'a@example.com'}, {'address': 'b@example.com', 'name': null}],"
                + " 'text_body': 'x', 'body': 'x'",
            "'to': 'a@example.com', 'html': '<p>only</p>'",
            "'to': 'a@example.com', 'html_body': '<p>only</p>', 'cc': 'c@example.com'",
            "'to': 'a@example.com', 'body_html': '<p>only</p>', 'bcc': ['d@example.com']",
            "'to': 'a@example.com', 'text': 'x', 'reply_to': 'Desk <desk@example.com>',"
                + " 'headers': {'X-Case': '7', 'Importance': 'high'}",
            "'to': 'a@b\u00fccher.example', 'text': 'x', 'references': ['<r@example.com>']",
            "'to': 'a@example.com', 'text': 'x', 'in_reply_to': 'never-seen@example.com'",
            "'to': 'a@example.com', 'text': 'x', 'send_at': '2020-01-01T00:00:00Z'",
            "'to': 'a@example.com', 'text': 'x', 'on_quota': 'wait', 'allow_automatic': true")
        .map(fields ->
            DynamicTest.dynamicTest(
                fields,
                () -> {
                  Answer answer = api.call(send(own).body("{'subject': 's', " + fields + "}"));
                  assertThat(answer.status()).as(answer.body()).isEqualTo(202);
                  assertThat(answer.result().path("status").asText()).isEqualTo("queued");
                  JsonNode message = read(own, answer.result()).result();
                  assertThat(message.path("text_body").asText()).isIn("x", "only");
                }));
  }

  @TestFactory
  Stream<DynamicTest> whatIsWrongIsNamed() {
    Opened own = api.open("wrong-sender");
    String many =
        String.join(
            ",", Stream.iterate(0, i -> i + 1).limit(51).map(i -> "'r" + i + "@e.com'").toList());
    return Stream.of(
            List.of("'text': 'x'", "to"),
            List.of("'to': [], 'text': 'x'", "to"),
            List.of("'to': 'a@example.com, b@example.com', 'text': 'x'", "array"),
            List.of("'to': 'nobody', 'text': 'x'", "to"),
            List.of("'to': 7, 'text': 'x'", "to"),
            List.of("'to': {'email': 'a@e.com', 'mail': 'x'}, 'text': 'x'", "to"),
            List.of("'to': 'a@example.com'", "text"),
            List.of("'to': 'a@example.com', 'text': 'x', 'body': 'y'", "disagrees"),
            List.of("'to': 'a@example.com', 'html': '<p>', 'html_body': '<b>'", "disagrees"),
            List.of("'to': [" + many + "], 'text': 'x'", "50"),
            List.of("'to': 'a@example.com', 'text': 'x', 'nonsense': 1", "nonsense"),
            List.of("'to': 'a@example.com', 'text': 'x', 'send_at': 'soon'", "send_at"),
            List.of(
                "'to': 'a@example.com', 'text': 'x', 'send_at': '2199-01-01T00:00:00Z'", "year"),
            List.of("'to': 'a@example.com', 'text': 'x', 'unless_replied': true", "send_at"),
            List.of("'to': 'a@example.com', 'text': 'x', 'on_quota': 'drop'", "on_quota"),
            List.of("'to': 'a@example.com', 'text': 'x', 'client_id': 'a b'", "client_id"),
            List.of("'to': 'a@example.com', 'text': 'x', 'in_reply_to': ''", "in_reply_to"),
            List.of("'to': 'a@example.com', 'text': 'x', 'headers': {'From': 'x'}", "headers"),
            List.of("'to': 'a@example.com', 'text': 'x', 'headers': {'X-SES-A': 'x'}", "headers"),
            List.of(
                "'to': 'a@example.com', 'text': 'x', 'attachments': [{'filename': 'a', 'data': '*'}]",
                "base64"),
            List.of(
                "'to': 'a@example.com', 'text': 'x', 'attachments': [{'filename': 'a'}]",
                "attachments[0].data"),
            List.of(
                "'to': 'a@example.com', 'text': 'x', 'attachments':"
                    + " [{'filename': 'a', 'data': '', 'inline': true}]",
                "content_id"),
            List.of(
                "'to': 'a@example.com', 'text': 'x', 'attachments': [{'upload_id': 'upl_x'}]",
                "upload_id"))
        .map(one ->
            DynamicTest.dynamicTest(
                one.getFirst(),
                () -> {
                  Answer answer =
                      api.call(send(own).body("{'subject': 's', " + one.getFirst() + "}"));
                  assertThat(answer.status()).as(answer.body()).isEqualTo(400);
                  assertThat(answer.body()).contains(one.getLast());
                }));
  }

  @TestFactory
  Stream<DynamicTest> noLineEndGetsIntoAHeader() {
    Opened own = api.open("inject-sender");
    return Stream.of(
            "'to': 'a@example.com', 'subject': 'x\\r\\nBcc: v@example.com'",
            "'to': 'a@example.com', 'subject': 'x\\nBcc: v@example.com'",
            "'to': 'a@example.com\\r\\nBcc: v@example.com', 'subject': 's'",
            "'to': {'email': 'a@example.com', 'name': 'A\\r\\nBcc: v@example.com'}, 'subject': 's'",
            "'to': 'a@example.com', 'cc': ['c@example.com\\u0000'], 'subject': 's'",
            "'to': 'a@example.com', 'reply_to': 'A\\nB <c@example.com>', 'subject': 's'",
            "'to': 'a@example.com', 'subject': 's', 'headers': {'X-A': 'b\\r\\nBcc: v@example.com'}",
            "'to': 'a@example.com', 'subject': 's', 'headers': {'X-A\\r\\nBcc': 'v@example.com'}",
            "'to': 'a@example.com', 'subject': 's', 'in_reply_to': '<a@b>\\r\\nBcc: v@example.com'",
            "'to': 'a@example.com', 'subject': 's', 'references': ['<a@b>\\r\\nBcc: v@example.com']",
            "'to': 'a@example.com', 'subject': 's', 'attachments':"
                + " [{'filename': 'a\\r\\nX: y.txt', 'data': ''}]",
            "'to': 'a@example.com', 'subject': 's', 'attachments':"
                + " [{'filename': 'a', 'data': '', 'content_type': 'text/plain\\r\\nX: y'}]",
            "'to': 'a@example.com', 'subject': 's', 'attachments':"
                + " [{'filename': 'a', 'data': '', 'content_id': 'c\\r\\nX: y'}]")
        .map(fields ->
            DynamicTest.dynamicTest(
                fields,
                () -> {
                  Answer answer = api.call(send(own).body("{'text': 'x', " + fields + "}"));
                  assertThat(answer.status()).as(answer.body()).isEqualTo(400);
                }));
  }

  @Test
  void refusalsWithACodeOfTheirOwn() {
    Opened own = api.open("coded-sender");
    assertThat(
            api.call(
                    send(own)
                        .body("{'to': 'j\u00fcrgen@example.com', 'subject': 's', 'text': 'x'}"))
                .error())
        .isEqualTo("RECIPIENT_NEEDS_SMTPUTF8");
    assertThat(
            api.call(
                    send(own)
                        .body(
                            "{'to': 'a@example.com', 'subject': 's', 'text': 'x', 'attachments':"
                                + " [{'filename': 'run.exe', 'data': ''}]}"))
                .error())
        .isEqualTo("ATTACHMENT_TYPE_REFUSED");
    assertThat(
            api.call(
                    send(own)
                        .body(
                            "{'to': 'a@example.com', 'subject': 's', 'text': 'x',"
                                + " 'thread_id': 'thread_never'}"))
                .error())
        .isEqualTo("THREAD_NOT_FOUND");
    assertThat(
            api.call(
                    send(own)
                        .body(
                            "{'to': 'a@example.com', 'subject': 's', 'text': 'x',"
                                + " 'in_reply_to': 'msg_never'}"))
                .error())
        .isEqualTo("MESSAGE_NOT_FOUND");
  }

  @Test
  void aRecipientNamedTwiceCountsOnceAndBccIsKeptForTheSender() {
    Opened own = api.open("twice-sender");
    Answer answer =
        api.call(
            send(own)
                .body(
                    "{'to': ['A@example.com', 'a@EXAMPLE.com'], 'cc': 'a@example.com',"
                        + " 'bcc': 'hidden@example.com', 'subject': 's', 'text': 'x'}"));
    assertThat(answer.result().path("recipients")).hasSize(2);
    JsonNode message = read(own, answer.result()).result();
    assertThat(message.path("bcc").get(0).asText()).isEqualTo("hidden@example.com");
    assertThat(message.path("recipients_details").toString()).doesNotContain("hidden");
    JsonNode account = api.call(get("/v1/account").key(own.accountKey())).result();
    assertThat(account.path("limits").path("current_sends_today").asInt()).isEqualTo(2);
  }

  @Test
  void aLongTextIsKeptWhole() {
    Opened own = api.open("long-sender");
    String text = "word ".repeat(150_000);
    Answer answer =
        api.call(send(own).body("{'to': 'a@example.com', 'subject': 's', 'text': '" + text + "'}"));
    assertThat(answer.status()).isEqualTo(202);
    JsonNode message = read(own, answer.result()).result();
    assertThat(message.path("text_body_truncated").asBoolean()).isTrue();
    assertThat(message.path("text_body_url").asText()).contains(id(answer.result()));
    var documents = api.wiring.documents();
    var found = documents.find(own.inboxId(), id(answer.result())).orElseThrow();
    assertThat(documents.uncut(found).textBody()).isEqualTo(text);
  }

  @Test
  void fiftyAtOnceWithOneKeyMakeOneMail() throws ExecutionException, InterruptedException {
    Opened own = api.open("fifty-sender");
    Call call =
        send(own)
            .header("idempotency-key", "k1")
            .body("{'to': 'a@example.com', 'subject': 's', 'text': 'x'}");
    List<Future<Answer>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        running.add(threads.submit(() -> api.call(call)));
      }
    }
    int made = 0;
    for (Future<Answer> each : running) {
      assertThat(each.get().status()).as(each.get().body()).isIn(200, 202, 409);
      made += each.get().status() == 202 ? 1 : 0;
    }
    assertThat(made).isEqualTo(1);
    assertThat(outbound(own)).isEqualTo(1);
    Answer other = api.call(call.body("{'to': 'a@example.com', 'subject': 'z', 'text': 'x'}"));
    assertThat(other.status()).isEqualTo(422);
    assertThat(other.json().path("message").asText()).contains("subject");
  }

  @Test
  void aClientIdIsGoodForEverAndForOneInbox() throws ExecutionException, InterruptedException {
    Opened own = api.open("client-sender");
    String body = "{'to': 'a@example.com', 'subject': 's', 'text': 'x', 'client_id': 'once'}";
    List<Future<Answer>> running = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20; i++) {
        running.add(threads.submit(() -> api.call(send(own).body(body))));
      }
    }
    for (Future<Answer> each : running) {
      assertThat(each.get().status()).as(each.get().body()).isIn(200, 202);
    }
    assertThat(outbound(own)).isEqualTo(1);
    api.clock.advance(java.time.Duration.ofDays(400));
    Answer again = api.call(send(own).body(body));
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.result().path("replayed").asBoolean()).isTrue();
    Answer other = api.call(send(own).body(body.replace("'s'", "'z'")));
    assertThat(other.error()).isEqualTo("CLIENT_ID_REUSED");
    assertThat(other.json().path("message").asText()).contains("subject");
    Answer second =
        api.call(post("/v1/inboxes").key(own.accountKey()).body("{'username': 'client-two'}"));
    Answer elsewhere =
        api.call(
            post("/v1/inboxes/" + second.result().path("id").asText() + "/send")
                .key(own.accountKey())
                .body(body));
    assertThat(elsewhere.status()).isEqualTo(202);
    assertThat(id(elsewhere.result())).isNotEqualTo(id(again.result()));
  }

  @Test
  void whatWas402IsSentAfterAnUpgradeByTheSameCall() {
    TestApi free = new TestApi();
    Opened own = free.open("poor-sender");
    Call call =
        post("/v1/inboxes/" + own.inboxId() + "/send")
            .key(own.inboxKey())
            .header("idempotency-key", "k1")
            .body("{'to': 'a@example.com', 'subject': 's', 'text': 'x', 'client_id': 'c'}");
    Answer refused = free.call(call);
    assertThat(refused.error()).isEqualTo("SEND_REQUIRES_PAID");
    assertThat(refused.json().path("upgrade_context").path("operator_action_label").asText())
        .isEqualTo("Add a payment method to enable sending");
    String account =
        free.call(get("/v1/account").key(own.accountKey())).result().path("id").asText();
    TestTables.setAccount(free, account, "tier", "DEVELOPER");
    free.clock.advance(java.time.Duration.ofSeconds(1));
    assertThat(free.call(call).status()).isEqualTo(202);
    assertThat(free.call(call).status()).isEqualTo(200);
  }

  @Test
  void theSameMailLeavesFromTheRowThatWasStored() {
    Opened own = api.open("row-sender");
    byte[] bytes = {1, 2, 3};
    Answer answer =
        api.call(
            send(own)
                .body(
                    "{'to': 'Ann <a@example.com>', 'subject': 's', 'html': '<b>hi</b><img"
                        + " src=cid:pic>', 'headers': {'X-A': 'b'}, 'attachments': [{'filename':"
                        + " 'p.png', 'content_type': 'image/png', 'inline': true, 'content_id':"
                        + " '<pic>', 'data': '"
                        + Base64.getEncoder().encodeToString(bytes)
                        + "'}]}"));
    Message message = message(own, answer.result());
    assertThat(message.outgoing().orElseThrow().sender().headers()).containsEntry("X-A", "b");
    assertThat(message.outgoing().orElseThrow().recipients().getFirst().name()).isEqualTo("Ann");
    assertThat(message.attachments().getFirst().inline()).isTrue();
    assertThat(message.attachments().getFirst().contentId()).contains("pic");
    assertThat(message.messageId()).isEqualTo("<" + message.id() + "@daimon.email>");
  }

  @Test
  void withoutATransportMailsWait() {
    TestApi none = new TestApi(Map.of("DEFAULT_TIER", "developer", "MAIL_TRANSPORT", "none"));
    Opened own = none.open("parked-sender");
    Answer answer =
        none.call(
            post("/v1/inboxes/" + own.inboxId() + "/send")
                .key(own.inboxKey())
                .body("{'to': 'a@example.com', 'subject': 's', 'text': 'x'}"));
    assertThat(answer.result().path("status").asText()).isEqualTo("queued");
    MessageKey key = key(answer.result());
    assertThat(
            none.wiring
                .sends()
                .find(own.inboxId(), key)
                .orElseThrow()
                .outgoing()
                .orElseThrow()
                .due())
        .isEqualTo(Sends.PARKED);
  }

  private int outbound(Opened own) {
    return api.call(
            get("/v1/inboxes/" + own.inboxId() + "/messages?direction=outbound")
                .key(own.inboxKey()))
        .result()
        .path("messages")
        .size();
  }

  private Message message(Opened own, JsonNode result) {
    return api.wiring.sends().find(own.inboxId(), key(result)).orElseThrow();
  }

  private static MessageKey key(JsonNode result) {
    long time = java.time.Instant.parse(result.path("created_at").asText()).toEpochMilli();
    return new MessageKey(time, id(result));
  }

  private Answer read(Opened own, JsonNode result) {
    return api.call(
        get("/v1/inboxes/" + own.inboxId() + "/messages/" + id(result)).key(own.inboxKey()));
  }

  private static String id(JsonNode result) {
    return result.path("id").asText();
  }

  private static Call send(Opened own) {
    return post("/v1/inboxes/" + own.inboxId() + "/send").key(own.inboxKey());
  }
}
