package email.daimon.functions.store;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Claims of idempotency keys: written before any effect, ended with the reply, released by a
 * refusal.
 */
public interface Claims {
  /** How long a reply is kept. */
  Duration KEPT = Duration.ofHours(24);

  /** How long a claim without a reply holds: longer than any function runs. */
  Duration LEASE = Duration.ofSeconds(30);

  /**
   * What is claimed.
   *
   * @param scope the account, or what stands for it where there is none
   * @param hash of method, path and key
   */
  record Claim(String scope, String hash, String attempt) {}

  /** What a claim found. */
  sealed interface Outcome {
    /** The claim is ours. */
    record Taken() implements Outcome {}

    /** Another attempt holds it, for so long at most. */
    record InFlight(Map<String, String> fingerprint, Duration lease) implements Outcome {}

    /** It was ended with this reply. */
    record Finished(Map<String, String> fingerprint, String reply) implements Outcome {}
  }

  /**
   * Claims, by one conditional write.
   *
   * @param fingerprint hashes of what was sent, by name
   */
  Outcome take(Claim claim, Map<String, String> fingerprint, Instant now);

  /** What a claim was ended with, as long as that is kept; claims nothing. */
  Optional<Outcome.Finished> finished(String scope, String hash, Instant now);

  /** Adds the end of a claim to a transaction. */
  void finishIn(UnitOfWork work, Claim claim, String reply);

  /** Ends a claim by itself. */
  void finish(Claim claim, String reply);

  /** Gives a claim up, so that the same call works again. */
  void release(Claim claim);
}
