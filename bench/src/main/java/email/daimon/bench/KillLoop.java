package email.daimon.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * SIGKILL under load, again and again on the same data. The senders repeat every mail that got no
 * 250, as a mail server does. In the end each mail must be there, once.
 */
final class KillLoop {
  private static final int SENDERS = 4;
  private static final int INBOXES = 5;
  private static final int SHORTEST_MILLIS = 300;
  private static final int SPREAD_MILLIS = 3_000;
  // About as many as are stored meanwhile: what waits at the end is read within minutes.
  private static final Duration PACE = Duration.ofMillis(40);
  private static final Duration SETTLE = Duration.ofMinutes(3);

  private final Path home;
  private final Path data;
  private final Random random;
  private final BlockingDeque<Mail> repeat = new LinkedBlockingDeque<>();
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger accepted = new AtomicInteger();

  private record Mail(String subject, String to, String text) {
    static Mail number(int number, String to) {
      String subject = "kill-" + number;
      return new Mail(
          subject,
          to,
          """
          From: Sam <sam@sender.example>
          To: <%s>
          Subject: %s
          Message-ID: <%s@sender.example>

          The body of mail %d.
          """
              .formatted(to, subject, subject, number)
              .replace("\n", "\r\n"));
    }
  }

  private KillLoop(Path home, Path data, long seed) {
    this.home = home;
    this.data = data;
    this.random = new Random(seed);
  }

  /** Kills so many times; an error says which mails are missing or doubled. */
  static ObjectNode run(Path home, int kills) throws Exception {
    long seed = System.nanoTime();
    Path data = Files.createTempDirectory("daimon-kill").resolve("data");
    try {
      return new KillLoop(home, data, seed).run(kills);
    } catch (IOException e) {
      throw new IOException("seed " + seed + ", data " + data + ": " + e.getMessage(), e);
    }
  }

  private ObjectNode run(int kills) throws Exception {
    Tenant tenant;
    try (Installation installation = Installation.start(home, data, "--tier", "developer")) {
      tenant = Tenant.create(installation.api(), "kill", INBOXES);
    }
    for (int kill = 0; kill < kills; kill++) {
      Installation installation = Installation.start(home, data, "--tier", "developer");
      load(
          installation,
          tenant,
          Duration.ofMillis(SHORTEST_MILLIS + random.nextInt(SPREAD_MILLIS)),
          true);
      System.err.printf("kill %d of %d: %d mails accepted%n", kill + 1, kills, accepted.get());
    }
    try (Installation installation = Installation.start(home, data, "--tier", "developer")) {
      load(installation, tenant, Duration.ofSeconds(1), false);
      Map<String, Integer> found = settled(installation, tenant);
      List<String> wrong = new ArrayList<>();
      for (int number = 0; number < made.get(); number++) {
        int times = found.getOrDefault("kill-" + number, 0);
        if (times != 1) {
          wrong.add("kill-" + number + " is there " + times + " times");
        }
      }
      if (!wrong.isEmpty()) {
        throw new IOException(String.join(", ", wrong));
      }
    }
    return Json.MAPPER
        .createObjectNode()
        .put("kills", kills)
        .put("mails", made.get())
        .put("missing", 0)
        .put("doubled", 0);
  }

  private void load(Installation installation, Tenant tenant, Duration time, boolean kill)
      throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    try (ExecutorService threads = Executors.newFixedThreadPool(SENDERS)) {
      List<Future<?>> senders = new ArrayList<>();
      for (int i = 0; i < SENDERS; i++) {
        senders.add(threads.submit(() -> send(installation.smtpPort(), tenant, over)));
      }
      Installation.pause(time);
      if (kill) {
        installation.kill();
      }
      over.set(true);
      for (Future<?> sender : senders) {
        sender.get();
      }
    }
    if (!kill) {
      // Nothing is in the way now: what was cut off goes through.
      AtomicBoolean repeated = new AtomicBoolean(true);
      while (!repeat.isEmpty()) {
        send(installation.smtpPort(), tenant, repeated);
      }
    }
  }

  /** Repeats what has to be, then makes new mails until it is over or the server is gone. */
  private void send(int port, Tenant tenant, AtomicBoolean over) {
    Mail mail = repeat.poll();
    try (SmtpClient client = new SmtpClient(port)) {
      while (mail != null || !over.get()) {
        if (mail == null) {
          int number = made.getAndIncrement();
          mail = Mail.number(number, tenant.address(number));
        }
        client.send("sam@sender.example", mail.to(), mail.text().getBytes(US_ASCII));
        accepted.incrementAndGet();
        mail = repeat.poll();
        Installation.pause(PACE);
      }
    } catch (IOException killed) {
      if (mail != null) {
        repeat.addFirst(mail);
      }
    }
  }

  private Map<String, Integer> settled(Installation installation, Tenant tenant)
      throws IOException {
    long end = System.nanoTime() + SETTLE.toNanos();
    while (true) {
      JsonNode inbound = installation.api().call("GET", "/dev/queues", "", "").path("inbound");
      if (inbound.path("dead").asInt() > 0) {
        throw new IOException("dead letters: " + inbound);
      }
      Map<String, Integer> found = subjects(installation, tenant);
      if (found.size() >= made.get() || System.nanoTime() > end) {
        return found;
      }
      Installation.pause(Duration.ofMillis(500));
    }
  }

  private Map<String, Integer> subjects(Installation installation, Tenant tenant)
      throws IOException {
    Map<String, Integer> found = new HashMap<>();
    for (String id : tenant.ids()) {
      String cursor = "";
      do {
        JsonNode page =
            installation
                .api()
                .get(
                    "/v1/inboxes/%s/messages?view=compact&limit=100%s".formatted(id, cursor),
                    tenant.key());
        page.path("messages")
            .forEach(message -> found.merge(message.path("subject").asText(), 1, Integer::sum));
        String next = page.path("next_cursor").asText("");
        cursor =
            page.path("next_cursor").isTextual()
                ? "&cursor=" + URLEncoder.encode(next, StandardCharsets.UTF_8)
                : "";
      } while (!cursor.isEmpty());
    }
    return found;
  }
}
