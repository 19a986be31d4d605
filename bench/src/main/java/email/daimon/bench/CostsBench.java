package email.daimon.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.operate.costs.Costs;
import email.daimon.local.operate.costs.CostsPage;
import email.daimon.local.operate.costs.Count;
import email.daimon.local.operate.costs.Shape;
import email.daimon.local.operate.costs.Tables;
import email.daimon.local.operate.costs.Work;
import email.daimon.local.stack.Template;
import email.daimon.local.testing.CountedWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Counts what each piece of work asks for, and writes {@code docs/operations/costs.md} of it. */
final class CostsBench {
  private static final int TIMES = 5;
  private static final String WAITING = "ApiWaitFunction";

  private CostsBench() {}

  static ObjectNode run(Path home) throws IOException {
    List<Count> counts = new ArrayList<>();
    try (CountedWork work = new CountedWork()) {
      counts.addAll(work.all(TIMES));
    }
    JsonNode hour = WaitBench.run().path("hour_of_messages_wait");
    double calls = hour.path("calls").asDouble();
    counts.add(new Count(Work.WAIT, WAITING, "lambda.Invoke", 1));
    counts.add(
        new Count(
            Work.WAIT, WAITING, "dynamodb.read-units", hour.path("read_units").asDouble() / calls));
    counts.add(
        new Count(
            Work.WAIT,
            WAITING,
            "dynamodb.write-units",
            hour.path("write_units").asDouble() / calls));
    Files.writeString(home.resolve("local").resolve(Tables.COUNTS), Tables.written(counts));
    Costs costs = new Costs(Tables.withCounts(counts), Shape.of(Template.load()));
    Path page = home.resolve("docs/operations/costs.md");
    Files.createDirectories(page.getParent());
    Files.writeString(page, new CostsPage(costs).text());
    ObjectNode result = Json.MAPPER.createObjectNode();
    result.put("dollars_of_an_idle_month", costs.idleMonth().sum(costs.tables()));
    for (Work work : Work.values()) {
      result.put(
          "dollars_of_a_thousand_" + work.wireName(), 1000 * costs.of(work).sum(costs.tables()));
    }
    return result;
  }
}
