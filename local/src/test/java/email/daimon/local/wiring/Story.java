package email.daimon.local.wiring;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import email.daimon.local.LocalSettings;
import email.daimon.local.services.CloudTraits;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * A customer's life in a few seconds, so that every function does all that it ever does: every
 * route, mail in and out, what fails and what is mended by the clock.
 */
final class Story implements AutoCloseable {
  // More than is shown at once, and it does not shrink much.
  static final String LARGE =
      new Random(1)
          .ints(7_000)
          .mapToObj(n -> "line " + new BigInteger(330, new Random(n)).toString(36))
          .collect(Collectors.joining("\n"));
  private static final String WITH_FILE =
      """
      --b
      Content-Type: text/plain

      See file
      --b
      Content-Type: application/pdf; name=a.pdf
      Content-Disposition: attachment; filename=a.pdf
      Content-Transfer-Encoding: base64

      JVBERi0xLjQK
      --b--\
      """;
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
    // One by one: databases of one process know each other's descriptions of tables, and one whose
    // expiry is just being set would show it in the others.
    synchronized (Story.class) {
      daimon = LocalDaimon.start(settings, records);
    }
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
      new ReadingStory(story.customer, story.inbox).reading();
      SendingStory sending = new SendingStory(story.customer, story.inbox);
      sending.sending();
      sending.drafts();
      sending.failing();
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
        transport.equals("none") ? "token" : "open",
        tier,
        transport.equals("none") ? "none" : "simulated",
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
    customer.until(
        "disabled",
        () -> {
          customer.advance("PT2H");
          customer.quiet();
          return customer.get(path).path("status").asText().equals("disabled");
        });
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
        WITH_FILE);
    customer.mail(
        "second@daimon.email",
        "&rcpt=" + to,
        "Subject: Both inboxes\nMessage-ID: <two-inboxes@x>\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b",
        WITH_FILE);
    customer.mail("security@daimon.email", "", "Subject: Report\nMessage-ID: <sec@x>", "Hello");
    // Two threads that a third mail connects.
    customer.fault("inbound-notification", "twice");
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
          customer
              .get(inbox + "/messages/" + Customer.named(list, subject))
              .path("thread_id")
              .asText();
      customer.delete(inbox + "/threads/" + thread);
    }
    customer.quiet();
    send(
        "{'to': 'success@simulator.amazonses.com', 'subject': 'Later', 'text': 'x', 'send_at': '%s', 'attachments': [{'filename': 'a.txt', 'data': 'eA=='}]}"
            .formatted(customer.in(48)));
    customer.post(
        inbox + "/drafts",
        "{'to': 'ann@example.com', 'subject': 'Left', 'text': '%s', 'attachments': [{'filename': 'a.txt', 'data': 'eA=='}]}"
            .formatted(LARGE.replace("\n", "\\n")));
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
    customer.answer("POST", "/v1/inboxes", "{'username': 'parked'}");
    open("parked", "X-Signup-Token", daimon.signupToken(), "Content-Type", "application/json");
    customer.answer("POST", "/v1/account/upgrade", "{'payment_method': 'pm_card_visa'}");
    send("{'to': 'success@simulator.amazonses.com', 'subject': 'Hi', 'text': 'Hello'}");
    customer.advance("PT5M");
    customer.quiet();
  }

  private void open(String name, String... headers) {
    JsonNode opened =
        customer
            .call("POST", "/v1/inboxes", "{'username': '%s'}".formatted(name), headers)
            .path("result");
    inbox = "/v1/inboxes/" + opened.path("id").asText();
    customer.use(opened.path("account_api_key").asText());
  }

  private String send(String body) {
    return customer.post(inbox + "/send", body).path("id").asText();
  }
}
