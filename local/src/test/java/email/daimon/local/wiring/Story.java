package email.daimon.local.wiring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import email.daimon.functions.store.Hash;
import email.daimon.local.LocalSettings;
import email.daimon.local.services.CloudTraits;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A customer's life in a few seconds, so that every function does all that it ever does: every
 * route, mail in and out, what fails and what is mended by the clock.
 */
final class Story implements AutoCloseable {
  private static final String LARGE =
      "a line of a long mail, which goes on and on. \n".repeat(14_000);
  private final AtomicInteger status = new AtomicInteger(200);
  private final HttpServer server;
  private final LocalDaimon daimon;
  private final Customer customer;
  private String inbox = "";

  private Story(LocalSettings settings, Records records) {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();

    daimon = LocalDaimon.start(settings, records);
    customer = new Customer(daimon);
  }

  /** All of it, told once. */
  static Records told() {
    Records records = new Records();
    try (ExecutorService stories = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> all =
          List.of(
              stories.submit(() -> ofACustomer(records)),
              stories.submit(() -> byRelay(records)),
              stories.submit(() -> withoutTransport(records)));
      for (Future<?> each : all) {
        each.get();
      }
    } catch (ExecutionException | InterruptedException e) {
      throw new AssertionError(e.getCause() == null ? e : e.getCause());
    }
    return records;
  }

  private static void ofACustomer(Records records) {
    try (Story story = new Story(settings("ses", "free", OptionalInt.of(1_000)), records)) {
      story.account();
      story.webhooks();
      story.receiving();
      story.reading();
      story.sending();
      story.drafts();
      story.failing();
      story.byTheClock();
      story.deleting();
    }
  }

  private static void byRelay(Records records) {
    try (Story story = new Story(settings("relay", "developer", OptionalInt.empty()), records)) {
      story.relayed();
    }
  }

  private static void withoutTransport(Records records) {
    try (Story story = new Story(settings("none", "developer", OptionalInt.empty()), records)) {
      story.parked();
    }
  }

  private static LocalSettings settings(String transport, String tier, OptionalInt limit) {
    return new LocalSettings(
        0,
        0,
        Optional.empty(),
        "daimon.email",
        Optional.empty(),
        "open",
        tier,
        "simulated",
        transport,
        limit,
        limit,
        limit,
        limit,
        false,
        false,
        Map.of(),
        CloudTraits.NONE);
  }

  @Override
  public void close() {

    daimon.close();
    server.stop(0);
  }

  private void account() {
    String named = "{'username': 'agent', 'client_id': 'c1'}";
    String once = "k".repeat(40);
    JsonNode opened =
        customer.call("POST", "/v1/inboxes", named, "Idempotency-Key", once).path("result");
    customer.call("POST", "/v1/inboxes", named, "Idempotency-Key", once);
    customer.answer("POST", "/v1/inboxes", "{'username': 'agent'}");
    customer.answer(
        "POST", "/v1/inboxes", "{'username': 'agent'}", "Idempotency-Key", "l".repeat(40));
    inbox = "/v1/inboxes/" + opened.path("id").asText();
    customer.use(opened.path("account_api_key").asText());
    customer.get("/v1/account");
    customer.get("/v1/capabilities");
    customer.answer(
        "POST", inbox + "/send", "{'to': 'ann@example.com', 'subject': 's', 'text': 't'}");
    String link =
        customer.post("/v1/upgrade-link", "{'target_tier': 'developer'}").path("url").asText();
    customer.call("GET", link, "");
    String form = "payment_method=pm_card_visa&token=" + link.replaceFirst(".*token=", "");
    customer.call(
        "POST",
        link.replaceFirst("\\?.*", ""),
        form,
        "Content-Type",
        "application/x-www-form-urlencoded");
    customer.post(
        "/v1/account/upgrade", "{'payment_method': 'pm_card_visa', 'target_tier': 'growth'}");
    customer.patch("/v1/account", "{'receive_rules': {'allow': [], 'block': ['bad.example']}}");
    customer.post("/v1/inboxes", "{'username': 'second', 'client_id': 'c2'}");
    customer.post("/v1/inboxes", "{'username': 'second', 'client_id': 'c2'}");
    customer.get("/v1/inboxes?limit=1");
    customer.get("/v1/inboxes?client_id=c2");
    customer.get(inbox);
    customer.patch(inbox, "{'display_name': 'Agent', 'metadata': {'a': 'b'}}");
    String key = customer.post("/v1/keys", "{'scope': 'account', 'name': 'x'}").path("id").asText();
    String other =
        customer
            .call("POST", "/v1/keys/" + key + "/rotate", "", "Idempotency-Key", once)
            .at("/result/id")
            .asText();
    customer.answer("POST", "/v1/keys/" + key + "/rotate", "", "Idempotency-Key", once);
    customer.get("/v1/keys?include_revoked=true");
    customer.delete("/v1/keys/" + (other.isEmpty() ? key : other));
    for (String page :
        new String[] {
          "/docs/errors", inbox.replace("/v1/inboxes", "/inbox"), "/none", "/approve/x"
        }) {
      customer.answer("GET", page, "");
    }
    customer.answer("POST", "/approve/x", "{}");
  }

