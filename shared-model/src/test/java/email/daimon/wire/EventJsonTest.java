package email.daimon.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.model.Event;
import email.daimon.model.EventType;
import email.daimon.model.Findings;
import email.daimon.model.MessageDocument;
import email.daimon.wire.EventSample.Sample;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The one body that satisfies every document. What it looks like is written down for each type; one
 * that is not yet gets it, and fails once, to be looked at.
 */
final class EventJsonTest {
  private static final URI PUBLIC_URL = URI.create("https://api.daimon.email");
  private static final Instant AT = Instant.parse("2026-03-16T10:40:00Z");

  @ParameterizedTest
  @EnumSource
  void isAsWrittenDown(EventType type) throws IOException {
    String found = body(sample(type)).toPrettyString() + "\n";
    Path expected = Path.of("src/test/resources/golden/events", type.wireName() + ".json");
    if (Files.notExists(expected)) {
      Files.createDirectories(expected.getParent());
      Files.writeString(expected, found);
      throw new AssertionError("written for the first time, look at it: " + expected);
    }
    assertThat(found).isEqualTo(Files.readString(expected));
  }

  /** The first seed: {@code event}, {@code inbox_id}, {@code message}. */
  @Test
  void satisfiesTheGuideToPlatforms() {
    JsonNode body = body(sample(EventType.MESSAGE_RECEIVED));
    assertThat(body.path("event").textValue()).isEqualTo("message.received");
    assertThat(body.path("inbox_id").textValue()).isEqualTo("inbox_1");
    JsonNode message = body.path("message");
    assertThat(message.path("id").textValue()).startsWith("msg_");
    assertThat(message.path("from").textValue()).isEqualTo("customer@example.com");
    assertThat(message.path("to").get(0).textValue()).isEqualTo("agent@daimon.email");
    assertThat(message.path("subject").textValue()).isEqualTo("Question about pricing");
    assertThat(message.path("body").textValue()).startsWith("Hi, what does it cost?");
    assertThat(message.path("received_at").textValue()).isEqualTo("2026-03-16T10:40:00Z");
  }

  /** The second seed: {@code type}, {@code timestamp}, flat {@code data}. */
  @Test
  void satisfiesTheGuideToTheFlowOfMails() {
    JsonNode body = body(sample(EventType.MESSAGE_RECEIVED));
    assertThat(body.path("type").textValue()).isEqualTo("message.received");
    assertThat(body.path("timestamp").textValue()).isEqualTo("2026-03-16T10:40:00Z");
    JsonNode data = body.path("data");
    assertThat(data.path("message_id").textValue()).startsWith("msg_");
    assertThat(data.path("inbox_id").textValue()).isEqualTo("inbox_1");
    assertThat(data.path("thread_id").textValue()).startsWith("thread_");
    assertThat(data.path("from").textValue()).isEqualTo("customer@example.com");
    assertThat(data.path("to").get(0).textValue()).isEqualTo("agent@daimon.email");
    assertThat(data.path("subject").textValue()).isEqualTo("Question about pricing");
    assertThat(data.path("text_body").textValue()).startsWith("Hi, what does it cost?");
    assertThat(data.path("reply_body").textValue()).startsWith("Hi, what does it cost?");
    assertThat(data.path("links").get(0).textValue()).isEqualTo("https://example.com/pricing");
    assertThat(data.path("cta_links").isArray()).isTrue();
    assertThat(data.path("received_at").textValue()).isEqualTo("2026-03-16T10:40:00Z");
  }

  /** The second seed again: what became of a mail that was sent. */
  @Test
  void satisfiesTheGuideToWhatBecameOfASend() {
    JsonNode sent = body(sample(EventType.MESSAGE_SENT)).path("data");
    assertThat(sent.path("message_id").textValue()).startsWith("msg_");
    assertThat(sent.path("inbox_id").textValue()).isEqualTo("inbox_1");
    assertThat(sent.path("to").get(0).textValue()).isEqualTo("customer@example.com");
    assertThat(sent.path("subject").textValue()).isEqualTo("Re: Question about pricing");
    assertThat(sent.path("smtp_message_id").textValue()).isEqualTo("<0100@email.amazonses.com>");
    assertThat(sent.path("delivered_at").textValue()).isEqualTo("2026-03-16T10:40:00Z");

    JsonNode bounced = body(sample(EventType.MESSAGE_BOUNCED)).path("data");
    assertThat(bounced.path("to").get(0).textValue()).isEqualTo("customer@example.com");
    assertThat(bounced.path("bounce_type").textValue()).isEqualTo("permanent");
    assertThat(bounced.path("bounce_reason").textValue())
        .isEqualTo("550 5.1.1 Recipient address rejected: User unknown");
    assertThat(bounced.path("smtp_code").intValue()).isEqualTo(550);
  }

