package email.daimon.functions.inbound;

import email.daimon.model.Verdicts;
import email.daimon.model.Verdicts.Verdict;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The labels that verdicts put on a mail: they keep it out of lists, counts and waits. A check that
 * could not be made flags nothing.
 */
final class Flags {
  private static final Set<String> STRICT = Set.of("quarantine", "reject");

  private Flags() {}

  static Set<String> of(Verdicts verdicts) {
    Set<String> flags = new LinkedHashSet<>();
    if (verdicts.virus() == Verdict.FAIL) {
      flags.add("virus");
    }
    if (verdicts.spam() == Verdict.FAIL) {
      flags.add("spam");
    }
    Optional<String> policy = verdicts.dmarcPolicy();
    if (verdicts.dmarc() == Verdict.FAIL && policy.filter(STRICT::contains).isPresent()) {
      flags.add("unauthenticated");
    }
    return flags;
  }
}
