package email.daimon.functions.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.AccountDataKeys;
import email.daimon.model.Endpoint;
import email.daimon.model.SealedBytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signing secrets of webhooks (rules 9.2): {@code whsec_} and 32 characters, sealed with a data key
 * of the account, which the deployment's key encrypts. Data keys that were decrypted are remembered
 * for five minutes.
 */
public final class WebhookSecrets {
  private static final String PREFIX = "whsec_";
  private static final int BYTES = 24;
  private static final Duration REMEMBERED = Duration.ofMinutes(5);
  private static final int MOST_REMEMBERED = 1_000;
  private final DataKeys keys;
  private final AccountDataKeys kept;
  private final RandomGenerator random;
  private final Sealing sealing;
  private final Map<Opened, Remembered> remembered = new LinkedHashMap<>();

  public WebhookSecrets(DataKeys keys, AccountDataKeys kept, RandomGenerator random) {
    this.keys = requireNonNull(keys, "keys is null");
    this.kept = requireNonNull(kept, "kept is null");
    this.random = requireNonNull(random, "random is null");
    this.sealing = new Sealing(random);
  }

  private record Opened(String accountId, SealedBytes dataKey) {}

  private record Remembered(SecretKey key, Instant until) {}

  /**
   * A secret as the tables hold it.
   *
   * @param dataKey the account's, encrypted
   */
  public record SealedSecret(SealedBytes dataKey, SealedBytes sealed) {
    public SealedSecret {
      requireNonNull(dataKey, "dataKey is null");
      requireNonNull(sealed, "sealed is null");
    }
  }

  /** A new secret, to be shown once. */
  public String make() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getEncoder().encodeToString(bytes);
  }

  /** Seals a secret of a webhook; the account gets its data key at the first. */
  public SealedSecret seal(String accountId, String webhookId, String secret, Instant now) {
    SealedBytes dataKey =
        kept.find(accountId).orElseGet(() -> kept.keep(accountId, keys.make(accountId)));
    SecretKey key = key(accountId, dataKey, now);
    return new SealedSecret(dataKey, sealing.seal(key, webhookId, secret.getBytes(UTF_8)));
  }

  /**
   * The secrets that sign now, the newest first, each the whole {@code whsec_…}.
   *
   * @throws SecretException where one is not this endpoint's
   */
  public List<String> open(Endpoint endpoint, Instant now) {
    SecretKey key = key(endpoint.accountId(), endpoint.dataKey(), now);
    return endpoint.secrets().stream()
        .filter(secret -> secret.until().filter(until -> !until.isAfter(now)).isEmpty())
        .map(secret -> new String(sealing.open(key, endpoint.webhookId(), secret.sealed()), UTF_8))
        .toList();
  }

  private SecretKey key(String accountId, SealedBytes dataKey, Instant now) {
    Opened opened = new Opened(accountId, dataKey);
    synchronized (remembered) {
      Optional<Remembered> known =
          Optional.ofNullable(remembered.get(opened)).filter(one -> now.isBefore(one.until));
      if (known.isPresent()) {
        return known.get().key;
      }
    }
    SecretKey key = new SecretKeySpec(keys.open(accountId, dataKey), "AES");
    synchronized (remembered) {
      remembered.values().removeIf(one -> !now.isBefore(one.until));
      if (remembered.size() >= MOST_REMEMBERED) {
        remembered.remove(remembered.keySet().iterator().next());
      }
      remembered.put(opened, new Remembered(key, now.plus(REMEMBERED)));
    }
    return key;
  }
}
