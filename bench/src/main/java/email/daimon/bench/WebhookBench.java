package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a user sees of webhooks: how long one takes from the 250 and from the commit of a mail, how
 * many go out in a second under load, and what one costs. The installation is a process of its own
 * and durable; the load and the receiver share its cores.
 */
final class WebhookBench {
  private static final int WARM_UP = 300;
  private static final int ONE_AT_A_TIME = 300;
  private static final int BURST = 1_000;
  private static final int CONNECTIONS = 8;
  private static final int INBOXES = 20;
  private static final int WEBHOOKS_UNDER_LOAD = 4;
  private static final int COUNTED = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  // Dollars per million, list prices of us-east-1 on demand.
  private static final double WRITE_UNITS = 0.625;
  private static final double READ_UNITS = 0.125;
  private static final double QUEUE_CALLS = 0.40;
  private static final String WEBHOOK = "{\"url\":\"%s\",\"events\":[\"message.received\"]}";
  private final Installation installation;
  private final Receiver receiver;
  private final List<String> addresses = new ArrayList<>();
  private final SampleMails samples = new SampleMails(7);
  private String key = "";

  private WebhookBench(Installation installation, Receiver receiver) {
    this.installation = installation;
    this.receiver = receiver;
  }

  static ObjectNode run(Path home) throws Exception {
    Path folder = Files.createTempDirectory("daimon-bench");
    ObjectNode result = Json.MAPPER.createObjectNode();
    try (Installation installation =
            Installation.start(home, folder.resolve("data"), "--tier", "enterprise");
        Receiver receiver = new Receiver()) {
      WebhookBench bench = new WebhookBench(installation, receiver);
      bench.createInboxes();
      bench.createWebhook();
      bench.oneAtATime(WARM_UP);
      bench.latency(result);
      for (int i = 1; i < WEBHOOKS_UNDER_LOAD; i++) {
        bench.createWebhook();
      }
      bench.burst(WARM_UP);
      result.put("webhooks_per_event_under_load", WEBHOOKS_UNDER_LOAD);
      result.put("deliveries_per_second_under_load", bench.burst(BURST));
      result.put("resident_megabytes", installation.residentMegabytes());
    }
    cost(result);
    return result;
  }

  private void createInboxes() throws IOException {
    for (int i = 0; i < INBOXES; i++) {
      JsonNode made =
          Json.read(
                  installation.call(
                      "POST", "/v1/inboxes", key, "{\"username\":\"bench-%d\"}".formatted(i)))
              .path("result");
      key = key.isEmpty() ? made.path("account_api_key").asText() : key;
      addresses.add(made.path("email").asText());
    }
  }

  private void createWebhook() throws IOException {
    var _ = installation.call("POST", "/v1/webhooks", key, WEBHOOK.formatted(receiver.url()));
  }

  private void latency(ObjectNode result) throws Exception {
    List<long[]> taken = oneAtATime(ONE_AT_A_TIME);
    percentiles(result.putObject("accepted_to_received"), taken, 0);
    percentiles(result.putObject("committed_to_received"), taken, 1);
  }

  private static void percentiles(ObjectNode result, List<long[]> taken, int column) {
    Percentiles percentiles =
        Percentiles.of(taken.stream().mapToLong(one -> one[column]).toArray());
    result.put("p50_ms", round(percentiles.milliseconds(0.5)));
    result.put("p95_ms", round(percentiles.milliseconds(0.95)));
    result.put("p99_ms", round(percentiles.milliseconds(0.99)));
  }

  // Nanoseconds from the 250, and from the commit.
  private List<long[]> oneAtATime(int mails) throws Exception {
    List<long[]> taken = new ArrayList<>();
    receiver.clear();
    try (SmtpClient client = new SmtpClient(installation.smtpPort())) {
      for (int i = 0; i < mails; i++) {
        String to = addresses.get(i % INBOXES);
        byte[] mail = samples.next(to);
        client.send("sam@sender.example", to, mail);
        long accepted = System.nanoTime();
        Receiver.Heard heard = receiver.next();
        taken.add(
            new long[] {
              Math.max(0, heard.at() - accepted), Duration.ofMillis(heard.afterCommit()).toNanos()
            });
      }
    }
    return taken;
  }

