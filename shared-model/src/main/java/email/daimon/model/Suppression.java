package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Optional;

/**
 * An address that an account sends nothing more to, and the evidence.
 *
 * @param address bare, in lower case
 * @param reason {@code bounce} or {@code complaint}
 * @param since when the evidence came
 * @param messageId the message that showed it
 * @param evidence the reporter's words
 */
public record Suppression(
    String accountId,
    String address,
    String reason,
    Instant since,
    String inboxId,
    String messageId,
    Optional<String> evidence) {
  public Suppression {
    requireNonNull(accountId, "accountId is null");
    requireNonNull(address, "address is null");
    requireNonNull(reason, "reason is null");
    requireNonNull(since, "since is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(messageId, "messageId is null");
    requireNonNull(evidence, "evidence is null");
  }
}
