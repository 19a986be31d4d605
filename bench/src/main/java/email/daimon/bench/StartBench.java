package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.bench.start.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Cold starts of all functions, beside two handlers that do as good as nothing. */
final class StartBench {
  private static final int RUNS = 8;

  private StartBench() {}

  static ObjectNode run(Path home) throws Exception {
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.put("runs", RUNS);
    ObjectNode functions = result.putObject("functions");
    Measurement.all(home, RUNS)
        .forEach((name, figure) ->
            functions
                .putObject(name)
                .put("classes", figure.classes())
                .put("plain_ms", figure.plain())
                .put("plain_processor_ms", figure.plainProcessor())
                .put("cached_ms", figure.cached())
                .put("cached_processor_ms", figure.cachedProcessor())
                .put("ratio", Figures.hundredths(figure.ratio())));
    return result;
  }

  static void write(Path home, JsonNode result) throws IOException {
    StringBuilder page = new StringBuilder();
    page.append(
        """
        # Start-up

        Made by `./daimon bench start`, not by hand. From the start of the JVM to the first reply: Lambda's runtime
        interface client for Java, the deployed `functions.zip`, a Runtime API on the loopback interface, one event.
        `nothing` does nothing; `one table` reads one item by one client of DynamoDB, and the others are held beside it.
        DynamoDB Local, ElasticMQ and s3proxy answer over HTTP on the same machine. Flags are those of Lambda's runtime on
        demand: the serial collector, the first compiler alone. Starts are made in turns, and each figure is the mean of the
        quicker half of them. Processor time is of all threads, and other work on the machine disturbs it less than the
        clock: the ratio is of processor times with the cache (`-XX:AOTCache`), of which each function has its own. On AWS, functions start from a snapshot and load
        nothing of this; these are figures to compare, not what a caller waits.

        """);
    page.append(ResultsPage.machine(result.path("machine")))
        .append(", ")
        .append(result.path("runs").asInt())
        .append(
            """
             runs

            | | classes | ms | processor ms | with cache: ms | processor ms | to one table |
            |---|--:|--:|--:|--:|--:|--:|
            """);
    for (var each : result.path("functions").properties()) {
      JsonNode figure = each.getValue();
      page.append("| ").append(each.getKey());
      for (String column :
          List.of(
              "classes",
              "plain_ms",
              "plain_processor_ms",
              "cached_ms",
              "cached_processor_ms",
              "ratio")) {
        page.append(" | ").append(figure.path(column).asText());
      }
      page.append(" |\n");
    }
    page.append(
        """

        Held in the build: no function may load a tenth more classes than stands here. Held by
        `./daimon bench start --check`, which the checks run: no function of the API may take a tenth more
        processor time to one table than stands here, nor more than 1.5.
        """);
    Files.writeString(home.resolve("docs/start-up.md"), page);
  }
}
