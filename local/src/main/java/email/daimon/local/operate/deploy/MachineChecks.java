package email.daimon.local.operate.deploy;

import email.daimon.local.operate.Programs;
import email.daimon.local.stack.Template;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What must be there on the operator's own machine. */
final class MachineChecks {
  private static final double MEGABYTE = 1 << 20;
  // What Lambda takes by direct upload; SAM goes through S3, so this is a sign of a wrong build.
  private static final double MOST_MEGABYTES = 50;
  private final Programs programs;
  private final Template template;
  private final Checks.Notes notes;

  MachineChecks(Programs programs, Template template, Checks.Notes notes) {
    this.programs = programs;
    this.template = template;
    this.notes = notes;
  }

  void tool(boolean cdk) {
    String name = cdk ? "npx" : "sam";
    if (programs.has(name)) {
      notes.ok(name, "is there");
    } else if (cdk) {
      notes.stop(name, "is not installed, and runs the CDK: install Node 22 or newer");
    } else {
      notes.stop(name, "is not installed: pip install aws-sam-cli, or brew install aws-sam-cli");
    }
  }

  void build(Wish wish) {
    Path app = wish.home().resolve("infra-cdk/target/class-path");
    if (wish.cdk() && !Files.isRegularFile(app)) {
      notes.stop("build", "the CDK app is not built: mvn -q package -pl functions,infra-cdk -am");
    }
    if (!Files.isRegularFile(wish.zip())) {
      notes.stop(
          "build", "there is no functions/target/functions.zip: mvn package -pl functions -am");
      return;
    }
    try {
      double size = Files.size(wish.zip()) / MEGABYTE;
      String says = "functions.zip, %.1f MB".formatted(size);
      if (size > MOST_MEGABYTES) {
        notes.stop("build", says + ": more than Lambda takes; mvn clean package -pl functions -am");
      } else {
        notes.ok("build", says);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void parameters(Wish wish) {
    Map<String, Object> known = template.parameters();
    for (var parameter : new TreeMap<>(wish.parameters()).entrySet()) {
      String name = parameter.getKey();
      String value = parameter.getValue();
      if (!known.containsKey(name)) {
        notes.stop(
            "parameters",
            "the template has no %s: it has %s"
                .formatted(name, String.join(", ", new TreeSet<>(known.keySet()))));
      } else if (value.chars().anyMatch(c -> c == '"' || c == '\\' || c < ' ')) {
        notes.stop("parameters", name + " holds a quotation mark, backslash or line end");
      }
    }
  }
}
