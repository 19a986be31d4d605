package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * An endpoint of an account that is told of events.
 *
 * @param id {@code wh_…}
 * @param inboxId the inbox whose events it is told; empty for every inbox of the account and for
 *     what belongs to none
 * @param url {@code https://…}
 * @param events types such as {@code message.received}, at least one
 * @param reason why it is disabled, such as {@code gone} or {@code failing}; empty while it is not,
 *     and where its owner did it
 * @param health what its calls came to
 * @param previousSecretUntil until when the secret before the last rotation signs as well
 */
public record Webhook(
    String id,
    String accountId,
    Optional<String> inboxId,
    String url,
    Set<String> events,
    WebhookStatus status,
    Optional<String> reason,
    WebhookHealth health,
    Optional<Instant> previousSecretUntil,
    Instant createdAt,
    Instant updatedAt) {
  public Webhook {
    requireNonNull(id, "id is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(url, "url is null");
    events = Set.copyOf(events);
    requireNonNull(status, "status is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(health, "health is null");
    requireNonNull(previousSecretUntil, "previousSecretUntil is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }
}
