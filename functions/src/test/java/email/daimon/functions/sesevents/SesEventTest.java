package email.daimon.functions.sesevents;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.functions.sesevents.SesEvent.Reading;
import email.daimon.model.DeliveryNews;
import email.daimon.model.DeliveryNews.Kind;
import email.daimon.model.DeliveryNews.Recipient;
import email.daimon.model.MessageKey;
import email.daimon.model.SendTags;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One sample of each event that SES publishes, and what it says. */
final class SesEventTest {
  private static final String ID = "01000199a1b2c3d4-0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0-000000";
  private static final SendTags TAGS =
      new SendTags(
          "acc_0NvZ8k2QmW4rT6yU8iO0pA",
          "inbox_0NvZ8k2QmW4rT6yU8iO0pB",
          new MessageKey(1_795_256_130_000L, "msg_3k9TzQ0aBcDeFgHiJkLmNo"),
          "8f14e45f-ceea-467f-9e0b-2d1c3b4a5968");

  @Test
  void send() throws IOException {
    assertThat(sample("send"))
        .isEqualTo(news(Kind.SEND, "2026-11-21T10:15:30.250Z", List.of(), false, ""));
  }

  @Test
  void delivery() throws IOException {
    assertThat(sample("delivery"))
        .isEqualTo(
            news(
                Kind.DELIVERY,
                "2026-11-21T10:15:32.480Z",
                List.of(recipient("ann@example.com", "250", "250 2.6.0 Message received")),
                false,
                ""));
  }

  @Test
  void deliveryDelay() throws IOException {
    assertThat(sample("delivery-delay"))
        .isEqualTo(
            news(
                Kind.DELAY,
                "2026-11-21T10:45:31Z",
                List.of(
                    recipient(
                        "ann@example.com", "421", "421 4.4.1 Unable to connect to remote host")),
                false,
                "TransientCommunicationFailure"));
  }

  @Test
  void bounce() throws IOException {
    assertThat(sample("bounce"))
        .isEqualTo(
            news(
                Kind.BOUNCE,
                "2026-11-21T10:15:33.669Z",
                List.of(recipient("bob@example.org", "550", "550 5.1.1 user unknown")),
                true,
                "Permanent/General"));
  }

  @Test
  void complaint() throws IOException {
    assertThat(sample("complaint"))
        .isEqualTo(
            news(
                Kind.COMPLAINT,
                "2026-11-21T14:41:02Z",
                List.of(new Recipient("ann@example.com", Optional.empty(), Optional.empty())),
                false,
                "abuse"));
  }

  @Test
  void reject() throws IOException {
    assertThat(sample("reject"))
        .isEqualTo(news(Kind.REJECT, "2026-11-21T10:15:30.250Z", List.of(), true, "Bad content"));
  }

  @Test
  void renderingFailure() throws IOException {
    assertThat(sample("rendering-failure"))
        .isEqualTo(
            news(
                Kind.REJECT,
                "2026-11-21T10:15:30.250Z",
                List.of(),
                true,
                "Attribute 'name' is not present in the rendering data."));
  }

  @Test
  void theIdThatRecipientsSeeNamesTheRegionItWasSentFrom() throws IOException {
    String body = body("send").replace("arn:aws:ses:us-east-1", "arn:aws:ses:eu-west-1");

    assertThat(SesEvent.read(body))
        .isInstanceOfSatisfying(
            Reading.News.class,
            read ->
                assertThat(read.news().messageIdHeader())
                    .hasValue("<" + ID + "@eu-west-1.amazonses.com>"));
  }

  @Test
  void withoutTheEnvelopeOfSnsItIsTheSame() throws IOException {
    String inner = new ObjectMapper().readTree(body("bounce")).path("Message").asText();

    assertThat(SesEvent.read(inner)).isEqualTo(SesEvent.read(body("bounce")));
  }

  @Test
  void whatIsNoEventOfAMailOfOursIsLetGo() throws IOException {
    for (String body :
        List.of(
            "",
            "Successfully validated SNS topic for Amazon SES event publishing.",
            "{\"Type\":\"Notification\",\"Message\":\"Successfully validated SNS topic\"}",
            "[]",
            "{\"eventType\":\"Send\"}",
            "{\"eventType\":\"Send\",\"mail\":{\"tags\":{\"account\":[\"a\"]}}}",
            body("send").replace("1795256130000-msg_", "1795256130000-"),
            body("send").replace("2026-11-21T10:15:30.250Z", "yesterday"),
            body("send").replace("\\\"Send\\\"", "\\\"Open\\\""))) {
      assertThat(SesEvent.read(body)).as(body).isInstanceOf(Reading.Other.class);
    }
  }

  private static DeliveryNews news(
      Kind kind, String at, List<Recipient> recipients, boolean permanent, String detail) {
    return new DeliveryNews(
        kind,
        TAGS,
        Instant.parse(at),
        Optional.of(ID),
        Optional.of("<" + ID + "@email.amazonses.com>"),
        recipients,
        permanent,
        detail);
  }

  private static Recipient recipient(String address, String code, String words) {
    return new Recipient(address, Optional.of(code), Optional.of(words));
  }

  private static DeliveryNews sample(String name) throws IOException {
    return ((Reading.News) SesEvent.read(body(name))).news();
  }

  private static String body(String name) throws IOException {
    return new ObjectMapper()
        .readTree(Path.of("../events/ses-" + name + ".json").toFile())
        .at("/Records/0/body")
        .asText();
  }
}
