package email.daimon.model;

import java.util.List;

/**
 * Whom an inbox, or all inboxes of an account, listen to: addresses or domains in the form of
 * {@code policy.ReceiveRuleSyntax}. An allow match needs a verified sender; an empty allow list
 * allows everybody.
 */
public record ReceiveRules(List<String> allow, List<String> block) {
  /** Takes mail from everybody. */
  public static final ReceiveRules NONE = new ReceiveRules(List.of(), List.of());

  public ReceiveRules {
    allow = List.copyOf(allow);
    block = List.copyOf(block);
  }
}
