package email.daimon.understand.codes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.Corpora;
import email.daimon.model.MailCode;
import email.daimon.understand.Understanding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Third-party texts with the code that they hold, where they are at hand. */
class CodeCorpusTest {
  @Test
  void codesAreFoundAndNothingElse() throws IOException {
    List<String> misses = new ArrayList<>();
    for (JsonNode row : Corpora.rows("cta_otp.open.jsonl")) {
      if (!row.get("kind").asText().equals("otp")) {
        continue;
      }
      String text = row.get("text").asText();
      List<MailCode> codes = Understanding.of(Optional.of(text), Optional.empty()).codes();
      String found = codes.isEmpty() ? "null" : codes.getFirst().value();
      if (!found.equals(row.get("expected").asText("null"))) {
        misses.add(row.get("id").asText() + " " + text + " -> " + codes);
      }
    }
    assertThat(misses).isEmpty();
  }
}
