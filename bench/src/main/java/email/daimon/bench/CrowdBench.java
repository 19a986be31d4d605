package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.concurrent.CompletableFuture;

/**
 * What 1,000 calls that wait at the same time do to another who reads: so many as the caps allow
 * are held, the others answered at once. Reads come at an even pace, before, beside and after.
 */
final class CrowdBench {
  private static final int ACCOUNTS = 50;
  private static final int CALLS = 1_000;
  private static final int READS = 400;
  private static final Duration PACE = Duration.ofMillis(20);
  private static final int TIMEOUT = 25;

  /** The cap of all accounts together (rules 3.9). */
  private static final int MOST_HELD = 100;

  private final Installation installation;
  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Tenant> tenants = new ArrayList<>();

  private CrowdBench(Installation installation) throws IOException {
    this.installation = installation;
    for (int i = 0; i < ACCOUNTS; i++) {
      tenants.add(Tenant.create(installation.api(), "crowd-" + i, 1));
    }
  }

  static ObjectNode run(Path home) throws Exception {
    Path folder = Files.createTempDirectory("daimon-bench");
    try (Installation installation = Installation.start(home, folder.resolve("data"))) {
      return new CrowdBench(installation).measured();
    }
  }

  private ObjectNode measured() throws Exception {
    ObjectNode result = Json.MAPPER.createObjectNode();
    // Warm: both what reads and what waits.
    var _ = reads();
    var _ = refused(begun(1));
    reads().writeTo(result.putObject("before"));
    long begun = System.nanoTime();
    List<CompletableFuture<HttpResponse<String>>> calls = begun(TIMEOUT);
    while (waiting(calls) > MOST_HELD) {
      Installation.pause(Duration.ofMillis(1));
    }
    Duration taken = Duration.ofNanos(System.nanoTime() - begun);
    reads().writeTo(result.putObject("beside"));
    long held = waiting(calls);
    int refused = refused(calls);
    reads().writeTo(result.putObject("after"));
    return result
        .put("calls", CALLS)
        .put("held", held)
        .put("answered_at_once", refused)
        .put("answered_at_once_all_within_ms", taken.toMillis());
  }

  private static long waiting(List<CompletableFuture<HttpResponse<String>>> calls) {
    return calls.stream().filter(call -> !call.isDone()).count();
  }

  private List<CompletableFuture<HttpResponse<String>>> begun(int timeout) {
    List<CompletableFuture<HttpResponse<String>>> calls = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      Tenant tenant = tenants.get(i % ACCOUNTS);
      URI uri =
          installation
              .api()
              .uri(
                  "/v1/inboxes/%s/messages/wait?timeout=%d"
                      .formatted(tenant.ids().getFirst(), timeout));
      calls.add(
          http.sendAsync(
              HttpRequest.newBuilder(uri).header("Authorization", "Bearer " + tenant.key()).build(),
              BodyHandlers.ofString()));
    }
    return calls;
  }

  /** Waits for all; how many were not held. */
  private static int refused(List<CompletableFuture<HttpResponse<String>>> calls)
      throws IOException {
    int refused = 0;
    for (var call : calls) {
      HttpResponse<String> answer = call.join();
      JsonNode body = Json.read(answer.body());
      if (answer.statusCode() != 200) {
        throw new IOException(answer.statusCode() + " " + answer.body());
      }
      refused += body.has("retry_after") ? 1 : 0;
    }
    return refused;
  }

  private Percentiles reads() throws IOException {
    Tenant reader = tenants.getLast();
    String path = "/v1/inboxes/" + reader.ids().getFirst();
    long[] taken = new long[READS];
    long next = System.nanoTime();
    for (int i = 0; i < READS; i++) {
      long begun = System.nanoTime();
      var _ = installation.api().get(path, reader.key());
      taken[i] = System.nanoTime() - begun;
      next += PACE.toNanos();
      Installation.pause(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
    }
    return Percentiles.of(taken);
  }
}
