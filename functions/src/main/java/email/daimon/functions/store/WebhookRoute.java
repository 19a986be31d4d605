package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.policy.EventFilter;
import java.util.Optional;
import java.util.Set;

/**
 * What decides whether a webhook hears of an event.
 *
 * @param inboxId the inbox whose events it hears of; empty for the whole account
 * @param events names as its owner gave them, second names of types among them
 */
public record WebhookRoute(
    String webhookId, Optional<String> inboxId, Set<String> events, boolean disabled) {
  public WebhookRoute {
    requireNonNull(webhookId, "webhookId is null");
    requireNonNull(inboxId, "inboxId is null");
    events = Set.copyOf(events);
  }

  /** The name under which it hears of events of a type; empty where it does not, or not now. */
  public Optional<String> hears(String type) {
    return disabled ? Optional.empty() : EventFilter.of(events).shownAs(type);
  }
}
