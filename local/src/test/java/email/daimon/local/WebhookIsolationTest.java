package email.daimon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import email.daimon.functions.Wiring;
import email.daimon.functions.secrets.WebhookSecrets.SealedSecret;
import email.daimon.functions.store.WebhookCall;
import email.daimon.functions.testing.TestWebhooks;
import email.daimon.local.testing.LocalDaimon;
import email.daimon.model.Ids;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One endpoint that hangs, one that answers 500 and one that takes 3 s, beside healthy ones. */
class WebhookIsolationTest {
  private static final List<String> SICK = List.of("/hangs", "/fails", "/slow");
  private final CountDownLatch over = new CountDownLatch(1);
  private final Map<String, Long> told = new ConcurrentHashMap<>();
  private final Map<String, Long> heard = new ConcurrentHashMap<>();
  private final LocalDaimon daimon = LocalDaimon.start();
  private final Wiring wiring = daimon.wiring();
  private final Ids ids = new Ids(new Random());
  private final HttpServer server = server();

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    daimon.close();
  }

  @Test
  void theHealthyAreToldInTimeBesideTheSick() throws Exception {
    List<String> healthy = webhooks(5, "/well");
    List<String> sick = SICK.stream().map(path -> webhooks(1, path).getFirst()).toList();

    List<Long> latencies = latencies(healthy, sick, 20, Duration.ofSeconds(2));

    // A hanging call takes 15 s: nobody has waited for one.
    assertThat(latencies.getLast()).isLessThan(5_000);
    assertThat(daimon.queues().get("webhooks").dead()).isZero();
    assertThat(daimon.queues().get("slow-webhooks").dead()).isZero();
  }

  @Test
  @Tag("slow")
  void theHealthyFeelNothingOfTheSick() throws Exception {
    List<String> healthy = webhooks(50, "/well");
    List<String> alsoWell = webhooks(3, "/well");
    List<String> sick = SICK.stream().map(path -> webhooks(1, path).getFirst()).toList();
    Duration time = Duration.ofSeconds(Integer.getInteger("daimon.isolation", 30));
    latencies(healthy, alsoWell, 100, Duration.ofSeconds(10));

    List<Long> before = latencies(healthy, alsoWell, 100, time);
    List<Long> beside = latencies(healthy, sick, 100, time);
    List<Long> after = latencies(healthy, alsoWell, 100, time);

    System.out.printf(
        "isolation: 100 events/s for %s; p50 %d, %d, %d ms; p99 %d, %d, %d ms (without, beside the"
            + " sick, without)%n",
        time,
        percentile(before, 50),
        percentile(beside, 50),
        percentile(after, 50),
        percentile(before, 99),
        percentile(beside, 99),
        percentile(after, 99));
    long without = Math.max(percentile(before, 99), percentile(after, 99));
    assertThat(percentile(beside, 99)).isLessThanOrEqualTo(without * 6 / 5);
  }

  /** Milliseconds from the planning of an event to its call, of the healthy ones, in order. */
  private List<Long> latencies(
      List<String> healthy, List<String> others, int perSecond, Duration time) throws Exception {
    told.clear();
    heard.clear();
    List<String> all = new ArrayList<>(healthy);
    all.addAll(others);
    Map<String, String> ofHealthy = new ConcurrentHashMap<>();
    long events = perSecond * time.toSeconds();
    try (ScheduledExecutorService timer = Executors.newScheduledThreadPool(8)) {
      for (int i = 0; i < events; i++) {
        String webhook = all.get(i % all.size());
        boolean well = healthy.contains(webhook);
        var _ =
            timer.schedule(
                () -> tell(webhook, well, ofHealthy),
                1_000_000L * i / perSecond,
                TimeUnit.MICROSECONDS);
      }
    }
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> heard.keySet().containsAll(ofHealthy.keySet()));
    return ofHealthy.keySet().stream()
        .map(event -> (heard.get(event) - told.get(event)) / 1_000_000)
        .sorted()
        .toList();
  }

  private static long percentile(List<Long> sorted, int percent) {
    return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
  }

  private void tell(String webhook, boolean well, Map<String, String> ofHealthy) {
    Instant now = wiring.clock().instant();
    String event = ids.next("evt", now);
    wiring.hooks().eventBodies().keep(event, ("{\"id\":\"" + event + "\"}").getBytes(UTF_8), now);
    var _ = wiring.hooks().deliveries().plan(TestWebhooks.pending(webhook, event, now));
    told.put(event, System.nanoTime());
    if (well) {
      ofHealthy.put(event, webhook);
    }
    wiring.queues().send(WebhookCall.QUEUE, new WebhookCall(webhook, Optional.of(event)).json());
  }

  private List<String> webhooks(int number, String path) {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      Instant now = wiring.clock().instant();
      String id = ids.next("wh", now);
      String account = ids.next("acc", now);
      SealedSecret secret =
          wiring
              .hooks()
              .webhookSecrets()
              .seal(account, id, wiring.hooks().webhookSecrets().make(), now);
      var created =
          wiring
              .hooks()
              .webhooks()
              .create(
                  TestWebhooks.wanted(
                      id,
                      account,
                      Optional.empty(),
                      "http://localhost:" + server.getAddress().getPort() + path,
                      secret,
                      now));
      assertThat(created).isNotNull();
      made.add(id);
    }
    return made;
  }

  private HttpServer server() {
    try {
      HttpServer made =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_000);
      made.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      made.createContext("/", this::hear);
      made.start();
      return made;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void hear(HttpExchange call) throws IOException {
    String event = call.getRequestHeaders().getFirst("webhook-id");
    heard.putIfAbsent(event, System.nanoTime());
    int status = 200;
    try {
      switch (call.getRequestURI().getPath()) {
        case "/hangs" -> over.await();
        case "/slow" -> {
          var _ = over.await(3, TimeUnit.SECONDS);
        }
        case "/fails" -> status = 500;
        default -> {}
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (call) {
      call.sendResponseHeaders(status, -1);
    }
  }
}
