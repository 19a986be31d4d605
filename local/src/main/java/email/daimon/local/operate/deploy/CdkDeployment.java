package email.daimon.local.operate.deploy;

import static java.util.Objects.requireNonNull;

import email.daimon.local.operate.OperatorException;
import email.daimon.local.operate.Programs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Deploys by {@code cdk deploy}, which adds zone, certificate, identity, alarms and a budget. */
final class CdkDeployment {
  private static final String FOLDER = "infra-cdk";
  // Parameters of the template that are settings of the app.
  private static final Map<String, String> CONTEXT =
      Map.of("CertificateArn", "certificate", "LogDays", "logDays");
  // Those that the app makes by itself.
  private static final Set<String> OWN = Set.of("Domain", "PublicUrl", "CodeSha256");
  private final Programs programs;

  CdkDeployment(Programs programs) {
    this.programs = requireNonNull(programs, "programs is null");
  }

  static List<String> command(Plan plan, String region) {
    List<String> command =
        new ArrayList<>(
            List.of("env", "AWS_REGION=" + region, "npx", "--yes", "aws-cdk@2", "deploy"));
    command.addAll(List.of("--require-approval", "never"));
    command.addAll(List.of("-c", "stackName=" + plan.wish().stack()));
    command.addAll(List.of("-c", "domain=" + plan.wish().domain()));
    // The operator has been told, and has agreed: a set of others stays, with our rule in it.
    command.addAll(List.of("-c", "otherReceiptRules=add"));
    // Parameters, not context: what a later deployment does not give stays as it was.
    new TreeMap<>(plan.parameters())
        .forEach((name, value) -> {
          if (CONTEXT.containsKey(name)) {
            command.addAll(List.of("-c", CONTEXT.get(name) + "=" + value));
          } else if (!OWN.contains(name)) {
            command.addAll(List.of("--parameters", name + "=" + value));
          }
        });
    return command;
  }

  void run(Plan plan, String region) {
    Path folder = plan.wish().home().resolve(FOLDER);
    if (!Files.isDirectory(folder)) {
      throw new OperatorException("this checkout has no infra-cdk: deploy without --cdk");
    }
    int code = programs.run(command(plan, region), folder);
    if (code != 0) {
      throw new OperatorException(
          "cdk deploy failed with code %d: what it says is above; in a new account run npx aws-cdk@2 bootstrap first"
              .formatted(code));
    }
  }
}
