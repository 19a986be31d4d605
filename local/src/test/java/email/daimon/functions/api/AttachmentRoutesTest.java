package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.get;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.functions.api.TestApi.Answer;
import email.daimon.functions.api.TestApi.Opened;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AttachmentRoutesTest {
  private static final byte[] FILE = "<script>alert(1)</script> \u00e4".getBytes(UTF_8);
  private final TestApi api = new TestApi();
  private final Postman postman = new Postman(api);
  private final Opened agent = api.open("agent-one");
  private final String messages = "/v1/inboxes/" + agent.inboxId() + "/messages";

  @Test
  void aLinkGivesTheBytesAsADownload() throws Exception {
    postman.bring("agent-one", mail("Gr\u00fc\u00dfe.html", "text/html"));
    JsonNode message = first("");
    JsonNode file = message.at("/attachments/0");
    String path = messages + "/" + message.path("id").asText() + "/attachments";

    JsonNode link = call(path + "/" + file.path("id").asText()).result();

    assertThat(link.path("size").asInt()).isEqualTo(FILE.length);
    assertThat(Instant.parse(link.path("expires_at").asText()))
        .isBetween(
            api.clock.instant().plus(Duration.ofMinutes(4)),
            api.clock.instant().plus(Duration.ofMinutes(5)));
    HttpResponse<byte[]> answer = fetch(link.path("url").asText());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(FILE);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/octet-stream");
    assertThat(answer.headers().firstValue("content-disposition").orElseThrow())
        .startsWith("attachment;")
        .contains("filename*=UTF-8''Gr%C3%BC%C3%9Fe.html");
    assertThat(call(path).result().path("total").asInt()).isEqualTo(1);
  }

  @Test
  void whoWantsTheBytesIsRedirected() throws Exception {
    postman.bring("agent-one", mail("a.pdf", "application/pdf"));
    JsonNode message = first("");
    String one = messages + "/" + message.path("id").asText();
    String file = "/attachments/" + message.at("/attachments/0/id").asText();
    String inThread =
        "/v1/inboxes/"
            + agent.inboxId()
            + "/threads/"
            + message.path("thread_id").asText()
            + "/messages/"
            + message.path("id").asText()
            + file;

    for (Answer answer :
        List.of(
            call(one + file + "?download=1"),
            call(inThread + "?download=true"),
            api.call(
                get(one + file)
                    .key(agent.inboxKey())
                    .header("accept", "application/octet-stream")))) {
      assertThat(answer.status()).isEqualTo(302);
      assertThat(fetch(answer.headers().get("Location")).body()).isEqualTo(FILE);
    }
    assertThat(call(inThread).status()).isEqualTo(200);
    assertThat(call(one + "/attachments/att_none").error()).isEqualTo("ATTACHMENT_NOT_FOUND");
    assertThat(call(inThread.replace(message.path("thread_id").asText(), "thread_none")).error())
        .isEqualTo("THREAD_NOT_FOUND");
  }

  @Test
  void aThousandAttachmentsWithLongNamesAreAllListedAndReadable() throws Exception {
    List<String> names =
        IntStream.range(0, 1_000)
            .mapToObj(i -> "%04d-".formatted(i) + "n".repeat(171) + ".bin")
            .toList();
    StringBuilder mail =
        new StringBuilder(
            """
            From: Alice <alice@example.org>
            To: agent@daimon.email
            Subject: Many
            Message-ID: <many@example.org>
            MIME-Version: 1.0
            Content-Type: multipart/mixed; boundary=b

            """);
    for (String name : names) {
      mail.append("--b\nContent-Type: application/octet-stream\n")
          .append("Content-Disposition: attachment;\n filename=\"" + name + "\"\n\n")
          .append(name, 0, 4)
          .append("\n");
    }
    postman.bring("agent-one", mail.append("--b--\n").toString());

    String one = messages + "/" + first("").path("id").asText();
    assertThat(TestTables.largestRow(api)).isLessThan(400 * 1024);
    JsonNode listed = call(one + "/attachments").result();
    JsonNode message = call(one).result();

    assertThat(listed.path("total").asInt()).isEqualTo(1_000);
    assertThat(names(listed)).isEqualTo(names);
    assertThat(names(message)).isEqualTo(names);
    assertThat(message.path("warnings").valueStream().map(JsonNode::asText))
        .doesNotContain("attachments_truncated");
    for (int number : new int[] {0, 500, 999}) {
      JsonNode file = message.path("attachments").get(number);
      JsonNode link = call(one + "/attachments/" + file.path("id").asText()).result();
      assertThat(link.path("size").asInt()).isEqualTo(4);
      assertThat(new String(fetch(link.path("url").asText()).body(), UTF_8))
          .isEqualTo("%04d".formatted(number));
    }

    // A row lists those that fit, and says so.
    JsonNode row = first("");
    assertThat(row.path("attachments").size()).isBetween(100, 999);
    assertThat(names(row)).isEqualTo(names.subList(0, row.path("attachments").size()));
    assertThat(row.path("warnings").valueStream().map(JsonNode::asText))
        .contains("attachments_truncated");
  }

  private static List<String> names(JsonNode message) {
    return message
        .path("attachments")
        .valueStream()
        .map(file -> file.path("filename").asText())
        .toList();
  }

  @Test
  void theRawMailIsWhatCameIn() throws Exception {
    String raw = Postman.plain("raw", "Raw", "As it came");
    postman.bring("agent-one", raw);
    String one = messages + "/" + first("").path("id").asText();

    JsonNode link = call(one + "/raw").result();

    assertThat(new String(fetch(link.path("url").asText()).body(), UTF_8))
        .isEqualTo(raw.replace("\n", "\r\n"));
    assertThat(call(one + "/raw?download=1").status()).isEqualTo(302);
  }

  @Test
  void ofAVirusThereIsNeitherRawMailNorAttachment() {
    postman.bring("agent-one", mail("a.exe", "application/pdf"), Map.of("virus", "FAIL"));
    JsonNode message = first("label=virus");
    String one = messages + "/" + message.path("id").asText();

    assertThat(message.path("subject").asText()).isEqualTo("With a file");
    assertThat(message.path("attachments")).isEmpty();
    assertThat(message.path("text_body").asText()).isEmpty();
    assertThat(call(one).result().path("headers")).isEmpty();
    for (String path : List.of("/raw", "/attachments")) {
      assertThat(call(one + path).status()).isEqualTo(403);
      assertThat(call(one + path).error()).isEqualTo("MESSAGE_QUARANTINED");
    }
  }

  @Test
  void aLongTextIsCutAndItsLinkGivesTheWhole() throws Exception {
    String text = "0123456789abcdef\n".repeat(40_000);
    postman.bring("agent-one", Postman.plain("long", "Long", text));
    JsonNode row = first("");
    JsonNode whole = call(messages + "/" + row.path("id").asText()).result();

    assertThat(row.path("text_body").asText().length()).isEqualTo(8192);
    assertThat(row.path("truncated").asBoolean()).isTrue();
    assertThat(whole.path("text_body").asText().length()).isEqualTo(512 * 1024);
    assertThat(whole.path("text_body_truncated").asBoolean()).isTrue();
    assertThat(new String(fetch(whole.path("text_body_url").asText()).body(), UTF_8))
        .startsWith(text.substring(0, 600_000))
        .hasSizeGreaterThan(600_000);
  }

  private static String mail(String filename, String type) {
    String word =
        "=?utf-8?B?" + Base64.getEncoder().encodeToString(filename.getBytes(UTF_8)) + "?=";
    return """
    From: Alice <alice@example.org>
    To: agent@daimon.email
    Subject: With a file
    Message-ID: <file@example.org>
    MIME-Version: 1.0
    Content-Type: multipart/mixed; boundary=b

    --b
    Content-Type: text/plain

    See the file.
    --b
    Content-Type: %s; name="%s"
    Content-Disposition: attachment; filename="%s"
    Content-Transfer-Encoding: base64

    %s
    --b--
    """
        .formatted(type, word, word, Base64.getEncoder().encodeToString(FILE));
  }

  private JsonNode first(String query) {
    return call(messages + "?" + query).result().at("/messages/0");
  }

  private Answer call(String path) {
    return api.call(get(path).key(agent.inboxKey()));
  }

  private static HttpResponse<byte[]> fetch(String url) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
  }
}
