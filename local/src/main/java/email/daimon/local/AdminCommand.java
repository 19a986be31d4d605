package email.daimon.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.admin.AdminException;
import email.daimon.functions.admin.Administration;
import email.daimon.functions.admin.Report;
import email.daimon.functions.aws.AwsClientFactory;
import email.daimon.local.operate.AwsCalls;
import email.daimon.local.operate.DeployedStack;
import email.daimon.local.operate.OperatorException;
import email.daimon.local.services.Logging;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * {@code ./daimon admin}: the operator's commands, on the running local instance or, where the
 * environment names tables, on these with the operator's own credentials.
 */
public final class AdminCommand {
  private static final String HELP =
      "./daimon admin COMMAND [--json] [--stack NAME] [--region R] [--port 8025]\n\n"
          + Administration.USAGE.indent(2)
          + """

          It works on the instance of ./daimon local at the port. With --stack NAME [--region R], or DAIMON_STACK in the
          environment, it works on the tables of that stack in AWS with your credentials; so it does where MAIL_TABLE,
          WORK_TABLE, DOMAIN and AWS_REGION are in the environment and no --port is given.
          """;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Map<String, String> environment;
  private final Function<Map<String, String>, Wiring> aws;
  private final PrintStream out;
  private final PrintStream err;

  AdminCommand(
      Map<String, String> environment,
      Function<Map<String, String>, Wiring> aws,
      PrintStream out,
      PrintStream err) {
    this.environment = Map.copyOf(environment);
    this.aws = aws;
    this.out = out;
    this.err = err;
  }

  /** Exits with 0 when it is done, 1 when it cannot be done, 2 without a command. */
  public static void main(String[] line) {
    Logging.setUp();
    System.exit(
        new AdminCommand(System.getenv(), AdminCommand::wiring, System.out, System.err).run(line));
  }

  int run(String... line) {
    try {
      Arguments arguments =
          new Arguments(
              line,
              Set.of("port", "stack", "region", "since", "until"),
              Set.of("json", "help"),
              environment);
      List<String> words = words(arguments);
      if (arguments.on("help") || arguments.words().isEmpty()) {
        out.print(HELP);
        return arguments.on("help") ? 0 : 2;
      }
      Report report =
          deployed(arguments)
              .map(settings -> new Administration(aws.apply(settings)).run(words))
              .orElseGet(() -> onInstance(arguments.number("port").orElse(8025), words));
      out.print(arguments.on("json") ? report.result().toPrettyString() + "\n" : report.text());
      return 0;
    } catch (AdminException | StartException | OperatorException e) {
      err.println("daimon: " + e.getMessage());
    } catch (SdkException e) {
      err.println(
          "daimon: AWS refused: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    return 1;
  }

  // What the functions in AWS are told; empty where it is about the instance on this machine.
  private Optional<Map<String, String>> deployed(Arguments arguments) {
    if (arguments.number("port").isPresent()) {
      return Optional.empty();
    }
    if (arguments.text("stack").isPresent()) {
      AwsCalls calls = AwsCalls.of(DeployCommand.region(arguments), environment);
      return Optional.of(new DeployedStack(calls, arguments.text("stack").get()).environment());
    }
    return environment.containsKey("MAIL_TABLE") ? Optional.of(environment) : Optional.empty();
  }

  /** {@code ./daimon replan} names its times by flags. */
  private static List<String> words(Arguments arguments) {
    List<String> words = new ArrayList<>(arguments.words());
    arguments.text("since").ifPresent(words::add);
    arguments.text("until").ifPresent(words::add);
    return words;
  }

  private static Report onInstance(int port, List<String> words) {
    try (HttpClient client = HttpClient.newHttpClient()) {
      var request =
          HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/dev/admin"))
              .header("Content-Type", "application/json")
              .POST(
                  HttpRequest.BodyPublishers.ofString(
                      JSON.writeValueAsString(Map.of("words", words))))
              .build();
      var response = client.send(request, BodyHandlers.ofString());
      JsonNode answer = JSON.readTree(response.body());
      if (response.statusCode() != 200) {
        throw new StartException(answer.path("message").asText("the instance failed"));
      }
      return new Report(answer.withObject("/result"), answer.path("text").asText());
    } catch (ConnectException _) {
      throw new StartException(
          "nothing listens on port %d: start ./daimon local, or give --port".formatted(port));
    } catch (IOException e) {
      throw new StartException("port %d gives no answer: %s".formatted(port, e.getMessage()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new StartException("interrupted");
    }
  }

  static Wiring wiring(Map<String, String> environment) {
    Map<String, String> settings = new HashMap<>(environment);
    // Only replanned events hand out links.
    settings.putIfAbsent("PUBLIC_URL", "https://api." + environment.getOrDefault("DOMAIN", ""));
    try {
      Wiring wiring =
          new Wiring(
              Settings.of(settings),
              AwsClientFactory.forOperator(environment),
              InstantSource.system(),
              new SecureRandom());
      var _ = wiring.work();
      return wiring;
    } catch (IllegalStateException e) {
      throw new StartException("MAIL_TABLE is set, so this is about AWS: " + e.getMessage());
    }
  }
}
