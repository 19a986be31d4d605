package email.daimon.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.model.Attachment;
import email.daimon.model.Direction;
import email.daimon.model.Findings;
import email.daimon.model.ListForm;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.MessageDocument.Recipient;
import email.daimon.model.MessageKey;
import email.daimon.model.Verdicts;
import email.daimon.model.Verdicts.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A message has every name that one of the documents uses for a thing. */
final class MessageJsonTest {
  private static final Instant TIME = Instant.parse("2026-03-16T10:40:00.120Z");

  @Test
  void aRowHasEveryAliasAndItsText() {
    JsonNode row =
        MessageJson.row(message(Set.of(), Verdict.PASS), ListForm.of(document("Please")));

    for (String name : List.of("text_body", "body", "body_text", "reply_body")) {
      assertThat(row.get(name).asText()).as(name).isEqualTo("Please");
    }
    for (String name : List.of("from", "from_address")) {
      assertThat(row.get(name).asText()).as(name).isEqualTo("user@example.com");
    }
    for (String name : List.of("id", "message_id")) {
      assertThat(row.get(name).asText()).as(name).isEqualTo("msg_1");
    }
    assertThat(row.get("to").get(0).asText()).isEqualTo("agent@daimon.email");
    assertThat(row.get("to_address").asText()).isEqualTo("agent@daimon.email");
    assertThat(row.get("recipients_details").get(0).get("name").asText()).isEqualTo("Agent");
    assertThat(row.get("stored_at").asText()).isEqualTo("2026-03-16T10:40:00.120Z");
    assertThat(row.get("truncated").asBoolean()).isFalse();
    assertThat(row.has("headers")).isFalse();
    assertThat(row.has("html_body")).isFalse();
  }

  @Test
  void aRowSaysWhichTextsWereCut() {
    JsonNode row =
        MessageJson.row(message(Set.of(), Verdict.PASS), ListForm.of(document("x".repeat(9000))));

    assertThat(row.get("truncated").asBoolean()).isTrue();
    assertThat(row.get("text_body_truncated").asBoolean()).isTrue();
    assertThat(row.has("links_truncated")).isFalse();
  }

  @Test
  void theCompactViewDropsTextsAndLinks() {
    JsonNode row = MessageJson.compact(message(Set.of(), Verdict.PASS));

    for (String name : List.of("text_body", "body", "reply_body", "links", "cta_links")) {
      assertThat(row.has(name)).as(name).isFalse();
    }
    assertThat(row.get("preview").asText()).isEqualTo("Please");
  }

  @Test
  void aWholeMessageHasHeadersAndHtml() {
    JsonNode json = whole(message(Set.of(), Verdict.PASS), document("Please"));

    assertThat(json.get("html_body").asText()).isEqualTo("<p>Please</p>");
    assertThat(json.get("body_html").asText()).isEqualTo("<p>Please</p>");
    assertThat(json.get("headers").get("subject").asText()).isEqualTo("Hi");
    assertThat(json.get("headers").get("received")).hasSize(2);
    assertThat(json.get("attachments").get(0).get("filename").asText()).isEqualTo("a.pdf");
  }

  @Test
  void aLongTextIsCutAndLinked() {
    JsonNode json = whole(message(Set.of(), Verdict.PASS), document("y".repeat(600_000)));

    assertThat(json.get("text_body").asText()).hasSize(FullMessageJson.MOST_TEXT);
    assertThat(json.get("text_body_truncated").asBoolean()).isTrue();
    assertThat(json.get("text_body_url").asText()).isEqualTo("https://s3/text_body");
    assertThat(json.get("truncated").asBoolean()).isTrue();
  }

  @Test
  void escapesNeverMakeAReplyLargerThanFiveMegabytes() {
    JsonNode json = whole(message(Set.of(), Verdict.PASS), document("\u0001".repeat(600_000)));

    assertThat(Json.bytes(json).length).isLessThanOrEqualTo(FullMessageJson.MOST_REPLY);
    assertThat(JsonSize.of(json)).isGreaterThanOrEqualTo(Json.bytes(json).length);
  }

  @Test
  void ofAVirusOnlySenderAndSubjectAreShown() {
    for (Message message :
        List.of(message(Set.of("virus"), Verdict.FAIL), message(Set.of(), Verdict.FAIL))) {
      for (JsonNode json :
          List.of(
              whole(message, document("evil")),
              MessageJson.row(message, ListForm.of(document("evil"))),
              MessageJson.compact(message))) {
        assertThat(json.toString()).doesNotContain("evil").doesNotContain("a.pdf");
        assertThat(json.get("subject").asText()).isEqualTo("Hi");
        assertThat(json.get("from").asText()).isEqualTo("user@example.com");
      }
    }
  }

  private static JsonNode whole(Message message, MessageDocument document) {
    return FullMessageJson.of(
        message, document, Set.of(), name -> Optional.of("https://s3/" + name));
  }

  private static MessageDocument document(String text) {
    return new MessageDocument(
        text,
        "text",
        Optional.of("<p>" + text + "</p>"),
        text,
        List.of(),
        List.of(),
        Map.of("subject", List.of("Hi"), "received", List.of("a", "b")),
        List.of(new Recipient("agent@daimon.email", "Agent", "to")),
        List.of(),
        List.of(),
        List.of(),
        Findings.NONE);
  }

  private static Message message(Set<String> labels, Verdict virus) {
    return new Message(
        new MessageKey(TIME.toEpochMilli(), "msg_1"),
        "acc_1",
        "inbox_1",
        "thread_1",
        Direction.INBOUND,
        "<1@example.com>",
        "user@example.com",
        "User",
        List.of("agent@daimon.email"),
        List.of(),
        "Hi",
        "Please",
        TIME,
        false,
        labels,
        "received",
        true,
        Optional.of(
            new Verdicts(
                Verdict.PASS, virus, Verdict.PASS, Verdict.PASS, Verdict.PASS, Optional.empty())),
        false,
        List.of(),
        List.of(
            Attachment.plain(
                "att_1", "a.pdf", "application/pdf", 3, "00", Optional.empty(), false)),
        Optional.of("user@example.com"),
        Optional.of("agent@daimon.email"),
        Optional.empty(),
        0,
        100,
        1,
        Optional.empty());
  }
}
