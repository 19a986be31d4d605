package email.daimon.functions.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import email.daimon.model.EventType;
import email.daimon.wire.EventJson;
import email.daimon.wire.EventSample;
import email.daimon.wire.EventSample.Sample;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What webhooks are sent is what {@code openapi.yaml} says that they are sent. */
final class EventBodyContractTest {
  private static final String SCHEMA =
      "/webhooks/event/post/requestBody/content/application~1json/schema";

  @ParameterizedTest
  @EnumSource
  void isAsTheContractSays(EventType type) {
    Sample sample =
        EventSample.of(
            type,
            "acc_0000000000000000000001",
            "inbox_0000000000000000000001",
            Instant.parse("2026-03-16T10:40:00Z"));
    for (Sample told : List.of(sample, new Sample(sample.event(), Optional.empty()))) {
      byte[] body =
          EventJson.body(told.event(), told.subject(), URI.create("https://api.daimon.email"));
      Contract.load()
          .check(SCHEMA, new String(EventJson.addressed(body, "wh_1", type.wireName()), UTF_8));
    }
  }
}
