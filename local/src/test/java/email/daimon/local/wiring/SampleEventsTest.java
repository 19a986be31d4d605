package email.daimon.local.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.local.lambda.LocalFunction;
import email.daimon.local.stack.Function;
import email.daimon.local.stack.Stack;
import email.daimon.local.stack.Template;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.MessageKey;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/**
 * Each function takes the event that lies in {@code events/} as AWS would hand it over: with the
 * names of what is here in place of the sample's.
 */
class SampleEventsTest {
  private static final Path EVENTS = Path.of("../events");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCOUNT = "acc_0NvZ8k2QmW4rT6yU8iO0pA";
  private static final String INBOX = "inbox_0NvZ8k2QmW4rT6yU8iO0pB";
  private static final String KEY = "dm_live_4hT9sKx2VbQ7mN1pRw8Yc3Ze6Ju5Lf0D";
  private static final String MESSAGE_TIME = "1795256130000";
  private static final String MESSAGE_ID = "msg_3k9TzQ0aBcDeFgHiJkLmNo";
  private static final String SES_ID = "o3vrnil0e2ic28trm7dfhrc2v0clambda4nbp0g1";
  private static final String ATTEMPT = "8f14e45f-ceea-467f-9e0b-2d1c3b4a5968";
  private static final String WEBHOOK = "wh_0UfZdbZQF1wXo5vJHc0Z3a";
  private static final String MAIL =
      "From: ann@sender.example\r\nTo: agent@daimon.email\r\nSubject: Hello\r\n"
          + "Message-ID: <hello@sender.example>\r\n\r\nHello there\r\n";

  private final TreeSet<String> used = new TreeSet<>();
  private final Map<String, String> here = new LinkedHashMap<>();
  private final Map<String, LocalFunction> functions = new HashMap<>();
  private final Queue<String> heard = new ConcurrentLinkedQueue<>();
  private final TakingSes ses = new TakingSes();
  private final HttpServer server;
  private final Wiring wiring;

