package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.delete;
import static email.daimon.functions.api.TestApi.get;
import static email.daimon.functions.api.TestApi.post;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Reply, reply-all and forward: recipients, threads, ids, files. */
final class AnswerRoutesTest {
  private static final String WITH_FILES =
      """
      From: Alice <alice@example.org>
      To: agent@daimon.email
      Subject: Files
      Message-ID: <files@example.org>
      MIME-Version: 1.0
      Content-Type: multipart/mixed; boundary=b

      --b
      Content-Type: multipart/related; boundary=r

      --r
      Content-Type: text/html; charset=utf-8

      <p>See <img src="cid:pic@example.org"></p><script>alert(1)</script>
      --r
      Content-Type: image/png
      Content-ID: <pic@example.org>
      Content-Disposition: inline; filename=pic.png
      Content-Transfer-Encoding: base64

      AQID
      --r--
      --b
      Content-Type: application/pdf
      Content-Disposition: attachment; filename=offer.pdf
      Content-Transfer-Encoding: base64

      JVBERi0=
      --b
      Content-Type: text/calendar; method=REQUEST
      Content-Disposition: attachment; filename=invite.ics

      BEGIN:VCALENDAR
      METHOD:REQUEST
      END:VCALENDAR
      --b--
      """;
  private final TestApi api = new TestApi(Map.of("DEFAULT_TIER", "developer"));
  private final Postman postman = new Postman(api);

  @Test
  void aReplyGoesToWhoWroteAndStaysInTheThread() {
    Opened own = api.open("replier");
    postman.bring(
        "replier",
        Postman.plain("q1", "Question", "How?", "References: <r1@example.org> <r2@example.org>"));
    JsonNode original = only(own);
    Answer answer = reply(own, original, "reply", "{'body': 'So.'}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.result().path("thread_id")).isEqualTo(original.path("thread_id"));
    assertThat(texts(answer.result().path("to"))).containsExactly("alice@example.org");
    assertThat(answer.result().path("subject").asText()).isEqualTo("Re: Question");
    JsonNode sent = read(own, answer);
    assertThat(sent.path("in_reply_to").asText()).isEqualTo("<q1@example.org>");
    assertThat(texts(sent.path("references")))
        .containsExactly("<r1@example.org>", "<r2@example.org>", "<q1@example.org>");
  }

  @Test
  void replyToWinsAndAnotherOrganisationIsTold() {
    Opened own = api.open("careful");
    postman.bring(
        "careful", Postman.plain("q2", "Re: Bill", "Pay", "Reply-To: thief@elsewhere.example"));
    Answer answer = reply(own, only(own), "reply", "{'text': 'x'}");
    assertThat(texts(answer.result().path("to"))).containsExactly("thief@elsewhere.example");
    assertThat(answer.result().path("subject").asText()).isEqualTo("Re: Bill");
    assertThat(answer.nextSteps().getFirst()).contains("another organisation");
  }

  @Test
  void replyAllLeavesTheInboxItselfOutInEveryForm() {
    Opened own = api.open("circle");
    postman.bring(
        "circle",
        """
        From: Alice <alice@example.org>
        To: Circle <CIRCLE+x@daimon.email>, bob@example.org
        Cc: carol@example.org, alice@example.org
        Subject: All
        Message-ID: <all@example.org>

        x
        """);
    Answer answer = reply(own, only(own), "reply-all", "{'text': 'x', 'cc': 'dan@example.org'}");
    assertThat(texts(answer.result().path("to"))).containsExactly("alice@example.org");
    assertThat(texts(answer.result().path("cc")))
        .containsExactly("bob@example.org", "carol@example.org", "dan@example.org");
  }

  @Test
  void aFollowUpOfOnesOwnMailGoesToItsRecipients() {
    Opened own = api.open("follower");
    Answer first =
        api.call(
            post("/v1/inboxes/" + own.inboxId() + "/send")
                .key(own.inboxKey())
                .body("{'to': 'a@example.com', 'subject': 's', 'text': 'x'}"));
    Answer next = reply(own, first.result(), "reply", "{'text': 'y'}");
    assertThat(texts(next.result().path("to"))).containsExactly("a@example.com");
    assertThat(next.result().path("thread_id")).isEqualTo(first.result().path("thread_id"));
  }

  @Test
  void whoCannotBeAnsweredIsNot() {
    Opened own = api.open("nobodys");
    postman.bring(
        "nobodys", "Subject: from nobody\nMessage-ID: <n@example.org>\nTo: x@daimon.email\n\nx\n");
    Answer answer = reply(own, only(own), "reply", "{'text': 'x'}");
    assertThat(answer.error()).isEqualTo("NO_REPLY_ADDRESS");
    JsonNode message = only(own);
    api.call(
        delete("/v1/inboxes/" + own.inboxId() + "/messages/" + message.path("id").asText())
            .key(own.inboxKey()));
    assertThat(reply(own, message, "reply", "{'text': 'x'}").error())
        .isEqualTo("MESSAGE_NOT_FOUND");
  }

  @Test
  void aSendWithThreadIdAloneFindsItsParent() {
    Opened own = api.open("threader");
    postman.bring("threader", Postman.plain("t1", "Topic", "one"));
    postman.bring(
        "threader",
        Postman.plain(
            "t2",
            "Topic",
            "away",
            "In-Reply-To: <t1@example.org>",
            "Auto-Submitted: auto-replied"));
    String thread = only(own).path("thread_id").asText();
    Answer answer =
        api.call(
            post("/v1/inboxes/" + own.inboxId() + "/send")
                .key(own.inboxKey())
                .body("{'to': 'alice@example.org', 'text': 'x', 'thread_id': '" + thread + "'}"));
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.result().path("subject").asText()).isEqualTo("Re: Topic");
    JsonNode sent = read(own, answer);
    assertThat(sent.path("in_reply_to").asText()).isEqualTo("<t1@example.org>");
    assertThat(texts(sent.path("references"))).last().isEqualTo("<t1@example.org>");
  }

