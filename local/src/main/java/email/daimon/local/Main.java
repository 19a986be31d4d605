package email.daimon.local;

import email.daimon.local.services.CloudTraits;
import email.daimon.local.services.Logging;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code ./daimon local}. */
public final class Main {
  private static final String HELP =
      """
      ./daimon local    everything on this machine; Ctrl-C stops it, a second start finds all data again

        --port 8025              of the API
        --smtp-port 2525         of SMTP
        --data .daimon           folder that keeps everything
        --ephemeral              nothing is kept
        --domain daimon.email    of the inboxes
        --public-url URL         base of every link that is handed out
        --signup open            open, token or closed: who may create an inbox without a key
        --tier free              of new accounts: free, developer, growth or enterprise
        --billing simulated      simulated or none
        --transport ses          ses, relay or none; with GREEN_ARROW_SMTP_SERVER mail really leaves
        --creation-limit N       inboxes an hour and address without a key (off by default)
        --inbound-rate N         mails a day and inbox above which events are quiet (off by default)
        --send-burst N           sends a minute and account (off by default)
        --request-rate N         requests a second and key, 100 at once (off by default)
        --strict-webhooks        webhooks must be https at public addresses, as in production
        --fsync                  a mail is on the disk itself before its 250, a commit before its answer: survives loss of power, slower

      What AWS does and the services on this machine hide:
        --index-lag PT0.5S       how far lists that use an index may be behind
        --throttle 0.05          share of the calls to tables that are refused at first
        --late-queue PT5S        queue messages come up to so much later, in any order
        --double-queue 0.1       share of the queue messages that come twice

      Each flag may be an environment variable too: DAIMON_SMTP_PORT=2526.
      """;

  static final Set<String> VALUED =
      Set.of(
          "port",
          "smtp-port",
          "data",
          "domain",
          "public-url",
          "signup",
          "tier",
          "billing",
          "transport",
          "creation-limit",
          "inbound-rate",
          "send-burst",
          "request-rate",
          "index-lag",
          "throttle",
          "late-queue",
          "double-queue");

  static final Set<String> SWITCHES =
      Set.of("ephemeral", "fsync", "strict-webhooks", "help", "train");

  private Main() {}

  /** Runs until it is told to stop. */
  public static void main(String[] line) {
    try {
      Arguments arguments = new Arguments(line, VALUED, SWITCHES, System.getenv());
      if (arguments.on("help")) {
        System.out.print(HELP);
      } else {
        run(arguments);
      }
    } catch (StartException e) {
      System.err.println("daimon: " + e.getMessage());
      System.exit(1);
    }
  }

  private static void run(Arguments arguments) {
    Logging.setUp();
    LocalMode mode = LocalMode.start(settings(arguments));
    if (arguments.on("train")) {
      // A run whose classes are to be kept for later starts: it ends by itself.
      Training.run(mode);
      mode.close();
      System.exit(0);
    }
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(mode::close));
    long begun = ManagementFactory.getRuntimeMXBean().getStartTime();
    Duration sinceStart = Duration.ofMillis(System.currentTimeMillis() - begun);
    System.out.print(Banner.of(mode, sinceStart));
    System.out.flush();
  }

  static LocalSettings settings(Arguments arguments) {
    if (!arguments.words().isEmpty()) {
      throw new StartException("what is %s? see --help".formatted(arguments.words().getFirst()));
    }
    Optional<Path> data =
        arguments.on("ephemeral")
            ? Optional.empty()
            : Optional.of(Path.of(arguments.text("data").orElse(".daimon")));
    return new LocalSettings(
        arguments.number("port").orElse(8025),
        arguments.number("smtp-port").orElse(2525),
        data,
        arguments.text("domain").orElse("daimon.email"),
        arguments.text("public-url"),
        arguments.choice("signup", "open", Set.of("open", "token", "closed")),
        arguments.choice("tier", "free", Set.of("free", "developer", "growth", "enterprise")),
        arguments.choice("billing", "simulated", Set.of("simulated", "none")),
        arguments.choice("transport", "ses", Set.of("ses", "relay", "none")),
        arguments.number("creation-limit"),
        arguments.number("inbound-rate"),
        arguments.number("send-burst"),
        arguments.number("request-rate"),
        arguments.on("strict-webhooks"),
        arguments.on("fsync"),
        relay(arguments),
        new CloudTraits(
            arguments.duration("index-lag"),
            arguments.share("throttle"),
            arguments.duration("late-queue"),
            arguments.share("double-queue")));
  }

  /** The relay that the environment names, as in AWS. */
  private static Map<String, String> relay(Arguments arguments) {
    Map<String, String> relay = new HashMap<>();
    for (String name : List.of("Server", "Username", "Password")) {
      arguments
          .variable("GREEN_ARROW_SMTP_" + name.toUpperCase(Locale.ROOT))
          .ifPresent(value -> relay.put("GreenArrowSmtp" + name, value));
    }
    return relay;
  }
}