  SampleEventsTest() throws IOException {
    EmulatedServices services = EmulatedServices.shared();
    Map<String, String> environment = new HashMap<>(services.environmentWithNewTables());
    environment.putAll(
        Map.of("SIGNUP", "open", "DEFAULT_TIER", "developer", "STRICT_WEBHOOKS", "false"));
    wiring =
        new Wiring(
            Settings.of(environment),
            services.clients().withSes(ses.client()),
            InstantSource.system(),
            new Random(11));
    for (Function function : Stack.of(Template.load(), Map.of(), StackRules.QUEUES).functions()) {
      functions.put(function.id(), LocalFunction.of(function, wiring, services.usage()));
    }
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          heard.add(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
  }

  @BeforeEach
  void listen() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void everyFunctionTakesItsSample() throws IOException {
    JsonNode opened = result(201, call("ApiAdminFunction", "api-admin"));
    String inbox = opened.path("id").asText();
    here.put(INBOX, inbox);
    here.put(KEY, opened.path("account_api_key").asText());
    here.put(ACCOUNT, wiring.inboxes().find(inbox).orElseThrow().accountId());

    wiring
        .clients()
        .s3()
        .putObject(
            put -> put.bucket(wiring.settings().bucket()).key("inbound/" + SES_ID),
            RequestBody.fromString(MAIL));
    nothingFailed("InboundFunction", "inbound");
    JsonNode received = result(200, call("ApiMailFunction", "api-mail")).at("/messages/0");
    assertThat(received.path("subject").asText()).isEqualTo("Hello");
    assertThat(result(200, call("ApiWaitFunction", "api-wait")).path("id").asText())
        .isEqualTo(received.path("id").asText());

    toldToAWebhook(received.path("id").asText());
    sent();

    nothingFailed("JobsFunction", "jobs");
    assertThat(ses.tenants()).containsExactly(here.get(ACCOUNT));
    assertThat(call("SweepFunction", "sweep").asText()).startsWith("sent ");

    try (Stream<Path> files = Files.list(EVENTS)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .as("samples that nobody feeds to a function")
          .containsExactlyInAnyOrderElementsOf(used);
    }
  }

  private void toldToAWebhook(String messageId) throws IOException {
    ObjectNode create = (ObjectNode) sample("api-admin");
    create.put("rawPath", "/v1/webhooks");
    ((ObjectNode) create.at("/requestContext/http")).put("path", "/v1/webhooks");
    ((ObjectNode) create.path("headers")).put("authorization", "Bearer " + here.get(KEY));
    create.put(
        "body",
        "{\"url\":\"http://localhost:%d/\",\"events\":[\"message.received\"]}"
            .formatted(server.getAddress().getPort()));
    String webhook = result(201, invoke("ApiAdminFunction", create)).path("id").asText();
    here.put(WEBHOOK, webhook);
    isAbout(messageId);

    nothingFailed("WebhookPlanFunction", "webhook-plan");
    nothingFailed("WebhookDeliverFunction", "webhook-call");
    assertThat(heard).singleElement().asString().contains("message.received", messageId);
  }

  private void sent() throws IOException {
    Map<String, String> expected = new LinkedHashMap<>();
    expected.put("send", "sending: pending, pending");
    expected.put("delivery-delay", "sending: delayed, pending");
    expected.put("delivery", "sending: delivered, pending");
    expected.put("bounce", "sending: pending, bounced");
    expected.put("complaint", "sending: complained, pending");
    expected.put("reject", "failed: failed, failed");
    expected.put("rendering-failure", "failed: failed, failed");
    Map<String, String> became = new LinkedHashMap<>();
    for (String type : expected.keySet()) {
      String id = result(202, call("ApiSendFunction", "api-send")).path("id").asText();
      isAbout(id);
      nothingFailed("SendFunction", "send");
      assertThat(ses.attempts()).hasSize(became.size() + 1);
      here.put(ATTEMPT, ses.attempts().getLast());
      nothingFailed("SesEventsFunction", "ses-" + type);
      became.put(type, status(id));
      // Nobody stays suppressed: the next mail is to the same two.
      for (String address : List.of("ann@example.com", "bob@example.org")) {
        wiring.suppressions().remove(String.valueOf(here.get(ACCOUNT)), address);
      }
    }
    assertThat(became).isEqualTo(expected);
  }

  private String status(String id) throws IOException {
    ObjectNode read = (ObjectNode) sample("api-mail");
    String path = "/v1/inboxes/%s/messages/%s".formatted(here.get(INBOX), id);
    read.put("rawPath", path).put("rawQueryString", "");
    read.remove("queryStringParameters");
    ((ObjectNode) read.at("/requestContext/http")).put("path", path);
    JsonNode message = result(200, invoke("ApiMailFunction", read));
    List<String> recipients = message.path("recipients").findValuesAsText("status");
    return message.path("status").asText() + ": " + String.join(", ", recipients);
  }

  /** From here on the samples' message is this one. */
  private void isAbout(String id) {
    MessageKey key =
        wiring.mailbox().message(String.valueOf(here.get(INBOX)), id).orElseThrow().key();
    here.put(MESSAGE_ID, id);
    here.put(MESSAGE_TIME, "%013d".formatted(key.inboxTime()));
  }

  private void nothingFailed(String function, String sample) throws IOException {
    JsonNode failures = call(function, sample).path("batchItemFailures");
    assertThat(failures.isArray() && failures.isEmpty()).as("%s: %s", sample, failures).isTrue();
  }

  private JsonNode call(String function, String sample) throws IOException {
    return invoke(function, sample(sample));
  }

  private JsonNode invoke(String function, JsonNode event) throws IOException {
    return JSON.readTree(functions.get(function).invoke(event.toString()));
  }

  private static JsonNode result(int status, JsonNode answer) throws IOException {
    JsonNode body = JSON.readTree(answer.path("body").asText());
    assertThat(answer.path("statusCode").asInt()).as(body.toString()).isEqualTo(status);
    return body.path("result");
  }

  private JsonNode sample(String name) throws IOException {
    used.add(name + ".json");
    String text = Files.readString(EVENTS.resolve(name + ".json"));
    for (Map.Entry<String, String> one : here.entrySet()) {
      text = text.replace(one.getKey(), one.getValue());
    }
    return JSON.readTree(text);
  }
}