  @Test
  void inReplyToNamesTheThreadAndAnotherThreadIsRefused() {
    Opened own = api.open("pointer");
    postman.bring("pointer", Postman.plain("p1", "One", "x"));
    JsonNode one = only(own);
    postman.bring("pointer", Postman.plain("p2", "Two", "x"));
    String other = only(own).path("thread_id").asText();
    for (String id : List.of("<p1@example.org>", "P1@example.org", one.path("id").asText())) {
      Answer answer =
          api.call(
              post("/v1/inboxes/" + own.inboxId() + "/send")
                  .key(own.inboxKey())
                  .body(
                      "{'to': 'alice@example.org', 'subject': 's', 'text': 'x', 'in_reply_to': '"
                          + id
                          + "'}"));
      assertThat(answer.result().path("thread_id")).as(id).isEqualTo(one.path("thread_id"));
    }
    Answer refused =
        api.call(
            post("/v1/inboxes/" + own.inboxId() + "/send")
                .key(own.inboxKey())
                .body(
                    "{'to': 'a@example.org', 'subject': 's', 'text': 'x', 'in_reply_to':"
                        + " '<p1@example.org>', 'thread_id': '"
                        + other
                        + "'}"));
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("details").get(0).path("path").asText()).isEqualTo("thread_id");
  }

  @Test
  void aForwardTakesTextHeaderBlockPicturesAndFilesAlong() {
    Opened own = api.open("forwarder");
    postman.bring("forwarder", WITH_FILES);
    JsonNode original = only(own);
    Answer answer = reply(own, original, "forward", "{'to': 'boss@example.com', 'body': 'Look.'}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.result().path("subject").asText()).isEqualTo("Fwd: Files");
    assertThat(answer.result().path("thread_id")).isNotEqualTo(original.path("thread_id"));
    JsonNode sent = read(own, answer);
    assertThat(sent.path("in_reply_to").isNull()).isTrue();
    assertThat(sent.path("text_body").asText())
        .startsWith("Look.")
        .contains("Forwarded message", "alice@example.org");
    assertThat(sent.path("html_body").asText()).contains("cid:pic").doesNotContain("<script");
    assertThat(names(sent)).containsExactlyInAnyOrder("pic.png", "offer.pdf", "invite.ics");
    assertThat(file(sent, "pic.png").path("inline").asBoolean()).isTrue();
    assertThat(file(sent, "invite.ics").path("content_type").asText()).isEqualTo("application/ics");
    assertThat(bytes(own, sent, "offer.pdf")).isEqualTo("%PDF-");
    Answer bare =
        reply(own, original, "forward", "{'to': 'boss@example.com', 'include_attachments': false}");
    assertThat(names(read(own, bare))).containsExactly("pic.png");
  }

  @Test
  void aForwardHandsOnAllFilesOrSaysThatTheyAreTooMany() {
    Opened own = api.open("carrier");
    postman.bring("carrier", withFiles(90));
    JsonNode many = only(own);
    Answer answer = reply(own, many, "forward", "{'to': 'boss@example.com', 'text': 'x'}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(names(read(own, answer))).hasSize(90);
    postman.bring("carrier", withFiles(101));
    JsonNode tooMany = only(own);
    Answer refused = reply(own, tooMany, "forward", "{'to': 'boss@example.com', 'text': 'x'}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.body()).contains("101", "at most 100", "forward as attachment");
  }

  private static String withFiles(int count) {
    StringBuilder mail =
        new StringBuilder(
            """
            From: alice@example.org
            To: carrier@daimon.email
            Subject: Many
            Message-ID: <many-%d@example.org>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            """
                .formatted(count));
    for (int i = 0; i < count; i++) {
      mail.append("--b\nContent-Type: text/plain\nContent-Disposition: attachment;\n")
          .append(" filename=\"%03d%s.txt\"\n\nx\n".formatted(i, "n".repeat(200)));
    }
    return mail.append("--b--\n").toString();
  }

  @Test
  void aForwardAsAttachmentTakesTheMailAsItCame() {
    Opened own = api.open("encloser");
    postman.bring("encloser", WITH_FILES);
    JsonNode original = only(own);
    Answer answer =
        reply(
            own,
            original,
            "forward",
            "{'to': 'boss@example.com', 'text': 'x', 'as': 'attachment', 'thread_id': '"
                + original.path("thread_id").asText()
                + "'}");
    assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    assertThat(answer.result().path("thread_id")).isEqualTo(original.path("thread_id"));
    JsonNode sent = read(own, answer);
    assertThat(sent.path("attachments").get(0).path("content_type").asText())
        .isEqualTo("message/rfc822");
    assertThat(bytes(own, sent, names(sent).getFirst()))
        .contains("Message-ID: <files@example.org>");
  }

  @Test
  void anAttachmentIsSentOnByItsId() {
    Opened own = api.open("attacher");
    postman.bring("attacher", WITH_FILES);
    JsonNode original = only(own);
    String id = file(original, "offer.pdf").path("id").asText();
    String send = "{'to': 'a@example.com', 'subject': 's', 'text': 'x', 'attachments': [{";
    for (String rest :
        List.of(
            "'attachment_id': '" + id + "'}]}",
            "'attachment_id': '"
                + id
                + "', 'message_id': '"
                + original.path("id").asText()
                + "', 'filename': 'named.pdf'}]}")) {
      Answer answer =
          api.call(
              post("/v1/inboxes/" + own.inboxId() + "/send").key(own.inboxKey()).body(send + rest));
      assertThat(answer.status()).as(answer.body()).isEqualTo(202);
      JsonNode sent = read(own, answer);
      assertThat(bytes(own, sent, names(sent).getFirst())).isEqualTo("%PDF-");
    }
    Opened other = api.open("stranger-attacher");
    Answer foreign =
        api.call(
            post("/v1/inboxes/" + other.inboxId() + "/send")
                .key(other.inboxKey())
                .body(send + "'attachment_id': '" + id + "'}]}"));
    assertThat(foreign.error()).isEqualTo("ATTACHMENT_NOT_FOUND");
  }

  private Answer reply(Opened own, JsonNode message, String how, String body) {
    return api.call(
        post("/v1/inboxes/"
                + own.inboxId()
                + "/messages/"
                + message.path("id").asText()
                + "/"
                + how)
            .key(own.inboxKey())
            .body(body));
  }

  private JsonNode only(Opened own) {
    return api.call(get("/v1/inboxes/" + own.inboxId() + "/messages").key(own.inboxKey()))
        .result()
        .path("messages")
        .get(0);
  }

  private JsonNode read(Opened own, Answer answer) {
    return api.call(
            get("/v1/inboxes/" + own.inboxId() + "/messages/" + answer.result().path("id").asText())
                .key(own.inboxKey()))
        .result();
  }

  private String bytes(Opened own, JsonNode message, String filename) {
    try (var in = api.wiring.blobs().attachment(message.path("id").asText(), filename)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(own.inboxId(), e);
    }
  }

  private static JsonNode file(JsonNode message, String name) {
    return StreamSupport.stream(message.path("attachments").spliterator(), false)
        .filter(one -> one.path("filename").asText().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(JsonNode message) {
    return message.path("attachments").findValuesAsText("filename");
  }

  private static List<String> texts(JsonNode array) {
    return array.valueStream().map(JsonNode::asText).toList();
  }
}
