package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Opened;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The polling loops of both seeds: every mail is handed over with its text, at least once, though
 * its commit comes up to a minute after its 250 and one mail comes again.
 */
final class PollingLoopTest {
  private static final Duration INTERVAL = Duration.ofSeconds(30);
  private final TestApi api = TestApi.lagging();
  private final Postman postman = new Postman(api);
  private final Opened agent = api.open("agent-one");
  private final String messages = "/v1/inboxes/" + agent.inboxId() + "/messages";
  private final Set<String> expected = new HashSet<>();
  private final Set<String> handled = new HashSet<>();
  private final Random random = new Random(5);

  @Test
  void theFirstSeedsLoopOfUnreadMail() {
    for (int round = 0; round < 6; round++) {
      mailsOfAnInterval(round);
      JsonNode page = call(messages + "?sort=desc&limit=10");
      for (JsonNode message : page.path("messages")) {
        if (!message.path("read").asBoolean()) {
          handled.add(message.path("text_body").asText().strip());
          api.call(
              post(messages + "/" + message.path("id").asText() + "/read").key(agent.inboxKey()));
        }
      }
    }
    assertThat(handled).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, -8})
  void theSecondSeedsLoopWithPythonsLocalTimes(int hoursFromUtc) {
    LocalDateTime mark = localTime(hoursFromUtc);
    for (int round = 0; round < 6; round++) {
      mailsOfAnInterval(round);
      JsonNode page = call(messages + "?limit=100&received_after=" + mark);
      page.path("messages")
          .forEach(message -> handled.add(message.path("text_body").asText().strip()));
      // The sample takes its mark after the call: what is stored in between must not be lost.
      bring("between " + round);
      api.clock.advance(Duration.ofSeconds(random.nextInt(3)));
      mark = localTime(hoursFromUtc);
    }
    call(messages + "?limit=100&received_after=" + mark)
        .path("messages")
        .forEach(message -> handled.add(message.path("text_body").asText().strip()));
    assertThat(handled).isEqualTo(expected);
  }

  private LocalDateTime localTime(int hoursFromUtc) {
    return LocalDateTime.ofInstant(api.clock.instant(), ZoneOffset.ofHours(hoursFromUtc));
  }

  private void mailsOfAnInterval(int round) {
    int mails = random.nextInt(9);
    for (int mail = 0; mail < mails; mail++) {
      bring("words " + round + "/" + mail);
      api.clock.advance(INTERVAL.dividedBy(10));
    }
    api.clock.advance(INTERVAL.minus(INTERVAL.dividedBy(10).multipliedBy(mails)));
  }

  private void bring(String text) {
    String sesId = postman.put(Postman.plain(text.replaceAll("\\W", "-"), "Mail", text));
    postman.redeliver(sesId, "agent-one", Map.of());
    if (random.nextInt(4) == 0) {
      postman.redeliver(sesId, "agent-one", Map.of());
    }
    expected.add(text);
  }

  private JsonNode call(String path) {
    return api.call(get(path).key(agent.inboxKey())).result();
  }
}
