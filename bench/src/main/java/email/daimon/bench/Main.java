package email.daimon.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.bench.judge.JudgeTraining;
import email.daimon.bench.start.StartCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * {@code ./daimon bench
 * [parse|understand|receive|send|webhooks|usage|wait|crowd|kill|costs|start|published|train]}:
 * measures, prints JSON, and keeps it in {@code bench/results}. Without an argument everything but
 * the kills, the costs, the starts, the published attacks and the training of the judge of
 * instructions. {@code start --check} keeps nothing: it fails where a function of the API starts
 * more slowly than was measured.
 */
public final class Main {
  private static final Duration PARSE = Duration.ofSeconds(5);
  private static final int KILLS = 20;

  private Main() {}

  public static void main(String[] arguments) throws Exception {
    Path home = Path.of(System.getProperty("daimon.home", "."));
    if (List.of(arguments).equals(List.of("start", "--check"))) {
      List<String> problems = StartCheck.problems(home);
      problems.forEach(System.err::println);
      System.exit(problems.isEmpty() ? 0 : 1);
    }
    List<String> parts =
        arguments.length == 0
            ? List.of(
                "parse", "understand", "receive", "send", "webhooks", "usage", "wait", "crowd")
            : List.of(arguments);
    for (String part : parts) {
      ObjectNode result =
          switch (part) {
            case "parse" -> ParseBench.run(home, PARSE);
            case "understand" -> UnderstandBench.run(home);
            case "receive" -> ReceiveBench.run(home);
            case "send" -> SendBench.run(home);
            case "webhooks" -> WebhookBench.run(home);
            case "usage" -> UsageBench.run();
            case "wait" -> WaitBench.run();
            case "crowd" -> CrowdBench.run(home);
            case "published" -> PublishedBench.run(home);
            case "costs" -> CostsBench.run(home);
            case "start" -> StartBench.run(home);
            case "kill" -> KillLoop.run(home, KILLS);
            case "train" -> JudgeTraining.run(home);
            default -> throw new IllegalArgumentException("no benchmark: " + part);
          };
      result
          .putObject("machine")
          .put("processors", Runtime.getRuntime().availableProcessors())
          .put("java", Runtime.version().toString())
          .put("day", LocalDate.now(ZoneOffset.UTC).toString());
      String text = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(result);
      Path results = Files.createDirectories(home.resolve("bench/results"));
      Files.writeString(results.resolve(part + ".json"), text + "\n");
      if (part.equals("understand")) {
        System.out.println(UnderstandBench.page(home, result));
      } else if (part.equals("costs")) {
        // It has a page of its own.
        System.out.println(text);
      } else if (part.equals("train")) {
        JudgePage.write(home);
        System.out.println(text);
      } else if (part.equals("start")) {
        StartBench.write(home, result);
        System.out.println(text);
      } else {
        System.out.println(text);
        ResultsPage.write(home);
      }
    }
    System.exit(0);
  }
}
