package email.daimon.local.operate.deploy;

import static java.util.Objects.requireNonNull;

import email.daimon.local.operate.OperatorException;
import email.daimon.local.operate.Programs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Deploys the template by {@code sam deploy}. */
final class SamDeployment {
  private final Programs programs;

  SamDeployment(Programs programs) {
    this.programs = requireNonNull(programs, "programs is null");
  }

  static List<String> command(Plan plan, String region, Path settings) {
    return List.of(
        "sam",
        "deploy",
        "--config-file",
        settings.toString(),
        "--template-file",
        "template.yaml",
        "--stack-name",
        plan.wish().stack(),
        "--region",
        region,
        "--capabilities",
        "CAPABILITY_IAM",
        "--resolve-s3",
        "--no-confirm-changeset",
        "--no-fail-on-empty-changeset");
  }

  void run(Plan plan, String region) {
    try {
      // In a file that only its owner reads: every user of the machine sees command lines.
      Path settings = Files.createTempFile("daimon-deploy", ".toml");
      try {
        Files.writeString(settings, settings(plan));
        int code = programs.run(command(plan, region, settings), plan.wish().home());
        if (code != 0) {
          throw new OperatorException(
              "sam deploy failed with code %d: what it says is above; CloudFormation has put back what was there"
                  .formatted(code));
        }
      } finally {
        Files.deleteIfExists(settings);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String settings(Plan plan) {
    String parameters =
        new TreeMap<>(plan.parameters())
            .entrySet().stream()
                .map(p -> "%s=\\\"%s\\\"".formatted(p.getKey(), p.getValue()))
                .collect(Collectors.joining(" "));
    return "version = 0.1\n[default.deploy.parameters]\nparameter_overrides = \"%s\"\n"
        .formatted(parameters);
  }
}
