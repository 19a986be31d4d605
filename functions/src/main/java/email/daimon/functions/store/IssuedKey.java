package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.ApiKey;
import email.daimon.model.Ids;
import email.daimon.model.Tier;
import java.time.Instant;
import java.util.Optional;

/**
 * A new key with its secret, which is shown once and never kept.
 *
 * @param secret {@code dm_free_} or {@code dm_live_} and 32 random characters
 */
public record IssuedKey(ApiKey key, String secret) {
  private static final int RANDOM_CHARACTERS = 32;
  private static final int HINT_CHARACTERS = 16;

  public IssuedKey {
    requireNonNull(key, "key is null");
    requireNonNull(secret, "secret is null");
  }

  /** Makes a key; an inbox makes it an inbox key. */
  public static IssuedKey make(
      Ids ids,
      String accountId,
      Tier tier,
      ApiKey.Scope scope,
      Optional<String> inboxId,
      String name,
      Instant now) {
    String prefix = tier == Tier.FREE ? "dm_free_" : "dm_live_";
    String secret = prefix + ids.secret(RANDOM_CHARACTERS);
    String hint = secret.substring(0, HINT_CHARACTERS);
    return new IssuedKey(
        new ApiKey(
            ids.next("key", now), accountId, scope, inboxId, name, hint, now, Optional.empty()),
        secret);
  }

  /** Without the secret: it must not get into a log. */
  @Override
  public String toString() {
    return "IssuedKey[" + key.id() + "]";
  }
}
