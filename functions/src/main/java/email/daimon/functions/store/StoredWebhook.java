package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Endpoint;
import email.daimon.model.SealedBytes;
import email.daimon.model.Webhook;
import email.daimon.model.WebhookHealth;
import email.daimon.model.WebhookStatus;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A webhook's main row: what its owner set, and its secrets. Its health is the endpoint's.
 *
 * @param dataKey the account's, encrypted
 * @param told ids of the jobs that have told the owner, the last few
 */
record StoredWebhook(
    String id,
    String accountId,
    Optional<String> inboxId,
    String url,
    Set<String> events,
    WebhookStatus status,
    Optional<String> reason,
    SealedBytes dataKey,
    List<Endpoint.Secret> secrets,
    List<String> told,
    Instant createdAt,
    Instant updatedAt,
    long version) {
  private static final int MOST_TOLD = 10;

  StoredWebhook {
    requireNonNull(id, "id is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(url, "url is null");
    events = Set.copyOf(events);
    requireNonNull(status, "status is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(dataKey, "dataKey is null");
    secrets = List.copyOf(secrets);
    told = List.copyOf(told);
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
  }

  /** With the health of its endpoint; the endpoint knows first how the webhook stands. */
  Webhook with(Optional<Endpoint> endpoint) {
    WebhookStatus now = endpoint.map(Endpoint::status).orElse(status);
    return new Webhook(
        id,
        accountId,
        inboxId,
        url,
        events,
        now,
        now == WebhookStatus.DISABLED ? reason : Optional.empty(),
        endpoint.map(Endpoint::health).orElse(WebhookHealth.UNTRIED),
        secrets.stream().flatMap(secret -> secret.until().stream()).max(Comparator.naturalOrder()),
        createdAt,
        updatedAt);
  }

  Endpoint endpoint(WebhookHealth health) {
    return new Endpoint(id, accountId, inboxId, url, status, health, dataKey, secrets);
  }

  StoredWebhook changed(WebhookChange change, Instant now) {
    return new StoredWebhook(
        id,
        accountId,
        change.inboxId().orElse(inboxId),
        change.url().orElse(url),
        change.events().orElse(events),
        change.status().orElse(status),
        change.status().isPresent() ? change.reason() : reason,
        dataKey,
        secrets,
        told,
        createdAt,
        now,
        version + 1);
  }

  StoredWebhook standing(WebhookStatus now, Optional<String> why, String toldBy) {
    List<String> all = Stream.concat(told.stream(), Stream.of(toldBy)).toList();
    return new StoredWebhook(
        id,
        accountId,
        inboxId,
        url,
        events,
        now,
        why,
        dataKey,
        secrets,
        all.subList(Math.max(0, all.size() - MOST_TOLD), all.size()),
        createdAt,
        updatedAt,
        version + 1);
  }

  StoredWebhook withSecrets(SealedBytes key, List<Endpoint.Secret> other, Instant now) {
    return new StoredWebhook(
        id,
        accountId,
        inboxId,
        url,
        events,
        status,
        reason,
        key,
        other,
        told,
        createdAt,
        now,
        version + 1);
  }
}
