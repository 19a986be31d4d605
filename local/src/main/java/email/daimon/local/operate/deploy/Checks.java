package email.daimon.local.operate.deploy;

import static java.util.Objects.requireNonNull;

import email.daimon.local.operate.AwsCalls;
import email.daimon.local.operate.AwsRefusal;
import email.daimon.local.operate.Dns;
import email.daimon.local.operate.OperatorException;
import email.daimon.local.operate.Programs;
import email.daimon.local.operate.deploy.Finding.Verdict;
import email.daimon.local.stack.Template;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks at everything that a deployment hangs on. Changes nothing. */
public final class Checks {
  private final AwsCalls aws;
  private final Dns dns;
  private final Programs programs;
  private final Template template;

  public Checks(AwsCalls aws, Dns dns, Programs programs, Template template) {
    this.aws = requireNonNull(aws, "aws is null");
    this.dns = requireNonNull(dns, "dns is null");
    this.programs = requireNonNull(programs, "programs is null");
    this.template = requireNonNull(template, "template is null");
  }

  public Checked run(Wish wish) {
    Notes notes = new Notes();
    var here = new MachineChecks(programs, template, notes);
    here.tool(wish.cdk());
    here.build(wish);
    here.parameters(wish);
    var account = new AccountChecks(aws, dns, notes);
    Optional<Map<String, String>> deployed = Optional.empty();
    // Without credentials every other question would be answered by the same refusal.
    account.region();
    if (account.credentials()) {
      account.concurrency(Demand.of(template, wish.parameters()));
      account.sending();
      deployed = account.stack(wish.stack());
      account.ruleSet(wish.stack(), deployed.isPresent());
    }
    Optional<String> better = new DomainChecks(dns, aws.region(), notes).mx(wish.domain());
    Map<String, String> proposed = new HashMap<>(notes.proposed);
    proposed.putAll(wish.parameters());
    return new Checked(notes.findings, proposed, deployed, better);
  }

  /** What is gathered on the way. */
  static final class Notes {
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, String> proposed = new HashMap<>();

    void ok(String about, String says) {
      findings.add(new Finding(Verdict.OK, about, says));
    }

    void note(String about, String says) {
      findings.add(new Finding(Verdict.NOTE, about, says));
    }

    void stop(String about, String says) {
      findings.add(new Finding(Verdict.STOP, about, says));
    }

    void stop(String about, OperatorException e) {
      stop(about, String.valueOf(e.getMessage()));
    }

    void propose(String parameter, String value) {
      proposed.put(parameter, value);
    }

    /** A question that may be refused does not end the others. */
    void asking(String about, String permission, Runnable question) {
      try {
        question.run();
      } catch (AwsRefusal e) {
        if (e.denied()) {
          note(about, "not looked at: your role may not call %s".formatted(permission));
        } else {
          stop(about, e);
        }
      } catch (OperatorException e) {
        stop(about, e);
      }
    }
  }
}
