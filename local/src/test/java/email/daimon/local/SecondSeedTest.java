package email.daimon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import email.daimon.local.PlainHttp.Answer;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Every sample of the second seed ("Sending and receiving"), in its order, its calls of a client as
 * plain HTTP: the fields and states that it documents.
 */
final class SecondSeedTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TICKET =
      "'to': 'recipient@company.com', 'subject': 'Your support ticket is resolved',"
          + " 'text': 'Hi, I found a solution to your issue...',"
          + " 'html': '<p>Hi, I found a solution to your issue...</p>'";
  private final LocalDaimon daimon = LocalDaimon.start(LocalSettings.ephemeral());
  private final PlainHttp api = new PlainHttp(daimon);
  private final Queue<JsonNode> told = new ConcurrentLinkedQueue<>();
  private final Map<String, JsonNode> handled = new ConcurrentHashMap<>();
  private final HttpServer agent;
  private String inbox = "";

  SecondSeedTest() throws IOException {
    agent = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    agent.createContext("/webhooks/daimon", this::webhook);
    agent.start();
  }

  @AfterEach
  void stop() {
    agent.stop(0);
    daimon.close();
  }

  @Test
  void itsSamplesGiveTheFieldsAndStatesThatItDocuments() {
    open();
    sendingOnTheFreeTier();
    assertThat(call("POST", "/v1/account/upgrade", "{'payment_method': 'pm_card_visa'}").status())
        .isEqualTo(200);
    JsonNode received = anEmailIsToldAndAnsweredByTheHandler();
    polling(received);
    sending(received.path("thread_id").asText());
    replying(received);
    outcomesAreTold();
    limits();
  }

  private void open() {
    JsonNode made = call("POST", "/v1/inboxes", "{'username': 'agent-abc123'}").result();
    inbox = made.path("id").asText();
    api.use(made.path("account_api_key").asText());
    assertThat(made.path("email").asText()).isEqualTo("agent-abc123@daimon.email");
  }

  // Step 2, the check of the capability.
  private void sendingOnTheFreeTier() {
    Answer answer = send("{" + TICKET + "}");
    assertThat(answer.status()).isEqualTo(402);
    assertThat(answer.json().path("error").asText()).isEqualTo("SEND_REQUIRES_PAID");
    assertThat(names(answer.json().path("upgrade_context")))
        .contains("operator_action_url", "operator_action_label", "agent_script");
  }

  // Step 5: the event of a mail, and the handler that sends in its thread.
  private JsonNode anEmailIsToldAndAnsweredByTheHandler() {
    hook("['message.received']");
    hook("['message.queued', 'message.sent', 'message.failed', 'message.bounced']");
    api.raw(
        "/dev/inbound?from=customer@company.com&rcpt=agent-abc123@daimon.email",
        """
        From: Customer <customer@company.com>
        To: agent-abc123@daimon.email
        Subject: Question about pricing
        Message-ID: <question@company.com>

        Hi, I'm interested in your product: https://yoursite.com/pricing
        """);
    JsonNode event = event("message.received");
    assertThat(names(event)).contains("type", "timestamp", "data");
    assertThat(Instant.parse(event.path("timestamp").asText())).isNotNull();
    JsonNode data = event.path("data");
    assertThat(data.path("message_id").asText()).startsWith("msg_");
    assertThat(data.path("inbox_id").asText()).isEqualTo(inbox);
    assertThat(data.path("thread_id").asText()).startsWith("thread_");
    assertThat(data.path("from").asText()).isEqualTo("customer@company.com");
    assertThat(data.path("to")).hasToString("[\"agent-abc123@daimon.email\"]");
    assertThat(data.path("subject").asText()).isEqualTo("Question about pricing");
    assertThat(data.path("text_body").asText()).startsWith("Hi, I'm interested");
    assertThat(data.path("reply_body").asText()).startsWith("Hi, I'm interested");
    assertThat(data.path("links")).hasToString("[\"https://yoursite.com/pricing\"]");
    assertThat(data.path("cta_links")).hasToString("[]");
    assertThat(Instant.parse(data.path("received_at").asText())).isNotNull();

    await().atMost(PATIENCE).until(() -> handled.containsKey(data.path("message_id").asText()));
    JsonNode answered = handled.get(data.path("message_id").asText());
    assertThat(answered.path("status").asText()).as(answered.toString()).isEqualTo("queued");
    assertThat(answered.path("thread_id")).isEqualTo(data.path("thread_id"));
    JsonNode sent = event("message.sent");
    assertThat(sent.at("/data/message_id")).isEqualTo(answered.path("message_id"));
    assertThat(left("Re: Question about pricing"))
        .contains("In-Reply-To: <question@company.com>")
        .contains("<question@company.com>\r\n");
    return data;
  }

  /** The sample's handler: it sends before it answers. */
  private void webhook(HttpExchange exchange) throws IOException {
    JsonNode event = JSON.readTree(exchange.getRequestBody().readAllBytes());
    told.add(event);
    if (event.path("type").asText().equals("message.received")) {
      JsonNode message = event.path("data");
      String body =
          "{'to': '%s', 'subject': 'Re: %s', 'text': 'We have three plans.', 'thread_id': '%s'}"
              .formatted(
                  message.path("from").asText(),
                  message.path("subject").asText(),
                  message.path("thread_id").asText());
      handled.put(message.path("message_id").asText(), send(body).result());
    }
    byte[] answer = "{\"received\":true}".getBytes(UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  // What the inbox sends does not come back to its loop.
  private void polling(JsonNode received) {
    JsonNode page =
        call(
                "GET",
                messages()
                    + "?received_after="
                    + received.path("received_at").asText()
                    + "&limit=100",
                "")
            .result();
    assertThat(page.path("messages")).hasSize(1);
    JsonNode message = page.path("messages").get(0);
    assertThat(message.path("id")).isEqualTo(received.path("message_id"));
    assertThat(message.path("text_body")).isEqualTo(received.path("text_body"));
    assertThat(message.path("status").asText()).isEqualTo("received");
  }

  // Step 1 of sending: as JavaScript and Python have it, with a time that is over by now and with
  // one that is not; and as curl has it.
  private void sending(String thread) {
    String whole =
        "{"
            + TICKET
            + ", 'attachments': [{'filename': 'solution.pdf', 'content_type': 'application/pdf',"
            + " 'data': 'JVBERi0='}], 'thread_id': '"
            + thread
            + "', 'send_at': '%s'}";
    accepted(send(whole.formatted("2026-03-17T09:00:00Z")), "queued", thread);

    Instant tomorrow = daimon.clock().instant().plus(Duration.ofDays(1));
    JsonNode later = accepted(send(whole.formatted(tomorrow)), "scheduled", thread);
    assertThat(Instant.parse(later.path("send_at").asText()).toEpochMilli())
        .isEqualTo(tomorrow.toEpochMilli());
    String scheduled = later.path("message_id").asText();
    assertThat(call("GET", messages() + "?status=scheduled", "").result().path("messages"))
        .extracting(message -> message.path("id").asText())
        .containsExactly(scheduled);

    JsonNode plain =
        accepted(send("{" + TICKET + ", 'thread_id': '" + thread + "'}"), "queued", thread);
    becomes(plain.path("message_id").asText(), "sent");
    assertThat(read(scheduled).path("status").asText()).isEqualTo("scheduled");
    daimon.clock().advance(Duration.ofDays(1).plusMinutes(2));
    becomes(scheduled, "sent");
    assertThat(read(scheduled).at("/attachments/0/filename").asText()).isEqualTo("solution.pdf");
  }

  private static JsonNode accepted(Answer answer, String status, String thread) {
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
    assertThat(answer.result().path("message_id").asText()).startsWith("msg_");
    assertThat(answer.result().path("status").asText()).isEqualTo(status);
    assertThat(answer.result().path("thread_id").asText()).isEqualTo(thread);
    return answer.result();
  }

  // Step 4: thread_id and in_reply_to together.
  private void replying(JsonNode received) {
    JsonNode inbound = read(received.path("message_id").asText());
    assertThat(inbound.path("from").asText()).isEqualTo("customer@company.com");
    assertThat(inbound.path("message_id_header").asText()).isEqualTo("<question@company.com>");
    String thread = inbound.path("thread_id").asText();
    Answer answer =
        send(
            "{'to': '%s', 'subject': 'Re: %s again', 'thread_id': '%s', 'in_reply_to': '%s',"
                    .formatted(
                        inbound.path("from").asText(),
                        inbound.path("subject").asText(),
                        thread,
                        inbound.path("message_id_header").asText())
                + " 'text': 'Thanks for your email. Here is the answer...'}");
    JsonNode reply = accepted(answer, "queued", thread);
    becomes(reply.path("message_id").asText(), "sent");
    String mail = left("Re: Question about pricing again");
    assertThat(mail).contains("In-Reply-To: <question@company.com>\r\n");
    String references = mail.replaceAll("\r\n[ \t]+", " ").replaceAll("(?s).*\nReferences: ", "");
    assertThat(references).matches("(?s)<thread_[^>]+> <.*> <question@company.com>\r\n.*");
    Answer whole = call("GET", "/v1/inboxes/" + inbox + "/threads/" + thread, "");
    assertThat(
            whole
                .result()
                .at("/thread/messages")
                .valueStream()
                .filter(one -> !one.path("id").equals(reply.path("id"))))
        .as("all prior message ids")
        .hasSize(5)
        .allMatch(one -> references.contains(one.path("message_id_header").asText()));

    JsonNode elsewhere = send("{" + TICKET + "}").result();
    assertThat(
            send("{%s, 'thread_id': '%s', 'in_reply_to': '<question@company.com>'}"
                    .formatted(TICKET, elsewhere.path("thread_id").asText()))
                .status())
        .as("a parent of another thread")
        .isEqualTo(400);
  }

  // Message states, and webhooks for send status.
  private void outcomesAreTold() {
    String sent = sendTo("recipient@company.com");
    becomes(sent, "sent");
    JsonNode data = event("message.sent", sent);
    assertThat(data.path("inbox_id").asText()).isEqualTo(inbox);
    assertThat(data.path("to")).hasToString("[\"recipient@company.com\"]");
    assertThat(data.path("subject").asText()).isEqualTo("Update");
    assertThat(data.path("smtp_message_id").asText()).matches("<[^@]+@.+>");
    assertThat(Instant.parse(data.path("delivered_at").asText())).isNotNull();
    assertThat(event("message.queued", sent).path("to")).isEqualTo(data.path("to"));

    String bounced = sendTo("bounce@simulator.amazonses.com");
    becomes(bounced, "bounced");
    JsonNode bounce = event("message.bounced", bounced);
    assertThat(bounce.path("inbox_id").asText()).isEqualTo(inbox);
    assertThat(bounce.path("to")).hasToString("[\"bounce@simulator.amazonses.com\"]");
    assertThat(bounce.path("bounce_type").asText()).isEqualTo("permanent");
    assertThat(bounce.path("bounce_reason").asText()).contains("5.1.1");
    assertThat(bounce.path("smtp_code").isInt()).isTrue();
    assertThat(bounce.path("smtp_code").asInt()).isEqualTo(550);

    call("POST", "/dev/faults", "{'step': 'ses-send', 'action': 'fail', 'error': 'rejected'}");
    String failed = sendTo("recipient@company.com");
    becomes(failed, "failed");
    assertThat(event("message.failed", failed).path("to")).isEqualTo(data.path("to"));
  }

  // Rate limits, and the daily count to watch.
  private void limits() {
    JsonNode limits = call("GET", "/v1/account", "").result().path("limits");
    assertThat(limits.path("max_sends_per_day").asInt()).isEqualTo(1_000);
    int used = limits.path("current_sends_today").asInt();
    sendTo("recipient@company.com");
    assertThat(call("GET", "/v1/account", "").result().at("/limits/current_sends_today").asInt())
        .isEqualTo(used + 1);
    call("PATCH", "/v1/inboxes/" + inbox, "{'daily_send_limit': 0}");
    Answer answer = send("{" + TICKET + "}");
    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.json().path("error").asText()).isEqualTo("SEND_LIMIT_EXCEEDED");
  }

  private void hook(String events) {
    String url = "http://localhost:%d/webhooks/daimon".formatted(agent.getAddress().getPort());
    Answer made =
        call("POST", "/v1/webhooks", "{'url': '%s', 'events': %s}".formatted(url, events));
    assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
  }

  private JsonNode event(String type) {
    await().atMost(PATIENCE).until(() -> told.stream().anyMatch(one -> is(one, type)));
    return told.stream().filter(one -> is(one, type)).findFirst().orElseThrow();
  }

  /** The data of the event of this type that a message has. */
  private JsonNode event(String type, String messageId) {
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(data(type, messageId)).isNotEmpty());
    return data(type, messageId).getFirst();
  }

  private List<JsonNode> data(String type, String messageId) {
    return told.stream()
        .filter(one -> is(one, type))
        .map(one -> one.path("data"))
        .filter(data -> data.path("message_id").asText().equals(messageId))
        .toList();
  }

  private static boolean is(JsonNode event, String type) {
    return event.path("type").asText().equals(type);
  }

  /** The mail with this subject as it has left. */
  private String left(String subject) {
    await().atMost(PATIENCE).until(() -> !outbox(subject).isEmpty());
    return api.raw("/dev/outbox/" + outbox(subject).getFirst() + "/raw", "");
  }

  private List<String> outbox(String subject) {
    return call("GET", "/dev/outbox", "")
        .json()
        .path("mails")
        .valueStream()
        .filter(mail -> mail.path("subject").asText().equals(subject))
        .map(mail -> mail.path("id").asText())
        .toList();
  }

  private String sendTo(String address) {
    Answer answer = send("{'to': '" + address + "', 'subject': 'Update', 'text': 'Hello'}");
    assertThat(answer.status()).as(answer.json().toString()).isEqualTo(202);
    return answer.result().path("message_id").asText();
  }

  private Answer send(String body) {
    return call("POST", "/v1/inboxes/" + inbox + "/send", body);
  }

  private void becomes(String messageId, String status) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(read(messageId).path("status").asText()).isEqualTo(status));
  }

  private JsonNode read(String messageId) {
    return call("GET", messages() + "/" + messageId, "").result();
  }

  private String messages() {
    return "/v1/inboxes/" + inbox + "/messages";
  }

  private static List<String> names(JsonNode object) {
    return object.propertyStream().map(Map.Entry::getKey).toList();
  }

  private Answer call(String method, String path, String body) {
    return api.call(method, path, body);
  }
}
