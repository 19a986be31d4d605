package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Makes {@code docs/benchmarks.md} of the last result of each benchmark. */
final class ResultsPage {
  private static final List<String> PARTS =
      List.of(
          "receive", "send", "webhooks", "usage", "wait", "crowd", "parse", "published", "kill");

  private ResultsPage() {}

  static void write(Path home) throws IOException {
    StringBuilder page = new StringBuilder();
    page.append(
        "# Benchmarks\n\nMade by `./daimon bench`, not by hand: the last result of each.\n");
    for (String part : PARTS) {
      Path result = home.resolve("bench/results/" + part + ".json");
      if (Files.exists(result)) {
        JsonNode json = Json.read(Files.readString(result));
        page.append("\n## `./daimon bench ").append(part).append("`\n\n");
        page.append(machine(json.path("machine"))).append("\n\n| | |\n|---|---|\n");
        rows(page, "", json);
      }
    }
    Files.writeString(home.resolve("docs/benchmarks.md"), page);
  }

  static String machine(JsonNode machine) {
    return "%d processors, %s, %s"
        .formatted(
            machine.path("processors").asInt(),
            machine.path("java").asText(),
            machine.path("day").asText());
  }

  private static void rows(StringBuilder page, String prefix, JsonNode json) {
    for (var member : json.properties()) {
      String name = prefix + member.getKey().replace('_', ' ');
      if (member.getKey().equals("machine")) {
        continue;
      }
      if (member.getValue().isObject()) {
        rows(page, name + ": ", member.getValue());
      } else {
        page.append("| %s | %s |%n".formatted(name, member.getValue().asText()));
      }
    }
  }
}
