package email.daimon.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.operate.costs.Tables;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private static final String WEBHOOK = "{\"url\":\"%s\",\"events\":[\"message.received\"]}";
  private final Installation installation;
  private final Receiver receiver;
  private final Tenant tenant;
  private final SampleMails samples = new SampleMails(7);

  private WebhookBench(Installation installation, Receiver receiver) throws IOException {
    this.installation = installation;
    this.receiver = receiver;
    this.tenant = Tenant.create(installation.api(), "bench", INBOXES);
  }

  static ObjectNode run(Path home) throws Exception {
    Path folder = Files.createTempDirectory("daimon-bench");
    ObjectNode result = Json.MAPPER.createObjectNode();
    try (Installation installation =
            Installation.start(home, folder.resolve("data"), "--tier", "enterprise");
        Receiver receiver = new Receiver()) {
      WebhookBench bench = new WebhookBench(installation, receiver);
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

  private void createWebhook() throws IOException {
    installation.api().post("/v1/webhooks", tenant.key(), WEBHOOK.formatted(receiver.url()));
  }

  private void latency(ObjectNode result) throws Exception {
    List<long[]> taken = oneAtATime(ONE_AT_A_TIME);
    percentiles(result.putObject("accepted_to_received"), taken, 0);
    percentiles(result.putObject("committed_to_received"), taken, 1);
  }

  private static void percentiles(ObjectNode result, List<long[]> taken, int column) {
    Percentiles.of(taken.stream().mapToLong(one -> one[column]).toArray()).writeTo(result);
  }

  // Nanoseconds from the 250, and from the commit.
  private List<long[]> oneAtATime(int mails) throws Exception {
    List<long[]> taken = new ArrayList<>();
    receiver.clear();
    try (SmtpClient client = new SmtpClient(installation.smtpPort())) {
      for (int i = 0; i < mails; i++) {
        String to = tenant.address(i);
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
      prepared.add(samples.next(tenant.address(i)));
    }
    long begun = System.nanoTime();
    try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      List<Future<?>> senders = new ArrayList<>();
      for (int c = 0; c < CONNECTIONS; c++) {
        senders.add(
            threads.submit(() -> {
              try (SmtpClient client = new SmtpClient(installation.smtpPort())) {
                for (int i = next.getAndIncrement(); i < mails; i = next.getAndIncrement()) {
                  client.send("sam@sender.example", tenant.address(i), prepared.get(i));
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
    return Figures.perSecond(expected, begun);
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
      ApiClient api = new ApiClient(daimon.apiUrl());
      Tenant tenant = Tenant.create(api, "usage", 1);
      api.upgrade(tenant.key());
      daimon.usage().countUnits();
      Map<String, Double> without = mails(daimon, tenant, receiver, 0);
      api.post("/v1/webhooks", tenant.key(), WEBHOOK.formatted(receiver.url()));
      Map<String, Double> with = mails(daimon, tenant, receiver, COUNTED);
      with.forEach((what, amount) -> {
        double added = (amount - without.getOrDefault(what, 0.0)) / COUNTED;
        if (Math.abs(added) >= 0.005) {
          perDelivery.put(what, Figures.hundredths(added));
        }
      });
    }
    double writes = perDelivery.path("dynamodb.write-units").asDouble();
    double reads = perDelivery.path("dynamodb.read-units").asDouble();
    Tables prices = Tables.withCounts(List.of());
    // Sent, received and deleted, in batches as large as those that were sent.
    double calls =
        3
            * (perDelivery.path("sqs.SendMessage").asDouble()
                + perDelivery.path("sqs.SendMessageBatch").asDouble());
    result.put(
        "dollars_per_million_deliveries_without_lambda",
        Figures.hundredths(
            1e6
                * (prices.dollars("dynamodb-write", writes)
                    + prices.dollars("dynamodb-read", reads)
                    + prices.dollars("sqs", calls))));
  }

  private static Map<String, Double> mails(
      LocalDaimon daimon, Tenant tenant, Receiver receiver, int webhooks) throws Exception {
    SampleMails samples = new SampleMails(1 + webhooks);
    String id = tenant.ids().getFirst();
    String address = tenant.address(0);
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
    return daimon.usage().snapshot();
  }
}
