package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Claims;
import email.daimon.functions.store.Claims.Claim;
import email.daimon.functions.store.Claims.Outcome;
import email.daimon.functions.store.Hash;
import email.daimon.functions.store.UnitOfWork;
import email.daimon.wire.ErrorCode;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Runs a POST once for each {@code Idempotency-Key} and 24 hours, within account, method and
 * concrete path. The claim stands before any effect; a refusal gives it up at once, so that the
 * same call works after an upgrade; what succeeded is replayed.
 */
final class Idempotency {
  private static final Duration AGAIN = Duration.ofSeconds(1);
  private static final int LONGEST = 255;

  /** Characters of a key that, where no live API key is sent, is the secret itself. */
  static final int SHORTEST_WITHOUT_ACCOUNT = 32;

  private final Claims claims;
  private final SealedReply sealed;

  Idempotency(Claims claims, SealedReply sealed) {
    this.claims = requireNonNull(claims, "claims is null");
    this.sealed = requireNonNull(sealed, "sealed is null");
  }

  Reply once(Request request, Plan.Work work) {
    Optional<String> key = request.header("idempotency-key");
    boolean claimed =
        request.route().method().equals("POST") && request.route().access() != Access.PUBLIC;
    if (!claimed || key.isEmpty()) {
      return work.run(Completion.NONE);
    }
    refuseMalformed(key.get(), request.optionalCaller().isPresent());
    return claimed(request, key.get(), work);
  }

  /** What the same call of an account was answered with before, if it was; claims nothing. */
  Optional<Reply> answered(String accountId, Request request, String key) {
    String hash = hash(request, key);
    return claims
        .finished(accountId, hash, request.now())
        .map(done -> {
          refuseOtherBody(done.fingerprint(), Fingerprint.of(request));
          return replay(done, key, hash);
        });
  }

  private static String hash(Request request, String key) {
    return Hash.sha256(request.route().method(), request.concretePath(), key);
  }

  private Reply replay(Outcome.Finished done, String key, String hash) {
    return StoredReply.read(sealed.open(done.reply(), key, hash))
        .header("Idempotent-Replayed", "true");
  }

  private Reply claimed(Request request, String key, Plan.Work work) {
    String scope = request.optionalCaller().map(c -> c.account().id()).orElse("anonymous");
    String hash = hash(request, key);
    Claim claim = new Claim(scope, hash, UUID.randomUUID().toString());
    Map<String, String> fingerprint = Fingerprint.of(request);
    return switch (claims.take(claim, fingerprint, request.now())) {
      case Outcome.Finished done -> {
        refuseOtherBody(done.fingerprint(), fingerprint);
        yield replay(done, key, hash);
      }
      case Outcome.InFlight(var first, var lease) -> {
        refuseOtherBody(first, fingerprint);
        throw new ApiException(
                ErrorCode.IDEMPOTENCY_IN_FLIGHT,
                "The first request with this Idempotency-Key is still running.",
                "Wait and send the same request again.")
            .retryAfter(shorter(lease, AGAIN));
      }
      case Outcome.Taken() -> run(claim, key, work);
    };
  }

  private Reply run(Claim claim, String key, Plan.Work work) {
    Ending ending = new Ending(claim, key);
    try {
      Reply reply = work.run(ending);
      if (!ending.written) {
        claims.finish(claim, ending.sealed(reply));
      }
      return reply;
    } catch (RuntimeException e) {
      claims.release(claim);
      throw e;
    }
  }

  private final class Ending implements Completion {
    private final Claim claim;
    private final String key;
    private boolean written;

    Ending(Claim claim, String key) {
      this.claim = claim;
      this.key = key;
    }

    @Override
    public void into(UnitOfWork work, Reply reply) {
      claims.finishIn(work, claim, sealed(reply));
      written = true;
    }

    String sealed(Reply reply) {
      return sealed.seal(StoredReply.write(reply), key, claim.hash());
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  static void refuseMalformed(String key, boolean hasAccount) {
    boolean printable = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (key.isEmpty() || key.length() > LONGEST || !printable) {
      throw malformed("Idempotency-Key: is 1 to 255 printable ASCII characters.");
    }
    if (!hasAccount && key.length() < SHORTEST_WITHOUT_ACCOUNT) {
      throw malformed(
          "Idempotency-Key: is at least 32 characters where no API key is sent; this one has "
              + key.length()
              + ".");
    }
  }

  private static ApiException malformed(String message) {
    return new ApiException(
        ErrorCode.VALIDATION_ERROR, message, "Send a random UUID, for instance.");
  }

  private static void refuseOtherBody(Map<String, String> first, Map<String, String> now) {
    Fingerprint.difference(first, now)
        .ifPresent(name -> {
          throw new ApiException(
              ErrorCode.IDEMPOTENCY_KEY_REUSED,
              "This Idempotency-Key was used with another body: "
                  + name
                  + " differs from the first request.",
              "Send the first body again, or use a new Idempotency-Key.");
        });
  }
}
