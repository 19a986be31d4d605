package email.daimon.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a user sees of sending: how fast sends are taken by the API, how fast they are out, reported
 * and final, and what one costs. The installation is a process of its own and durable; the load
 * shares its cores.
 */
final class SendBench {
  private static final int WARM_UP = 300;
  private static final int SENDS = 1_500;
  private static final int CONNECTIONS = 4;
  private static final int INBOXES = 20;
  private static final int COUNTED = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final String BODY =
      "{\"to\":\"someone-%d@outside.example\",\"subject\":\"Mail %d\",\"text\":\"Hello, this is"
          + " number %d.\"}";
  private final Installation installation;
  private final Tenant tenant;
  private int asked;

  private SendBench(Installation installation) throws IOException {
    this.installation = installation;
    this.tenant = Tenant.create(installation.api(), "bench", INBOXES);
  }

  static ObjectNode run(Path home) throws Exception {
    Path folder = Files.createTempDirectory("daimon-bench");
    ObjectNode result = Json.MAPPER.createObjectNode();
    try (Installation installation =
            Installation.start(home, folder.resolve("data"), "--tier", "enterprise");
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
      SendBench bench = new SendBench(installation);
      bench.send(WARM_UP, threads);
      bench.waitUntilOut();
      long begun = System.nanoTime();
      double taken = bench.send(SENDS, threads);
      bench.waitUntilOut();
      result.put("sends", SENDS);
      result.put("taken_by_the_api_per_second", taken);
      result.put("through_the_whole_path_per_second", Figures.perSecond(SENDS, begun));
      result.put("resident_megabytes", installation.residentMegabytes());
    }
    result.set("per_send", cost());
    return result;
  }

  private double send(int count, ExecutorService threads) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> callers = new ArrayList<>();
    long begun = System.nanoTime();
    for (int c = 0; c < CONNECTIONS; c++) {
      callers.add(
          threads.submit(() -> {
            for (int i = next.getAndIncrement(); i < count; i = next.getAndIncrement()) {
              installation
                  .api()
                  .post(
                      "/v1/inboxes/" + tenant.ids().get(i % INBOXES) + "/send",
                      tenant.key(),
                      BODY.formatted(i, i, i));
            }
            return null;
          }));
    }
    for (Future<?> caller : callers) {
      caller.get();
    }
    asked += count;
    return Figures.perSecond(count, begun);
  }

  // Final: SES has said what became of each.
  private void waitUntilOut() throws IOException {
    long begun = System.nanoTime();
    while (open() > 0) {
      if (System.nanoTime() - begun > PATIENCE.toNanos()) {
        throw new IOException("not every mail of " + asked + " is out after " + PATIENCE);
      }
      Installation.pause(Duration.ofMillis(200));
    }
  }

  private int open() throws IOException {
    int open = 0;
    for (String id : tenant.ids()) {
      for (String status : List.of("queued", "sending")) {
        String list = "/v1/inboxes/" + id + "/messages?view=compact&limit=1&status=" + status;
        open += installation.api().get(list, tenant.key()).path("messages").size();
      }
      if (open > 0) {
        return open;
      }
    }
    return open;
  }

  /** DynamoDB units, and calls of each service, of one send from the API to its last report. */
  private static ObjectNode cost() throws Exception {
    ObjectNode perSend = Json.MAPPER.createObjectNode();
    try (LocalDaimon daimon = LocalDaimon.start()) {
      ApiClient api = new ApiClient(daimon.apiUrl());
      Tenant one = Tenant.create(api, "usage", 1);
      api.upgrade(one.key());
      String inbox = one.ids().getFirst();
      String send = "/v1/inboxes/" + inbox + "/send";
      daimon.usage().countUnits();
      daimon.usage().reset();
      List<String> messages = new ArrayList<>();
      for (int i = 0; i < COUNTED; i++) {
        messages.add(api.post(send, one.key(), BODY.formatted(i, i, i)).path("id").asText());
      }
      long end = System.nanoTime() + PATIENCE.toNanos();
      for (String message : messages) {
        while (!daimon
            .wiring()
            .mailbox()
            .message(inbox, message)
            .orElseThrow()
            .status()
            .equals("sent")) {
          if (System.nanoTime() > end) {
            throw new IOException(message + " was not sent within " + PATIENCE);
          }
          Installation.pause(Duration.ofMillis(50));
        }
      }
      Figures.each(perSend, daimon.usage().snapshot(), COUNTED);
    }
    return perSend;
  }
}
