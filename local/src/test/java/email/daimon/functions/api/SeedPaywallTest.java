package email.daimon.functions.api;

import static email.daimon.functions.api.TestApi.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.functions.api.TestApi.Opened;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The 402 of sending beside the one that each seed shows. */
final class SeedPaywallTest {
  private static final Pattern MEMBER =
      Pattern.compile("\"?(operator_action_\\w+|agent_script)\"?: *([\"'`])(.*?)\\2,?\\R");
  private final TestApi api = new TestApi(Map.of("BILLING", "simulated"));

  @Test
  void namesAndWordsAreTheFirstSeeds() throws IOException {
    Opened own = api.open("seed-zero");
    JsonNode context = context(own);
    JsonNode seed = new ObjectMapper().readTree(firstSeeds402());
    assertThat(seed.path("error").asText()).isEqualTo("SEND_REQUIRES_PAID");
    JsonNode told = seed.path("upgrade_context");
    assertThat(context.propertyStream().map(Map.Entry::getKey).toList())
        .containsAll(told.propertyStream().map(Map.Entry::getKey).toList());
    String url = context.path("operator_action_url").asText();
    assertThat(context.path("operator_action_label")).isEqualTo(told.path("operator_action_label"));
    assertThat(context.path("agent_script_template")).isEqualTo(told.path("agent_script"));
    assertThat(context.path("agent_script").asText())
        .isEqualTo(told.path("agent_script").asText().replace("{url}", url));
    assertThat(url)
        .matches(".*/upgrade\\?token=[\\w-]+\\.[\\w-]+\\.[\\w-]+")
        .contains(
            told.path("operator_action_url").asText().replaceAll(".*(/upgrade.*)<jwt>", "$1"));
    assertThat(api.call(TestApi.get(url.substring(url.indexOf("/upgrade")))).status())
        .isEqualTo(200);
  }

  // It writes two words otherwise; the first seed's wording is ours.
  @Test
  void namesAreTheSecondSeedsToo() throws IOException {
    String second = seed("001_");
    String thrown = second.substring(second.indexOf("throw new Error402({"));
    List<String> names =
        MEMBER
            .matcher(thrown.substring(0, thrown.indexOf("});")))
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(names)
        .containsExactly("operator_action_url", "operator_action_label", "agent_script");
    assertThat(context(api.open("seed-one")).propertyStream().map(Map.Entry::getKey).toList())
        .containsAll(names);
  }

  private JsonNode context(Opened own) {
    return api.call(
            post("/v1/inboxes/" + own.inboxId() + "/send")
                .key(own.inboxKey())
                .body("{'to': 'a@example.com', 'subject': 's', 'text': 't'}"))
        .json()
        .path("upgrade_context");
  }

  private static String firstSeeds402() throws IOException {
    String text = seed("000_");
    int begin = text.lastIndexOf('{', text.indexOf("\"error\": \"SEND_REQUIRES_PAID\""));
    return text.substring(begin, text.indexOf("\n}", begin) + 2);
  }

  private static String seed(String prefix) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      Path seeds = folder.resolve("shared/seeds");
      if (Files.isDirectory(seeds)) {
        try (Stream<Path> files = Files.list(seeds)) {
          files
              .filter(file -> file.getFileName().toString().startsWith(prefix))
              .forEach(found::add);
        }
      }
    }
    Assumptions.assumeFalse(found.isEmpty(), "skipped: the seeds are not beside this house");
    return Files.readString(found.getFirst());
  }
}