  /** The API reference: {@code data.message}. */
  @Test
  void satisfiesTheReferenceOfTheApi() {
    JsonNode body = Addressed.to("wh_1", sample(EventType.MESSAGE_RECEIVED));
    assertThat(body.path("event").textValue()).isEqualTo("message.received");
    assertThat(body.path("webhook_id").textValue()).isEqualTo("wh_1");
    assertThat(body.path("inbox_id").textValue()).isEqualTo("inbox_1");
    assertThat(body.path("timestamp").textValue()).isNotEmpty();
    JsonNode message = body.path("data").path("message");
    assertThat(message.path("id").textValue()).startsWith("msg_");
    for (String name : List.of("from", "subject", "body_text", "body_html", "reply_body")) {
      assertThat(message.path(name).textValue()).as(name).isNotEmpty();
    }
    for (String name : List.of("to", "links", "cta_links")) {
      assertThat(message.path(name).isArray()).as(name).isTrue();
    }
    assertThat(message.path("received_at").textValue()).isEqualTo("2026-03-16T10:40:00Z");
  }

  /** The reference of webhooks: ids, the whole message and its files. */
  @Test
  void satisfiesTheReferenceOfWebhooks() {
    JsonNode body = body(sample(EventType.MESSAGE_RECEIVED));
    assertThat(body.path("event").textValue()).isEqualTo("message.received");
    assertThat(body.path("event_id").textValue()).startsWith("evt_");
    assertThat(body.path("timestamp_ms").longValue()).isEqualTo(AT.toEpochMilli());
    assertThat(body.path("account_id").textValue()).isEqualTo("acc_1");
    assertThat(body.path("inbox_id").textValue()).isEqualTo("inbox_1");
    JsonNode message = body.path("message");
    for (String name :
        List.of("id", "inbox_id", "thread_id", "from", "subject", "body", "html_body")) {
      assertThat(message.path(name).textValue()).as(name).isNotEmpty();
    }
    assertThat(message.path("reply_body").textValue()).startsWith("Hi");
    assertThat(message.path("plain_body").textValue()).startsWith("Hi");
    for (String name : List.of("to", "cc", "bcc")) {
      assertThat(message.path(name).isArray()).as(name).isTrue();
    }
    JsonNode file = message.path("attachments").get(0);
    assertThat(file.path("id").textValue()).startsWith("att_");
    assertThat(file.path("filename").textValue()).isEqualTo("order.pdf");
    assertThat(file.path("content_type").textValue()).isEqualTo("application/pdf");
  }

  @Test
  void isNamedAsTheWebhookAskedForIt() {
    Sample sample = sample(EventType.MESSAGE_SENT);
    byte[] kept = EventJson.body(sample.event(), sample.subject(), PUBLIC_URL);
    String addressed = new String(EventJson.addressed(kept, "wh_1", "message.delivered"), UTF_8);
    assertThat(addressed)
        .startsWith(
            "{\"webhook_id\":\"wh_1\",\"event\":\"message.delivered\",\"type\":\"message.delivered\",\"version\":1,");
    assertThat(addressed).doesNotContain("message.sent");
  }

