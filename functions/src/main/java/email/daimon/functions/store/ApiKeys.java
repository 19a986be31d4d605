package email.daimon.functions.store;

import email.daimon.model.ApiKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The API keys. Only their SHA-256 is kept; revoked ones stay as tombstones. */
public interface ApiKeys {
  /** The live key that has this secret, read strongly. */
  Optional<ApiKey> authenticate(String secret);

  /**
   * Keeps new keys.
   *
   * @param also adds what has to be true with it to the same transaction
   */
  void issue(List<IssuedKey> keys, Consumer<UnitOfWork> also);

  /** Adds the items of a new key to a transaction: three for an inbox key, two for another. */
  void issueIn(UnitOfWork work, IssuedKey key);

  /** A key of an account by its id, revoked or not. */
  Optional<ApiKey> find(String accountId, String keyId);

  /** Keys of an account after {@code afterKeyId} (empty: from the first), oldest first. */
  List<ApiKey> list(String accountId, String afterKeyId, int most);

  /** Revokes a key for good; empty where the account has no such key. */
  Optional<ApiKey> revoke(String accountId, String keyId, Instant now);

  /**
   * Revokes a key and keeps its successor, at once.
   *
   * @return false where the old key is not there or was revoked before
   */
  boolean rotate(ApiKey old, IssuedKey successor, Instant now, Consumer<UnitOfWork> also);

  /**
   * The revoked key that had this secret, where a rotation revoked it and the key that the rotation
   * made is still live.
   */
  Optional<ApiKey> rotatedAway(String secret);

  /** Revokes every key of an inbox; how many were live. Can be run again. */
  int revokeAll(String inboxId, Instant now);
}
