package email.daimon.local.operate.deploy;

import static java.util.Objects.requireNonNull;

import email.daimon.local.operate.deploy.Finding.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What all checks found together.
 *
 * @param proposed parameters that follow from what was found
 * @param deployed the parameters of the stack as it is now; empty where there is none yet
 * @param betterDomain a name to take where the wished one receives mail already
 */
public record Checked(
    List<Finding> findings,
    Map<String, String> proposed,
    Optional<Map<String, String>> deployed,
    Optional<String> betterDomain) {
  public Checked {
    findings = List.copyOf(findings);
    proposed = Map.copyOf(proposed);
    requireNonNull(deployed, "deployed is null");
    requireNonNull(betterDomain, "betterDomain is null");
  }

  public boolean mayGoOn() {
    return findings.stream().noneMatch(finding -> finding.verdict() == Verdict.STOP);
  }
}
