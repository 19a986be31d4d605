package email.daimon.understand.links;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.Corpora;
import email.daimon.model.LinkDetail;
import email.daimon.understand.Understanding;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Third-party links with what following them does, where they are at hand. */
class CallToActionCorpusTest {
  @Test
  void asLinksOfHtml() throws IOException {
    assertThat(misses(true)).isEmpty();
  }

  @Test
  void asAddressesOfText() throws IOException {
    assertThat(misses(false)).isEmpty();
  }

  private static List<String> misses(boolean html) throws IOException {
    List<String> misses = new ArrayList<>();
    for (JsonNode row : Corpora.rows("cta_otp.open.jsonl")) {
      if (!row.get("kind").asText().equals("cta")) {
        continue;
      }
      String href = row.get("href").asText();
      int note = href.indexOf(" (sentence before: ");
      String before = note < 0 ? "" : href.substring(note + 19, href.length() - 1) + " ";
      String address = note < 0 ? href : href.substring(0, note);
      String text = row.get("text").asText();
      Understanding said =
          html
              ? Understanding.of(
                  Optional.empty(),
                  Optional.of("<p>%s<a href=\"%s\">%s</a></p>".formatted(before, address, text)))
              : Understanding.of(Optional.of(before + text + "\n" + address), Optional.empty());
      String wanted = row.get("expected").asText("null");
      List<String> found =
          said.findings().links().stream()
              .filter(link -> said.ctaLinks().contains(link.url()))
              .map(LinkDetail::kind)
              .map(LinkDetail.Kind::wireName)
              .toList();
      List<String> asked = wanted.equals("null") ? List.of() : List.of(wanted);
      if (!found.equals(asked)) {
        misses.add(row.get("id").asText() + " " + text + " " + said.findings().links());
      }
    }
    return misses;
  }
}
