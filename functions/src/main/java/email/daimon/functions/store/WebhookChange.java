package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.WebhookStatus;
import java.util.Optional;
import java.util.Set;

/**
 * What is changed of a webhook; what is empty stays.
 *
 * @param inboxId the inbox that it hears of from now on; an inner empty: of all
 * @param status active or disabled
 * @param reason why it is disabled, where its owner did not do it
 */
public record WebhookChange(
    Optional<String> url,
    Optional<Set<String>> events,
    Optional<Optional<String>> inboxId,
    Optional<WebhookStatus> status,
    Optional<String> reason) {
  public WebhookChange {
    requireNonNull(url, "url is null");
    requireNonNull(events, "events is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(status, "status is null");
    requireNonNull(reason, "reason is null");
  }

  /** Its status alone, as its owner sets it. */
  public static WebhookChange of(WebhookStatus status) {
    return of(status, Optional.empty());
  }

  /** It is disabled for a reason of the platform's. */
  static WebhookChange paused(String reason) {
    return of(WebhookStatus.DISABLED, Optional.of(reason));
  }

  private static WebhookChange of(WebhookStatus status, Optional<String> reason) {
    return new WebhookChange(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(status), reason);
  }
}
