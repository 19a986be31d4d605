package email.daimon.understand;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.Corpora;
import email.daimon.mime.AttachmentSink;
import email.daimon.mime.MailParser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Third-party replies with their own reading of what is new, where they are at hand. */
class ReplyCorpusTest {
  private static final double WANTED = 0.85;

  @Test
  void freshTextIsFound() throws IOException {
    List<String> misses = new ArrayList<>();
    List<JsonNode> rows = Corpora.rows("reply.open.jsonl");
    for (JsonNode row : rows) {
      String found = collapsed(reply(row));
      boolean right = collapsed(row.get("expected").asText()).equals(found);
      for (JsonNode other : row.get("accept")) {
        right |= collapsed(other.asText()).equals(found);
      }
      if (!right) {
        misses.add(
            row.get("id").asText()
                + "\n  wanted "
                + row.get("expected").asText().replace("\n", "\\n")
                + "\n  found  "
                + found);
      }
    }
    String report = rows.size() - misses.size() + " of " + rows.size() + " replies right";
    System.out.println(report);
    assertThat(1 - (double) misses.size() / rows.size())
        .as("%s%n%s", report, String.join("\n", misses))
        .isGreaterThan(WANTED);
  }

  private static String reply(JsonNode row) {
    String input = row.path("input").asText();
    Understanding said =
        switch (row.get("kind").asText()) {
          case "html" -> Understanding.of(Optional.empty(), Optional.of(input));
          case "text" -> Understanding.of(Optional.of(input), Optional.empty());
          default ->
              Understanding.of(
                  MailParser.parse(
                      new ByteArrayInputStream(
                          Base64.getDecoder().decode(row.path("input_b64").asText())),
                      AttachmentSink.NONE));
        };
    return said.replyBody();
  }

  private static String collapsed(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