  @Test
  void longTextsAreCutAndLinked() {
    JsonNode body = body(longMail("é".repeat(20_000), "<p>" + "x".repeat(100_000)));
    JsonNode message = body.path("message");
    assertThat(message.path("text_body").textValue().getBytes(UTF_8)).hasSize(16 * 1024);
    assertThat(message.path("html_body").textValue()).hasSizeBetween(16 * 1024, 64 * 1024);
    assertThat(message.path("truncated").booleanValue()).isTrue();
    assertThat(body.path("truncated").booleanValue()).isTrue();
    for (String name : List.of("text_body", "html_body", "reply_body")) {
      assertThat(message.path(name + "_truncated").booleanValue()).as(name).isTrue();
      assertThat(message.path(name + "_url").textValue())
          .as(name)
          .startsWith("https://api.daimon.email/v1/inboxes/inbox_1/messages/msg_");
    }
  }

  @Test
  void longHtmlIsCutAt64Kilobytes() {
    JsonNode message = body(longMail("short", "<p>" + "x".repeat(100_000))).path("message");
    assertThat(message.path("html_body").textValue()).hasSize(64 * 1024);
    assertThat(message.has("text_body_truncated")).isFalse();
  }

  @Test
  void noTextMakesABodyLargerThan256Kilobytes() {
    for (String text : List.of("\u0001", "\u20ac", "\ud83d\ude00", "\"")) {
      Sample mail = longMail(text.repeat(600_000), text.repeat(600_000));
      byte[] body = EventJson.body(mail.event(), mail.subject(), PUBLIC_URL);
      assertThat(body.length).isLessThanOrEqualTo(EventJson.MOST);
      assertThat(parsed(body).path("message").path("text_body").textValue()).isNotEmpty();
    }
  }

  @Test
  void ofAVirusNothingButSenderAndSubjectIsShown() {
    Sample mail = sample(EventType.MESSAGE_QUARANTINED);
    JsonNode body = body(mail);
    assertThat(body.toString()).doesNotContain("what does").doesNotContain("order.pdf");
    assertThat(body.path("data").path("from").textValue()).isEqualTo("customer@example.com");
    assertThat(body.path("data").path("subject").textValue()).isEqualTo("Question about pricing");
  }

  @Test
  void aMessageThatIsGoneIsOnlyNamed() {
    Sample mail = sample(EventType.MESSAGE_RECEIVED);
    JsonNode body = body(new Sample(mail.event(), Optional.empty()));
    String id = mail.event().message().orElseThrow().id();
    assertThat(body.path("message").path("id").textValue()).isEqualTo(id);
    assertThat(body.path("message").path("deleted").booleanValue()).isTrue();
    assertThat(body.path("data").path("message_id").textValue()).isEqualTo(id);
    assertThat(body.toString()).doesNotContain("pricing");
  }

  @Test
  void aTypeOfALaterVersionIsToldToo() {
    Event event =
        new Event(
            "evt_1",
            "acc_1",
            "message.teleported",
            Optional.of("inbox_1"),
            Optional.empty(),
            Optional.empty(),
            7,
            AT,
            Map.of("where", "Mars"));
    JsonNode body = body(new Sample(event, Optional.empty()));
    assertThat(body.path("type").textValue()).isEqualTo("message.teleported");
    assertThat(body.path("data").path("where").textValue()).isEqualTo("Mars");
  }

  private static Sample longMail(String text, String html) {
    Sample sample = sample(EventType.MESSAGE_RECEIVED);
    MessageDocument document =
        new MessageDocument(
            text,
            "text",
            Optional.of(html),
            text,
            List.of(),
            List.of(),
            Map.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            Findings.NONE);
    return new Sample(
        sample.event(),
        Optional.of(
            new EventJson.Subject(
                sample.subject().orElseThrow().message(), document, Set.of("headers"))));
  }

  private static Sample sample(EventType type) {
    return EventSample.of(type, "acc_1", "inbox_1", AT);
  }

  private static JsonNode body(Sample sample) {
    return parsed(EventJson.body(sample.event(), sample.subject(), PUBLIC_URL));
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return new ObjectMapper().readTree(body);
    } catch (IOException e) {
      throw new AssertionError(new String(body, UTF_8), e);
    }
  }

  /** The body as a webhook gets it. */
  private static final class Addressed {
    static JsonNode to(String webhookId, Sample sample) {
      return parsed(
          EventJson.addressed(
              EventJson.body(sample.event(), sample.subject(), PUBLIC_URL),
              webhookId,
              sample.event().type()));
    }
  }
}
