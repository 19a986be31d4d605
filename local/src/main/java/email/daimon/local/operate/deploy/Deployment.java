package email.daimon.local.operate.deploy;

import static java.util.Objects.requireNonNull;

import email.daimon.local.operate.AwsCalls;
import email.daimon.local.operate.DeployedStack;
import email.daimon.local.operate.OperatorException;
import email.daimon.local.operate.Programs;
import email.daimon.local.operate.Terminal;
import email.daimon.local.operate.costs.Costs;
import email.daimon.local.operate.costs.CostsPage;
import email.daimon.local.stack.Template;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** {@code ./daimon deploy}: looks, says, asks, and only then changes anything. */
public final class Deployment {
  private static final int TOKEN_BYTES = 24;
  private final Checks checks;
  private final AwsCalls aws;
  private final Programs programs;
  private final Template template;
  private final Terminal terminal;
  private final OperatorInboxKey operatorInbox;

  /**
   * Makes a key of the inbox of postmaster and the other reserved names, with what to say of it.
   */
  @FunctionalInterface
  public interface OperatorInboxKey {
    String issue(Map<String, String> environment);
  }

  public Deployment(
      Checks checks,
      AwsCalls aws,
      Programs programs,
      Template template,
      Terminal terminal,
      OperatorInboxKey operatorInbox) {
    this.checks = requireNonNull(checks, "checks is null");
    this.aws = requireNonNull(aws, "aws is null");
    this.programs = requireNonNull(programs, "programs is null");
    this.template = requireNonNull(template, "template is null");
    this.terminal = requireNonNull(terminal, "terminal is null");
    this.operatorInbox = requireNonNull(operatorInbox, "operatorInbox is null");
  }

  /**
   * Gives the exit code: 0 where it is done, or all that was asked for was to look; 1 where a check
   * speaks against it or the operator does.
   *
   * @param dryRun changes nothing
   * @param agreed asks nothing
   */
  public int run(Wish asked, boolean dryRun, boolean agreed) {
    Wish wish = asked;
    Checked checked = look(wish);
    while (checked.betterDomain().isPresent() && !agreed && terminal.somebody()) {
      String domain = terminal.ask("Domain to take in its place?", checked.betterDomain().get());
      wish = wish.withDomain(domain);
      checked = look(wish);
    }
    if (!checked.mayGoOn()) {
      terminal.say("\nNothing was changed: what is marked STOP stands against it.");
      return 1;
    }
    Plan plan = Plan.of(wish, checked, template, firstToken(wish, checked));
    terminal.say("\n" + plan.text(aws.region(), checked.deployed().isPresent()));
    terminal.say(new CostsPage(Costs.ofThisStack()).sentence());
    if (dryRun) {
      terminal.say("Nothing was changed: --dry-run.");
      return 0;
    }
    if (!agreed && !terminal.somebody()) {
      throw new OperatorException("nobody is there to agree: give --yes, or --dry-run");
    }
    if (!agreed && !terminal.agreed("Go on?")) {
      terminal.say("Nothing was changed.");
      return 1;
    }
    if (wish.cdk()) {
      new CdkDeployment(programs).run(plan, aws.region());
    } else {
      SamDeployment sam = new SamDeployment(programs);
      sam.run(plan, aws.region());
      if (plan.linksToAddressOfApi()) {
        String url = new DeployedStack(aws, wish.stack()).outputs().getOrDefault("ApiUrl", "");
        sam.run(plan.withPublicUrl(url, template), aws.region());
      }
    }
    new AfterDeployment(aws, terminal, operatorInbox).run(plan, checked.deployed().isEmpty());
    return 0;
  }

  private Checked look(Wish wish) {
    Checked checked = checks.run(wish);
    checked.findings().forEach(finding -> terminal.say(finding.line()));
    return checked;
  }

  // Made once: a stack that is there keeps the one it has.
  private static Optional<String> firstToken(Wish wish, Checked checked) {
    boolean wanted =
        wish.parameters().getOrDefault("Signup", "token").equals("token")
            && !wish.parameters().containsKey("SignupToken")
            && checked.deployed().isEmpty();
    byte[] token = new byte[TOKEN_BYTES];
    new SecureRandom().nextBytes(token);
    return wanted
        ? Optional.of(Base64.getUrlEncoder().withoutPadding().encodeToString(token))
        : Optional.empty();
  }
}
