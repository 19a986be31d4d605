package email.daimon.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParseCommandTest {
  private static final String MAIL =
      """
      From: Alice <alice@example.org>\r
      To: agent@daimon.email\r
      Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=\r
      Message-ID: <1@example.org>\r
      \r
      Hello, see https://example.org/verify?token=1\r
      """;
  private static final String REPORT =
      """
      From: MAILER-DAEMON@mx.example.org
      To: agent@daimon.email
      Subject: Undelivered mail
      MIME-Version: 1.0
      Content-Type: multipart/report; report-type=delivery-status; boundary=b

      --b
      Content-Type: text/plain

      It could not be delivered.
      --b
      Content-Type: message/delivery-status

      Reporting-MTA: dns; mx.example.org

      Final-Recipient: rfc822; bob@example.org
      Action: failed
      Status: 5.1.1
      Diagnostic-Code: smtp; 550 5.1.1 no such user

      --b
      Content-Type: message/rfc822

      From: agent@daimon.email
      Message-ID: <sent@daimon.email>

      Hello
      --b--
      """
          .replace("\n", "\r\n");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream print = new PrintStream(out, true, UTF_8);

  @Test
  void aFileIsShownAsTheApisMessage(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("a.eml"), MAIL);

    assertThat(ParseCommand.files(List.of(file.toString()), print, print)).isTrue();

    JsonNode message = new ObjectMapper().readTree(out.toByteArray());
    assertThat(message.get("subject").asText()).isEqualTo("Grüße");
    assertThat(message.get("from").asText()).isEqualTo("alice@example.org");
    assertThat(message.get("from_name").asText()).isEqualTo("Alice");
    assertThat(message.get("to").get(0).asText()).isEqualTo("agent@daimon.email");
    assertThat(message.get("message_id_header").asText()).isEqualTo("<1@example.org>");
    assertThat(message.get("text_body").asText()).startsWith("Hello, see");
    assertThat(message.get("links").get(0).asText())
        .isEqualTo("https://example.org/verify?token=1");
    assertThat(message.get("headers").get("from").asText()).contains("Alice");
  }

  @Test
  void aReportOfADeliveryIsShownAsTheApiShowsIt(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("report.eml"), REPORT);

    assertThat(ParseCommand.files(List.of(file.toString()), print, print)).isTrue();

    JsonNode report = new ObjectMapper().readTree(out.toByteArray()).path("delivery_report");
    assertThat(report)
        .isEqualTo(
            read(
                """
                {"kind":"delivery","type":null,"proven":false,"reporting_mta":"mx.example.org","original_message_id":"<sent@daimon.email>",
                 "recipients":[{"action":"failed","status":"5.1.1","final_recipient":"bob@example.org",
                                "diagnostic_code":"smtp; 550 5.1.1 no such user"}]}
                """));
  }

  @Test
  void aMissingFileIsNamed() {
    assertThat(ParseCommand.files(List.of("/no/such.eml"), print, print)).isFalse();
    assertThat(out.toString(UTF_8)).isEqualTo("daimon: there is no file /no/such.eml\n");
  }

  @Test
  void aBatchAnswersEachLineAndSurvivesBadOnes() throws IOException {
    String mail = Base64.getEncoder().encodeToString(MAIL.getBytes(UTF_8));
    String lines =
        "{\"id\":\"a\",\"eml_b64\":\""
            + mail
            + "\"}\n"
            + "no json\n"
            + "{\"id\":7,\"kind\":\"text\",\"input\":\"New\\n\\n> old\"}\n"
            + "{\"id\":\"c\",\"kind\":\"html\",\"input\":\"<p>New</p>\"}\n"
            + "{\"id\":\"d\",\"kind\":\"voice\",\"input\":\"x\"}\n";

    ParseCommand.batch(new ByteArrayInputStream(lines.getBytes(UTF_8)), print);

    List<JsonNode> answers = out.toString(UTF_8).lines().map(ParseCommandTest::read).toList();
    assertThat(answers).hasSize(5);
    assertThat(answers)
        .extracting(a -> a.get("ok").asBoolean())
        .containsExactly(true, false, true, true, false);
    assertThat(answers.get(0).at("/message/subject").asText()).isEqualTo("Grüße");
    assertThat(answers.get(2).get("id").asInt()).isEqualTo(7);
    assertThat(answers.get(2).at("/message/reply_body").asText()).isEqualTo("New");
    assertThat(answers.get(3).at("/message/text_body").asText()).isEqualTo("New");
    assertThat(answers.get(3).at("/message/text_from").asText()).isEqualTo("html");
    assertThat(answers.get(4).get("error").asText()).contains("kind");
  }

  private static JsonNode read(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (IOException e) {
      throw new AssertionError(line, e);
    }
  }
}
