package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * An API key as it is kept: never the key itself, only its SHA-256 and what it opens.
 *
 * @param id {@code key_…}
 * @param hint the first characters of the key, for people who look at a list of keys
 * @param inboxId the one inbox of an inbox key; empty for an account key
 */
public record ApiKey(
    String id,
    String accountId,
    Scope scope,
    Optional<String> inboxId,
    String name,
    String hint,
    Instant createdAt,
    Optional<Instant> revokedAt) {
  public ApiKey {
    requireNonNull(id, "id is null");
    requireNonNull(accountId, "accountId is null");
    requireNonNull(scope, "scope is null");
    requireNonNull(inboxId, "inboxId is null");
    requireNonNull(name, "name is null");
    requireNonNull(hint, "hint is null");
    requireNonNull(createdAt, "createdAt is null");
    requireNonNull(revokedAt, "revokedAt is null");
    if ((scope == Scope.ACCOUNT) == inboxId.isPresent()) {
      throw new IllegalArgumentException("an account key has no inbox, an inbox key has one");
    }
  }

  /** What a key opens: the whole account, one inbox, or one inbox to read. */
  public enum Scope {
    ACCOUNT,
    INBOX,
    INBOX_READ;

    /** The name on the wire, such as {@code inbox_read}. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
