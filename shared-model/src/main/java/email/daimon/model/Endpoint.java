package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What it takes to call a webhook: the part of it that the sender may see.
 *
 * @param dataKey the account's data key, itself encrypted by the deployment's key
 * @param secrets the newest first; each sealed with the data key
 */
public record Endpoint(
    String webhookId,
    String accountId,
    Optional<String> inboxId,
    String url,
    WebhookStatus status,
    WebhookHealth health,
    SealedBytes dataKey,
    List<Secret> secrets) {
  public Endpoint {
    requireNonNull(webhookId, "webhookId is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(url, "url is null");
    requireNonNull(status, "status is null");
    requireNonNull(health, "health is null");
    requireNonNull(dataKey, "dataKey is null");
    secrets = List.copyOf(secrets);
  }

  /**
   * A signing secret.
   *
   * @param until when it ceases to sign; empty for the present one
   */
  public record Secret(SealedBytes sealed, Optional<Instant> until) {
    public Secret {
      requireNonNull(sealed, "sealed is null");
      requireNonNull(until, "until is null");
    }
  }
}
