package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An address that receives mail, and what its owner set for it.
 *
 * @param id {@code inbox_…}
 * @param username the local part, in lower case
 * @param domain the domain as A-label, in lower case
 * @param displayName what the owner wants shown; the username when empty
 * @param metadata at most 20 pairs
 * @param dailySendLimit the inbox's own limit beneath the account's
 */
public record Inbox(
    String id,
    String accountId,
    String username,
    String domain,
    Optional<String> displayName,
    Status status,
    Optional<String> clientId,
    Map<String, String> metadata,
    OptionalInt dailySendLimit,
    ReceiveRules receiveRules,
    Instant createdAt,
    Optional<Instant> updatedAt,
    Optional<Instant> deletedAt) {
  public Inbox {
    requireNonNull(id, "id is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(username, "username is null");
    requireNonNull(domain, "domain is null");
    requireNonNull(displayName, "displayName is null");
    requireNonNull(status, "status is null");
    requireNonNull(clientId, "clientId is null");
    metadata = Map.copyOf(metadata);
    requireNonNull(dailySendLimit, "dailySendLimit is null");
    requireNonNull(receiveRules, "receiveRules is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(updatedAt, "updatedAt is null");
    requireNonNull(deletedAt, "deletedAt is null");
  }

  /** A new one of which nothing but its address and its name are set. */
  public static Inbox plain(
      String id,
      String accountId,
      String username,
      String domain,
      Optional<String> displayName,
      Instant at) {
    return new Inbox(
        id,
        accountId,
        username,
        domain,
        displayName,
        Status.ACTIVE,
        Optional.empty(),
        Map.of(),
        OptionalInt.empty(),
        ReceiveRules.NONE,
        at,
        Optional.empty(),
        Optional.empty());
  }

  /** The mail address, {@code username@domain}. */
  public String address() {
    return username + "@" + domain;
  }

  /** Whether mail is taken in: a deleted inbox is kept, but refuses mail. */
  public enum Status {
    ACTIVE,
    SUSPENDED,
    DELETED
  }
}
