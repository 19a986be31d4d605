package email.daimon.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.local.testing.LocalDaimon;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who reads the feed and breaks off again and again gets each event once. */
final class FeedModeTest {
  private static final int INBOXES = 3;
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private final Agent agent = new Agent();
  @TempDir Path folder;
  private volatile LocalDaimon daimon;

  @Test
  void eachEventComesOnceInTheOrderOfItsInboxOverARestart() throws Exception {
    read(100);
  }

  @Test
  @Tag("slow")
  void ofFiveThousandMailsToo() throws Exception {
    read(5_000);
  }

  private void read(int mails) throws Exception {
    LocalSettings settings = LocalSettings.ephemeral().in(folder.resolve("data"));
    daimon = LocalDaimon.start(settings);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      JsonNode first = agent.open(daimon, "", "reader-0");
      String key = first.path("account_api_key").asText();
      for (int i = 1; i < INBOXES; i++) {
        agent.open(daimon, key, "reader-" + i);
      }
      Future<List<JsonNode>> reader = threads.submit(() -> events(key, mails));
      Future<?> postman = threads.submit(() -> send(0, mails / 2));
      postman.get();
      daimon.close();
      daimon = LocalDaimon.start(settings);
      send(mails / 2, mails);
      holds(reader.get(), mails);
    } finally {
      daimon.close();
    }
  }

  private Void send(int from, int end) throws IOException {
    for (int i = from; i < end; i++) {
      String to = "reader-" + i % INBOXES + "@daimon.email";
      byte[] mail = MailCommand.written("ann@example.com", to, "Mail " + i, "Hello " + i);
      assertThat(MailCommand.send(daimon.smtpPort(), "ann@example.com", to, mail))
          .startsWith("250");
    }
    return null;
  }

  /** Reads until as many events are there, and a moment longer. */
  private List<JsonNode> events(String key, int count) {
    Random random = new Random(count);
    List<JsonNode> got = new ArrayList<>();
    String cursor = "";
    long end = System.nanoTime() + PATIENCE.toNanos();
    boolean quiet = false;
    while (!quiet && System.nanoTime() < end) {
      String path = "/v1/events?limit=" + (1 + random.nextInt(50)) + "&wait=1" + cursor;
      try {
        JsonNode page =
            agent
                .get(daimon, key, path, Duration.ofMillis(20 + random.nextInt(2_000)))
                .path("result");
        page.path("events").forEach(got::add);
        cursor = "&cursor=" + page.path("next_cursor").asText();
        quiet = got.size() >= count && page.path("events").isEmpty();
      } catch (Exception _) {
        // broken off, or the server is away: the same cursor again
      }
    }
    return got;
  }

  private static void holds(List<JsonNode> events, int mails) {
    Set<String> ids = new HashSet<>();
    Map<String, Long> last = new TreeMap<>();
    for (JsonNode event : events) {
      assertThat(ids.add(event.path("id").asText())).as("once").isTrue();
      long sequence = event.path("sequence").asLong();
      long before = last.getOrDefault(event.path("inbox_id").asText(), 0L);
      assertThat(sequence).as("in order").isEqualTo(before + 1);
      last.put(event.path("inbox_id").asText(), sequence);
    }
    assertThat(events).hasSize(mails);
    assertThat(last).hasSize(INBOXES);
  }
}