  private void webhooks() {
    String url = "http://localhost:%d/".formatted(server.getAddress().getPort());
    JsonNode made =
        customer.post(
            "/v1/webhooks",
            "{'url': '%s', 'events': ['message.received', 'message.sent', 'message.bounced'], 'client_id': 'w'}"
                .formatted(url));
    String path = "/v1/webhooks/" + made.path("id").asText();
    customer.post(
        "/v1/webhooks",
        "{'url': '%s', 'events': ['message.received'], 'inbox_id': '%s'}"
            .formatted(url, inbox.substring(12)));
    customer.get("/v1/webhooks");
    customer.get(path);
    customer.patch(path, "{'events': ['message.received', 'message.sent']}");
    customer.post(path + "/test", "{}");
    customer.post(path + "/rotate-secret", "");
    customer.mail("agent@daimon.email", "", "Subject: Hook\nMessage-ID: <hook@x>", "Hello");
    customer.until(
        "told",
        () -> customer.get(path + "/deliveries?status=delivered").path("deliveries").size() > 0);
    String delivery = customer.get(path + "/deliveries").at("/deliveries/0/id").asText();
    customer.get(path + "/deliveries/" + delivery);
    customer.post(path + "/deliveries/" + delivery + "/replay", "");
    customer.post(path + "/replay", "{'since': '%s'}".formatted(made.path("created_at").asText()));
    status.set(500);
    customer.mail("agent@daimon.email", "", "Subject: Hook\nMessage-ID: <hook2@x>", "Hello");
    customer.mail("agent@daimon.email", "", "Subject: Hook\nMessage-ID: <hook3@x>", "Hello");
    customer.until(
        "tried",
        () -> customer.get(path + "/deliveries?status=pending").path("deliveries").size() > 0);
    customer.quiet();
    for (String later : new String[] {"PT1M", "PT10M", "PT1H", "PT6H"}) {
      customer.advance(later);
      customer.quiet();
    }
    status.set(410);
    customer.advance("PT12H");
    customer.quiet();
    customer.until("disabled", () -> customer.get(path).path("status").asText().equals("disabled"));
    status.set(200);
    customer.patch(
        path,
        "{'status': 'active', 'replay_since': '%s'}".formatted(made.path("created_at").asText()));
    customer.quiet();
  }

