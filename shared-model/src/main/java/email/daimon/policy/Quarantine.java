package email.daimon.policy;

import email.daimon.model.Message;
import email.daimon.model.Verdicts.Verdict;

/**
 * Mail with a virus: nothing of it but sender and subject is ever shown. The verdict stays,
 * whatever becomes of the labels.
 */
public final class Quarantine {
  private Quarantine() {}

  /** Whether a message is kept from being read. */
  public static boolean holds(Message message) {
    return message.labels().contains("virus")
        || message.verdicts().filter(all -> all.virus() == Verdict.FAIL).isPresent();
  }
}
