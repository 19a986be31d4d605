package email.daimon.local;

import com.fasterxml.jackson.databind.JsonNode;
import email.daimon.DaimonException;
import email.daimon.functions.admin.Administration;
import email.daimon.local.operate.AwsCalls;
import email.daimon.local.operate.DeployedStack;
import email.daimon.local.operate.Dns;
import email.daimon.local.operate.Identity;
import email.daimon.local.operate.OperatorException;
import email.daimon.local.operate.doctor.Diagnosis;
import email.daimon.local.operate.doctor.Diagnosis.State;
import email.daimon.local.operate.doctor.DomainDoctor;
import email.daimon.local.operate.doctor.SendTrial;
import email.daimon.local.operate.doctor.SendTrial.Patience;
import email.daimon.local.operate.doctor.SendTrial.Sender;
import email.daimon.local.services.Logging;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.core.exception.SdkException;

/** {@code ./daimon doctor DOMAIN}: what is wrong with a mail domain, and what to set. */
public final class DoctorCommand {
  private static final String HELP =
      """
      ./daimon doctor DOMAIN [--region R] [--stack daimon] [--send me@example.org]

        Reads MX, SPF, DMARC, DKIM, MAIL FROM and the API's host in DNS, and explains each wrong record. What SES
        signs with, and the region, it asks AWS with your credentials; without them it leaves those records out.

        --send ADDRESS   sends a mail there by the deployed API, waits for its delivery and for your answer, and
                         names the first hop that breaks; sends as postmaster, with a new key of the stack's
                         operator inbox, or with --api URL --inbox ID --key KEY

        Exit code 0 where nothing is wrong, 1 where something is.
      """;

  private final Map<String, String> environment;
  private final Dns dns;
  private final PrintStream out;
  private final PrintStream err;

  DoctorCommand(Map<String, String> environment, Dns dns, PrintStream out, PrintStream err) {
    this.environment = Map.copyOf(environment);
    this.dns = dns;
    this.out = out;
    this.err = err;
  }

  public static void main(String[] line) {
    Logging.setUp();
    System.exit(
        new DoctorCommand(System.getenv(), Dns.ofSystem(), System.out, System.err).run(line));
  }

  int run(String... line) {
    try {
      Arguments arguments =
          new Arguments(
              line,
              Set.of("region", "stack", "send", "api", "inbox", "key"),
              Set.of("help"),
              environment);
      if (arguments.on("help") || arguments.words().size() != 1) {
        out.print(HELP);
        return arguments.on("help") ? 0 : 2;
      }
      String domain = arguments.words().getFirst().toLowerCase(Locale.ROOT);
      AwsCalls aws = AwsCalls.of(DeployCommand.region(arguments), environment);
      List<Diagnosis> found = new ArrayList<>();
      Optional<Identity> identity = identity(aws, domain, found);
      found.addAll(new DomainDoctor(dns, aws.region()).examine(domain, identity));
      found.forEach(each -> out.println(each.line()));
      boolean well = found.stream().noneMatch(each -> each.state() == State.WRONG);
      if (arguments.text("send").isPresent()) {
        Sender sender = sender(arguments, aws);
        well &=
            new SendTrial(sender, Patience.USUAL, each -> out.println(each.line()))
                .run(arguments.text("send").get());
      }
      return well ? 0 : 1;
    } catch (DaimonException e) {
      err.println("daimon: " + e.getMessage());
    } catch (SdkException e) {
      err.println("daimon: AWS: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    return 1;
  }

  private Optional<Identity> identity(AwsCalls aws, String domain, List<Diagnosis> found) {
    try {
      Optional<Identity> identity = Identity.find(aws, domain);
      if (identity.isEmpty()) {
        found.add(
            new Diagnosis(
                State.WRONG,
                "SES " + domain,
                "SES in %s does not know the domain: ./daimon deploy makes the identity"
                    .formatted(aws.region())));
      }
      return identity;
    } catch (OperatorException e) {
      out.println("note   DKIM and MAIL FROM are not looked at: " + e.getMessage());
      return Optional.empty();
    }
  }

  private Sender sender(Arguments arguments, AwsCalls aws) {
    Optional<String> key = arguments.text("key");
    if (key.isPresent()) {
      return new Sender(
          URI.create(needed(arguments, "api")), needed(arguments, "inbox"), key.get());
    }
    DeployedStack stack = new DeployedStack(aws, arguments.text("stack").orElse("daimon"));
    Map<String, String> settings = stack.environment();
    JsonNode issued =
        new Administration(AdminCommand.wiring(settings)).run(List.of("inbox")).result();
    String api = stack.outputs().getOrDefault("ApiUrl", settings.getOrDefault("PUBLIC_URL", ""));
    return new Sender(
        URI.create(arguments.text("api").orElse(api)),
        issued.path("inbox_id").asText(),
        issued.path("key").asText());
  }

  private static String needed(Arguments arguments, String flag) {
    return arguments
        .text(flag)
        .orElseThrow(() -> new StartException("--key needs --%s too: see --help".formatted(flag)));
  }
}