  /** Deliveries a second, from the first mail to the last webhook. */
  private double burst(int mails) throws Exception {
    receiver.clear();
    AtomicInteger next = new AtomicInteger();
    List<byte[]> prepared = new ArrayList<>();
    for (int i = 0; i < mails; i++) {
      prepared.add(samples.next(addresses.get(i % INBOXES)));
    }
    long begun = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> senders = new ArrayList<>();
      for (int c = 0; c < CONNECTIONS; c++) {
        senders.add(
            threads.submit(() -> {
              try (SmtpClient client = new SmtpClient(installation.smtpPort())) {
                for (int i = next.getAndIncrement(); i < mails; i = next.getAndIncrement()) {
                  client.send("sam@sender.example", addresses.get(i % INBOXES), prepared.get(i));
                }
              }
              return null;
            }));
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
    }
    long expected = (long) mails * WEBHOOKS_UNDER_LOAD;
    await(receiver, expected);
    return round(expected / ((System.nanoTime() - begun) / 1e9));
  }

  private static void await(Receiver receiver, long expected) throws IOException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (receiver.calls() < expected) {
      if (System.nanoTime() > end) {
        throw new IOException(
            receiver.calls() + " of " + expected + " webhooks came within " + PATIENCE);
      }
      Installation.pause(Duration.ofMillis(20));
    }
  }

  /** What a delivery adds to a mail: the same mails with one webhook and with none. */
  private static void cost(ObjectNode result) throws Exception {
    ObjectNode perDelivery = result.putObject("per_delivery");
    try (LocalDaimon daimon = LocalDaimon.start();
        Receiver receiver = new Receiver()) {
      HttpClient http = HttpClient.newHttpClient();
      JsonNode inbox = post(http, daimon.apiUrl(), "/v1/inboxes", "", "{\"username\":\"usage\"}");
      String account = inbox.path("account_api_key").asText();
      post(
          http,
          daimon.apiUrl(),
          "/v1/account/upgrade",
          account,
          "{\"payment_method\":\"pm_card_visa\",\"target_tier\":\"developer\"}");
      daimon.usage().countUnits();
      Map<String, Double> without = mails(daimon, inbox, receiver, 0);
      post(http, daimon.apiUrl(), "/v1/webhooks", account, WEBHOOK.formatted(receiver.url()));
      Map<String, Double> with = mails(daimon, inbox, receiver, COUNTED);
      with.forEach((what, amount) -> {
        double added = (amount - without.getOrDefault(what, 0.0)) / COUNTED;
        if (Math.abs(added) >= 0.005) {
          perDelivery.put(what, Math.round(added * 100) / 100.0);
        }
      });
    }
    double writes = perDelivery.path("dynamodb.write-units").asDouble();
    double reads = perDelivery.path("dynamodb.read-units").asDouble();
    // Sent, received and deleted, in batches as large as those that were sent.
    double calls =
        3
            * (perDelivery.path("sqs.SendMessage").asDouble()
                + perDelivery.path("sqs.SendMessageBatch").asDouble());
    result.put(
        "dollars_per_million_deliveries_without_lambda",
        Math.round((writes * WRITE_UNITS + reads * READ_UNITS + calls * QUEUE_CALLS) * 100)
            / 100.0);
  }

  private static Map<String, Double> mails(
      LocalDaimon daimon, JsonNode inbox, Receiver receiver, int webhooks) throws Exception {
    SampleMails samples = new SampleMails(1 + webhooks);
    String id = inbox.path("id").asText();
    String address = inbox.path("email").asText();
    long before = daimon.wiring().mailbox().counters(id).messages();
    receiver.clear();
    daimon.usage().reset();
    try (SmtpClient client = new SmtpClient(daimon.smtpPort())) {
      for (int i = 0; i < COUNTED; i++) {
        client.send("sam@sender.example", address, samples.next(address));
      }
    }
    while (daimon.wiring().mailbox().counters(id).messages() < before + COUNTED) {
      Installation.pause(Duration.ofMillis(50));
    }
    await(receiver, webhooks);
    // The last delivery is still to be written down.
    Installation.pause(Duration.ofSeconds(2));
    Map<String, Double> used = new TreeMap<>();
    daimon.usage().snapshot().forEach((what, amount) -> used.put(what, amount.doubleValue()));
    return used;
  }

  private static JsonNode post(HttpClient http, URI base, String path, String key, String body)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path)).header("Content-Type", "application/json");
    if (!key.isEmpty()) {
      request.header("Authorization", "Bearer " + key);
    }
    HttpResponse<String> answer =
        http.send(
            request.POST(HttpRequest.BodyPublishers.ofString(body)).build(),
            BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(answer.body());
    }
    return Json.read(answer.body()).path("result");
  }

  private static double round(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
