package email.daimon.local;

import email.daimon.DaimonException;
import email.daimon.functions.admin.Administration;
import email.daimon.local.operate.AwsCalls;
import email.daimon.local.operate.Dns;
import email.daimon.local.operate.OperatorException;
import email.daimon.local.operate.Programs;
import email.daimon.local.operate.SystemPrograms;
import email.daimon.local.operate.Terminal;
import email.daimon.local.operate.deploy.Checks;
import email.daimon.local.operate.deploy.Deployment;
import email.daimon.local.operate.deploy.Wish;
import email.daimon.local.services.Logging;
import email.daimon.local.stack.Template;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;

/** {@code ./daimon deploy}: brings the stack into an AWS account. */
public final class DeployCommand {
  private static final String HELP =
      """
      ./daimon deploy --domain agents.example.org [--region R] [--stack daimon] [--cdk] [--dry-run] [--yes] [NAME=VALUE...]

        Looks first at the account, the region, quotas, SES and the domain's MX; says what it will make and what
        that costs; asks; and only then changes anything, by sam deploy.

        --domain D     mail domain of the inboxes
        --region R     AWS region; without it AWS_REGION or that of your profile
        --stack NAME   name of the stack, daimon without it
        --cdk          by cdk deploy, with hosted zone, certificate, alarms and a budget beside the stack
        --dry-run      looks and says, and changes nothing
        --yes          does not ask
        NAME=VALUE     parameters of template.yaml, such as Signup=open SendConcurrency=5
      """;

  private DeployCommand() {}

  /**
   * Exits with 0 when it is done, 1 when something speaks against it, 2 when it is called wrongly.
   */
  public static void main(String[] line) {
    Logging.setUp();
    System.exit(run(line, System.getenv(), Terminal.ofSystem()));
  }

  private static int run(String[] line, Map<String, String> environment, Terminal terminal) {
    try {
      Arguments arguments =
          new Arguments(
              line,
              Set.of("domain", "region", "stack"),
              Set.of("cdk", "dry-run", "yes", "help"),
              environment);
      if (arguments.on("help")) {
        terminal.say(HELP.stripTrailing());
        return 0;
      }
      String domain = arguments.text("domain").orElse("");
      if (domain.isEmpty() && terminal.somebody()) {
        domain = terminal.ask("Mail domain of the inboxes, such as agents.example.org?", "");
      }
      if (domain.isEmpty()) {
        System.err.println("daimon: no domain is given: --domain agents.example.org");
        return 2;
      }
      Wish wish =
          new Wish(
              Path.of(System.getProperty("daimon.home", ".")),
              arguments.text("stack").orElse("daimon"),
              domain,
              arguments.on("cdk"),
              parameters(arguments.words()));
      AwsCalls aws = AwsCalls.of(region(arguments), environment);
      Template template = Template.load();
      Programs programs = new SystemPrograms(environment.getOrDefault("PATH", ""));
      return new Deployment(
              new Checks(aws, Dns.ofSystem(), programs, template),
              aws,
              programs,
              template,
              terminal,
              of -> new Administration(AdminCommand.wiring(of)).run(List.of("inbox")).text())
          .run(wish, arguments.on("dry-run"), arguments.on("yes"));
    } catch (DaimonException e) {
      System.err.println("daimon: " + e.getMessage());
      return 1;
    } catch (SdkException e) {
      System.err.println(
          "daimon: AWS: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
      return 1;
    }
  }

  private static Map<String, String> parameters(List<String> words) {
    Map<String, String> parameters = new HashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new StartException("%s is no parameter such as Signup=open".formatted(word));
      }
      parameters.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return parameters;
  }

  /** As the AWS CLI finds it. */
  static String region(Arguments arguments) {
    return arguments
        .text("region")
        .or(() -> arguments.variable("AWS_REGION"))
        .or(() -> arguments.variable("AWS_DEFAULT_REGION"))
        .orElseGet(DeployCommand::regionOfProfile);
  }

  private static String regionOfProfile() {
    try {
      return DefaultAwsRegionProviderChain.builder().build().getRegion().id();
    } catch (SdkException e) {
      throw new OperatorException("no AWS region: give --region eu-west-1, or set AWS_REGION", e);
    }
  }
}