  private void receiving() {
    String to = "agent@daimon.email";
    customer.mail(to, "", "Subject: First\nMessage-ID: <one@x>", "Hello there");
    customer.quiet();
    customer.mail(to, "", "Subject: First\nMessage-ID: <one@x>", "Hello there");
    customer.mail(
        to, "", "Subject: Re: First\nMessage-ID: <two@x>\nIn-Reply-To: <one@x>", "And again");
    customer.mail(to, "", "Subject: Long\nMessage-ID: <long@x>", LARGE);
    customer.mail(
        to, "", "Subject: Code\nMessage-ID: <code@x>", "Your verification code is 482913.");
    customer.mail(to, "&spam=FAIL", "Subject: Spam\nMessage-ID: <spam@x>", "Buy");
    customer.mail(to, "&virus=FAIL", "Subject: Virus\nMessage-ID: <virus@x>", "Bad");
    customer.mail(
        to,
        "",
        "Subject: File\nMessage-ID: <file@x>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b",
        "--b\nContent-Type: text/plain\n\nSee file\n--b\nContent-Type: application/pdf; name=a.pdf\nContent-Disposition: attachment; filename=a.pdf\nContent-Transfer-Encoding: base64\n\nJVBERi0xLjQK\n--b--");
    customer.mail("security@daimon.email", "", "Subject: Report\nMessage-ID: <sec@x>", "Hello");
    // Two threads that a third mail connects.
    customer.mail(to, "", "Subject: Left\nMessage-ID: <left@x>", "l");
    customer.mail(to, "", "Subject: Right\nMessage-ID: <right@x>", "r");
    customer.quiet();
    customer.mail(
        to,
        "",
        "Subject: Both\nMessage-ID: <both@x>\nReferences: <left@x> <right@x>\nIn-Reply-To: <right@x>",
        "b");
    customer.quiet();
  }

  private void reading() {
    JsonNode list = customer.get(inbox + "/messages?limit=100");
    String file = named(list, "File");
    customer.get(inbox + "/messages?limit=2&unread=true");
    customer.get(inbox + "/messages?include_flagged=true");
    customer.get(inbox + "/messages/" + named(list, "Long"));
    customer.get(inbox + "/messages/" + file);
    customer.patch(inbox + "/messages/" + file, "{'labels': ['mine'], 'read': true}");
    customer.post(inbox + "/messages/" + named(list, "Code") + "/read", "");
    customer.get(inbox + "/messages/" + file + "/raw");
    String attachment =
        customer.get(inbox + "/messages/" + file + "/attachments").findPath("id").asText();
    customer.get(inbox + "/messages/" + file + "/attachments/" + attachment);
    JsonNode threads = customer.get(inbox + "/threads?unread=true");
    customer.get("/v1/threads?limit=2");
    customer.get("/v1/threads?search=First");
    String thread = customer.get(inbox + "/messages/" + file).path("thread_id").asText();
    String path = inbox + "/threads/" + thread;
    customer.get(path);
    customer.get(path + "/messages/" + file + "/attachments/" + attachment);
    for (int i = 0; i < 2; i++) {
      customer.call(
          "POST",
          path + "/labels",
          "{'label': 'x'}",
          "Idempotency-Key",
          "label",
          "Content-Type",
          "application/json");
      customer.answer(
          "POST",
          path + "/labels",
          "{'label': 5}",
          "Idempotency-Key",
          "bad",
          "Content-Type",
          "application/json");
    }
    customer.delete(path + "/labels/x");
    customer.patch(path, "{'labels': ['y']}");
    customer.get(inbox + "/threads?label=y");
    customer.get(inbox + "/codes");
    customer.get(inbox + "/codes/wait?timeout=1&after=2020-01-01T00:00:00Z");
    JsonNode code =
        customer.post(inbox + "/codes/wait", "{'consumer': 'me', 'after': '2020-01-01T00:00:00Z'}");
    customer.answer(
        "POST", inbox + "/codes/" + code.path("id").asText() + "/consume", "{'consumer': 'me'}");
    customer.get(inbox + "/messages/wait?timeout=1&from=nobody@nowhere.example");
    customer.get(inbox + "/codes/wait?timeout=1&from=nobody@nowhere.example");
    JsonNode events = customer.get("/v1/events?limit=2");
    customer.get(
        "/v1/events?wait=1&limit=2&cursor="
            + events.path("cursor").asText(events.path("next_cursor").asText()));
    customer.get("/v1/events?inbox_id=" + inbox.substring(12));
    customer.delete(inbox + "/messages/" + named(list, "Left"));
  }

