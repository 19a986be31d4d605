package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a user sees of receiving: how fast mails get their 250, how fast they are stored and
 * visible, and how long one takes from its 250 to the API. The installation is a process of its own
 * and durable; the load shares its two cores.
 */
final class ReceiveBench {
  private static final int INBOXES = 20;
  private static final int BURST = 3_000;
  private static final int WARM_UP = 600;
  private static final int MAILS_A_CONNECTION = 20;
  private static final int BACKLOG = 200;
  private static final int ONE_AT_A_TIME = 300;
  private static final Duration SUSTAINED = Duration.ofSeconds(60);
  private static final Duration DRAIN = Duration.ofMinutes(3);
  private final Installation installation;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Tenant tenant;
  private int sent;

  private ReceiveBench(Installation installation) throws IOException {
    this.installation = installation;
    this.tenant = Tenant.create(installation.api(), "bench", INBOXES);
  }

  static ObjectNode run(Path home) throws Exception {
    Path folder = Files.createTempDirectory("daimon-bench");
    ObjectNode result = Json.MAPPER.createObjectNode();
    try (Installation installation =
        Installation.start(home, folder.resolve("data"), "--tier", "developer")) {
      ReceiveBench bench = new ReceiveBench(installation);
      bench.accept(WARM_UP, 4, INBOXES);
      bench.waitUntilVisible();
      result.put("start_up_ms", installation.startUp().toMillis());
      result.put("accepted_per_second_1_connection", bench.accept(BURST, 1, INBOXES));
      result.put("drained_per_second_after_1_connection", bench.waitUntilVisible());
      result.put("accepted_per_second_8_connections", bench.accept(BURST, 8, INBOXES));
      result.put("drained_per_second_after_8_connections", bench.waitUntilVisible());
      result.put("stored_per_second_20_inboxes", bench.sustained(INBOXES));
      result.put("stored_per_second_1_inbox", bench.sustained(1));
      bench.latency(1, result.putObject("accepted_to_visible_1_connection"));
      bench.latency(8, result.putObject("accepted_to_visible_8_connections"));
      result.put("mails", bench.sent);
      result.put("resident_megabytes", installation.residentMegabytes());
      bench.threads.shutdown();
    }
    return result;
  }

  private double accept(int mails, int connections, int inboxes) throws Exception {
    List<byte[]> prepared = new ArrayList<>();
    SampleMails samples = new SampleMails(System.nanoTime());
    for (int i = 0; i < mails; i++) {
      prepared.add(samples.next(tenant.addresses().get(i % inboxes)));
    }
    AtomicInteger next = new AtomicInteger();
    long begun = System.nanoTime();
    List<Future<?>> senders = new ArrayList<>();
    for (int c = 0; c < connections; c++) {
      senders.add(threads.submit(() -> send(prepared, next, inboxes)));
    }
    for (Future<?> sender : senders) {
      sender.get();
    }
    sent += mails;
    return Figures.perSecond(mails, begun);
  }

  private Void send(List<byte[]> mails, AtomicInteger next, int inboxes) throws IOException {
    int number = next.getAndIncrement();
    while (number < mails.size()) {
      try (SmtpClient client = new SmtpClient(installation.smtpPort())) {
        for (int i = 0; i < MAILS_A_CONNECTION && number < mails.size(); i++) {
          client.send(
              "sam@sender.example", tenant.addresses().get(number % inboxes), mails.get(number));
          number = next.getAndIncrement();
        }
      }
    }
    return null;
  }

  private double waitUntilVisible() throws IOException {
    long begun = System.nanoTime();
    int before = visible();
    int left = sent - before;
    while (visible() < sent) {
      if (System.nanoTime() - begun > DRAIN.toNanos()) {
        throw new IOException(visible() + " of " + sent + " mails are visible after " + DRAIN);
      }
      Installation.pause(Duration.ofMillis(100));
    }
    return Figures.perSecond(left, begun);
  }

  private int visible() throws IOException {
    int sum = 0;
    JsonNode list = installation.api().get("/v1/inboxes?limit=100", tenant.key()).path("inboxes");
    for (JsonNode inbox : list) {
      sum += inbox.path("message_count").asInt();
    }
    return sum;
  }

  // The sender keeps a backlog, so that the store is never idle and never buried.
  private double sustained(int inboxes) throws Exception {
    waitUntilVisible();
    int before = visible();
    AtomicInteger accepted = new AtomicInteger(before);
    AtomicInteger seen = new AtomicInteger(before);
    AtomicBoolean over = new AtomicBoolean();
    List<Future<?>> senders = new ArrayList<>();
    for (int c = 0; c < 2; c++) {
      SampleMails samples = new SampleMails(System.nanoTime());
      senders.add(
          threads.submit(() -> {
            try (SmtpClient client = new SmtpClient(installation.smtpPort())) {
              while (!over.get()) {
                if (accepted.get() - seen.get() > BACKLOG) {
                  Installation.pause(Duration.ofMillis(5));
                } else {
                  String to = tenant.addresses().get(accepted.getAndIncrement() % inboxes);
                  client.send("sam@sender.example", to, samples.next(to));
                }
              }
            }
            return null;
          }));
    }
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < SUSTAINED.toNanos()) {
      Installation.pause(Duration.ofMillis(250));
      seen.set(visible());
    }
    double rate = Figures.perSecond(visible() - before, begun);
    over.set(true);
    for (Future<?> sender : senders) {
      sender.get();
    }
    sent = accepted.get();
    waitUntilVisible();
    return rate;
  }

  private void latency(int connections, ObjectNode result) throws Exception {
    List<Future<long[]>> runs = new ArrayList<>();
    for (int c = 0; c < connections; c++) {
      int inbox = c;
      runs.add(threads.submit(() -> oneAtATime(inbox, ONE_AT_A_TIME / connections)));
    }
    List<Long> all = new ArrayList<>();
    for (Future<long[]> run : runs) {
      for (long nanoseconds : run.get()) {
        all.add(nanoseconds);
      }
    }
    sent += all.size();
    Percentiles.of(all.stream().mapToLong(Long::longValue).toArray()).writeTo(result);
  }

  private long[] oneAtATime(int inbox, int mails) throws IOException {
    SampleMails samples = new SampleMails(System.nanoTime());
    String list = "/v1/inboxes/" + tenant.ids().get(inbox) + "/messages?limit=1&view=compact";
    long[] taken = new long[mails];
    String last = newest(list);
    try (SmtpClient client = new SmtpClient(installation.smtpPort())) {
      for (int i = 0; i < mails; i++) {
        byte[] mail = samples.next(tenant.addresses().get(inbox));
        client.send("sam@sender.example", tenant.addresses().get(inbox), mail);
        long accepted = System.nanoTime();
        String now = newest(list);
        while (now.equals(last)) {
          Installation.pause(Duration.ofMillis(1));
          now = newest(list);
        }
        taken[i] = System.nanoTime() - accepted;
        last = now;
      }
    }
    return taken;
  }

  private String newest(String list) throws IOException {
    return installation
        .api()
        .get(list, tenant.key())
        .path("messages")
        .path(0)
        .path("id")
        .asText("");
  }
}
