package email.daimon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import email.daimon.model.Event;
import email.daimon.model.MessageKey;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class FeedEventJsonTest {
  private static final Instant AT = Instant.parse("2026-03-16T14:30:15Z");

  @Test
  void anEventOfAMailNamesItAndWhoIsConcerned() {
    Event event =
        new Event(
            "evt_1",
            "acc_1",
            "message.sent",
            Optional.of("inbox_1"),
            Optional.of("thread_1"),
            Optional.of(new MessageKey(7, "msg_1")),
            4,
            AT,
            Map.of("to", "a@example.com\nb@example.com", "smtp_code", "550", "quiet", "true"));

    assertThat(FeedEventJson.of(event, "message.delivered").toString())
        .isEqualTo(
            """
            {"id":"evt_1","event_id":"evt_1","type":"message.delivered",\
            "event":"message.delivered","created_at":"2026-03-16T14:30:15Z",\
            "timestamp":"2026-03-16T14:30:15Z","account_id":"acc_1","inbox_id":"inbox_1",\
            "thread_id":"thread_1","message_id":"msg_1","sequence":4,"quiet":true,\
            "data":{"message_id":"msg_1","inbox_id":"inbox_1","thread_id":"thread_1",\
            "smtp_code":550,"to":["a@example.com","b@example.com"]}}\
            """);
  }

  @Test
  void anEventOfTheAccountNamesNoInbox() {
    Event event =
        new Event(
            "evt_2",
            "acc_1",
            "account.upgraded",
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            1,
            AT,
            Map.of("from", "free", "to", "developer"));

    var json = FeedEventJson.of(event, "account.upgraded");

    assertThat(json.path("inbox_id").isNull()).isTrue();
    assertThat(json.path("data").toString()).isEqualTo("{\"from\":\"free\",\"to\":\"developer\"}");
  }
}