  private void sending() {
    String id =
        send(
            "{'to': ['second@daimon.email', 'success@simulator.amazonses.com'], 'subject': 'Hi', 'text': 'Hello', 'client_id': 's1', 'attachments': [{'filename': 'a.txt', 'data': '%s'}]}"
                .formatted(Base64.getEncoder().encodeToString("file".getBytes(UTF_8))));
    customer.call(
        "POST",
        inbox + "/send",
        "{'to': 'success@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}",
        "Idempotency-Key",
        "once",
        "Content-Type",
        "application/json");
    customer.call(
        "POST",
        inbox + "/send",
        "{'to': 'success@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}",
        "Idempotency-Key",
        "once",
        "Content-Type",
        "application/json");
    send("{'to': 'bounce@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}");
    send("{'to': 'complaint@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}");
    send("{'to': 'ooto@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}");
    byte[] bytes = "large".getBytes(UTF_8);
    String upload =
        "{'filename': 'b.txt', 'content_type': 'text/plain', 'size': 5, 'sha256': '%s'}"
            .formatted(Hash.sha256(bytes));
    JsonNode put = customer.post(inbox + "/uploads", upload);
    String uploadId = put.path("upload_id").asText();
    String withFile =
        "{'to': 'success@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello', 'attachments': [{'upload_id': '%s'}]}"
            .formatted(uploadId);
    customer.answer("POST", inbox + "/send", withFile);
    String[] headers =
        put.path("headers")
            .propertyStream()
            .flatMap(h -> java.util.stream.Stream.of(h.getKey(), h.getValue().asText()))
            .toArray(String[]::new);
    customer.call("PUT", put.path("url").asText(put.path("upload_url").asText()), "large", headers);
    send(withFile);
    JsonNode list = customer.get(inbox + "/messages?limit=100");
    String file = inbox + "/messages/" + named(list, "File");
    customer.post(file + "/reply", "{'text': 'Thanks'}");
    customer.post(file + "/reply-all", "{'text': 'Thanks all'}");
    customer.post(file + "/forward", "{'to': 'success@simulator.amazonses.com', 'text': 'See'}");
    customer.post(
        inbox + "/messages/" + named(list, "Long") + "/forward",
        "{'to': 'success@simulator.amazonses.com', 'text': 'See', 'as': 'attachment'}");
    String later =
        send(
            "{'to': 'success@simulator.amazonses.com', 'subject': 'Later', 'text': 'x', 'send_at': '%s', 'attachments': [{'filename': 'a.txt', 'data': 'eA=='}]}"
                .formatted(in(48)));
    customer.patch(inbox + "/messages/" + later, "{'send_at': '%s'}".formatted(in(72)));
    customer.delete(inbox + "/messages/" + later);
    String sooner =
        send(
            "{'to': 'success@simulator.amazonses.com', 'subject': 'Sooner', 'text': 'x', 'send_at': '%s'}"
                .formatted(in(48)));
    customer.patch(inbox + "/messages/" + sooner, "{'send_at': '%s'}".formatted(in(0)));
    String unless =
        send(
            "{'to': 'success@simulator.amazonses.com', 'subject': 'Follow', 'text': 'x', 'send_at': '%s', 'unless_replied': true}"
                .formatted(in(1)));
    customer.quiet();
    customer.until(
        "bounced", () -> customer.get("/v1/suppressions").toString().contains("bounce@"));
    customer.delete("/v1/suppressions/bounce@simulator.amazonses.com");
    customer.get(inbox + "/messages/" + id);
    customer.get(inbox + "/messages/" + unless);
  }

  private void drafts() {
    String body =
        "{'to': 'success@simulator.amazonses.com', 'subject': 'Draft', 'text': 'x', 'attachments': [{'filename': 'a.txt', 'data': 'eA=='}]}";
    String draft = inbox + "/drafts/" + customer.post(inbox + "/drafts", body).path("id").asText();
    customer.get(inbox + "/drafts?limit=1");
    customer.get(draft);
    customer.patch(draft, "{'subject': 'Draft 2'}");
    customer.post(draft + "/send", "");
    String gone = inbox + "/drafts/" + customer.post(inbox + "/drafts", body).path("id").asText();
    customer.delete(gone);
    customer.post(inbox + "/drafts", body.replaceFirst("\\}$", ", 'send_at': '" + in(1) + "'}"));
    customer.advance("PT62M");
    customer.quiet();
  }

  private void failing() {
    customer.fault("ses-send", "lose");
    String lost = send("{'to': 'success@simulator.amazonses.com', 'subject': 'Lost', 'text': 'x'}");
    customer.quiet();
    customer.answer("POST", inbox + "/messages/" + lost + "/resolve", "{'outcome': 'sent'}");
    customer.fault("ses-send", "fail");
    send("{'to': 'success@simulator.amazonses.com', 'subject': 'Throttled', 'text': 'x'}");
    customer.fault("sqs-send", "fail");
    send("{'to': 'success@simulator.amazonses.com', 'subject': 'Not enqueued', 'text': 'x'}");
    customer.advance("PT5M");
    customer.quiet();
    for (String step : new String[] {"s3-put", "inbound-notification"}) {
      customer.fault(step, "fail");
      customer.mail(
          "agent@daimon.email", "", "Subject: " + step + "\nMessage-ID: <" + step + "@x>", "Hello");
      customer.advance("PT10M");
      customer.quiet();
    }
  }

  private void byTheClock() {
    customer.advance("PT26H");
    customer.quiet();
    customer.advance("PT2M");
    customer.quiet();
  }

  private void deleting() {
    JsonNode list = customer.get(inbox + "/messages?limit=100");
    for (String subject : new String[] {"File", "Both", "Re: First"}) {
      String thread =
          customer.get(inbox + "/messages/" + named(list, subject)).path("thread_id").asText();
      customer.delete(inbox + "/threads/" + thread);
    }
    customer.quiet();
    send(
        "{'to': 'success@simulator.amazonses.com', 'subject': 'Later', 'text': 'x', 'send_at': '%s', 'attachments': [{'filename': 'a.txt', 'data': 'eA=='}]}"
            .formatted(in(48)));
    customer.delete(inbox);
    customer.quiet();
    customer.advance("PT5M");
    customer.quiet();
    JsonNode webhooks = customer.get("/v1/webhooks").path("webhooks");
    webhooks.forEach(webhook -> customer.delete("/v1/webhooks/" + webhook.path("id").asText()));
    customer.quiet();
  }

  private void relayed() {
    open("relayed");
    send("{'to': 'success@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}");
    String bounced =
        send("{'to': 'bounce@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}");
    customer.until(
        "bounced",
        () ->
            customer.get(inbox + "/messages/" + bounced).path("status").asText().equals("bounced"));
    customer.fault("relay-send", "fail");
    send("{'to': 'success@simulator.amazonses.com', 'subject': 'Busy', 'text': 'Hello'}");
    customer.quiet();
  }

  private void parked() {
    open("parked");
    send("{'to': 'success@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}");
    customer.advance("PT5M");
    customer.quiet();
  }

  private void open(String name) {
    JsonNode opened = customer.post("/v1/inboxes", "{'username': '%s'}".formatted(name));
    inbox = "/v1/inboxes/" + opened.path("id").asText();
    customer.use(opened.path("account_api_key").asText());
  }

  private Instant in(int hours) {
    return daimon.clock().instant().plus(Duration.ofHours(hours)).truncatedTo(SECONDS);
  }

  private String send(String body) {
    return customer.post(inbox + "/send", body).path("id").asText();
  }

  private static String named(JsonNode list, String subject) {
    for (JsonNode message : list.path("messages")) {
      if (message.path("subject").asText().equals(subject)) {
        return message.path("id").asText();
      }
    }
    throw new AssertionError("no " + subject + " in " + list.findValuesAsText("subject"));
  }
}
