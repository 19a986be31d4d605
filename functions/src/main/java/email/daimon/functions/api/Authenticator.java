package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Accounts;
import email.daimon.functions.store.ApiKeys;
import email.daimon.functions.store.Inboxes;
import email.daimon.functions.store.RequestRate;
import email.daimon.model.Account;
import email.daimon.model.ApiKey;
import email.daimon.model.Inbox;
import email.daimon.wire.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Finds out who asks. Keys are read at every request, so that a revoked one is dead at once; tier
 * and status of the account may be five seconds old.
 */
final class Authenticator {
  private static final Duration ACCOUNT_AGE = Duration.ofSeconds(5);
  private static final int MOST_ACCOUNTS = 10_000;
  private static final String SCHEME = "bearer ";
  private final ApiKeys keys;
  private final Accounts accounts;
  private final Inboxes inboxes;
  private final RequestRate rate;
  private final ConcurrentMap<String, Seen> seen = new ConcurrentHashMap<>();

  private record Seen(Account account, Instant at) {}

  Authenticator(ApiKeys keys, Accounts accounts, Inboxes inboxes, RequestRate rate) {
    this.keys = requireNonNull(keys, "keys is null");
    this.accounts = requireNonNull(accounts, "accounts is null");
    this.inboxes = requireNonNull(inboxes, "inboxes is null");
    this.rate = requireNonNull(rate, "rate is null");
  }

  /** Empty only where no key was sent; one that opens nothing, or asks too often, is refused. */
  Optional<Caller> caller(Incoming incoming) {
    Optional<String> header = incoming.header("authorization");
    if (header.isEmpty()) {
      return Optional.empty();
    }
    String value = header.get().strip();
    if (!value.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw unauthorized("The Authorization header is not of the form Bearer KEY.");
    }
    ApiKey key =
        keys.authenticate(secret(value))
            .orElseThrow(() -> unauthorized("The key is unknown or revoked."));
    rate.refuse(key.id(), incoming.now())
        .ifPresent(wait -> {
          throw tooFast(wait);
        });
    Optional<Inbox> inbox = key.inboxId().map(id -> live(id));
    return Optional.of(new Caller(key, account(key.accountId(), incoming.now()), inbox));
  }

  /** The revoked key that was sent, where a rotation replaced it by one that is live. */
  Optional<ApiKey> rotatedAway(Incoming incoming) {
    return incoming
        .header("authorization")
        .map(String::strip)
        .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
        .flatMap(value -> keys.rotatedAway(secret(value)));
  }

  private static String secret(String header) {
    return header.substring(SCHEME.length()).strip();
  }

  /** The same asker with tier and status as they are now; empty where they are as remembered. */
  Optional<Caller> again(Caller caller, Instant now) {
    Account before = caller.account();
    Seen last = seen.get(before.id());
    if (last != null && last.at.equals(now)) {
      return Optional.empty();
    }
    forget(before.id());
    Account account = account(before.id(), now);
    return account.tier() == before.tier() && account.status() == before.status()
        ? Optional.empty()
        : Optional.of(new Caller(caller.key(), account, caller.inbox()));
  }

  /** From here on the account is read afresh. */
  void forget(String accountId) {
    seen.remove(accountId);
  }

  private static ApiException tooFast(Duration wait) {
    return new ApiException(
            ErrorCode.RATE_LIMIT_EXCEEDED,
            "This key asks more often than it may.",
            "Wait as long as Retry-After says; a held call asks less often than a loop.")
        .code("REQUEST_RATE")
        .retryAfter(wait);
  }

  static ApiException unauthorized(String message) {
    return new ApiException(
            ErrorCode.UNAUTHORIZED,
            message,
            "Send Authorization: Bearer followed by a key that POST /v1/inboxes or POST /v1/keys"
                + " gave.")
        .header("WWW-Authenticate", "Bearer")
        .next("Create an inbox and its keys with POST /v1/inboxes");
  }

  // Deleting an inbox revokes its keys at once, before each key's own item says so.
  private Inbox live(String inboxId) {
    return inboxes
        .find(inboxId)
        .orElseThrow(() -> unauthorized("The inbox of this key was deleted."));
  }

  private Account account(String accountId, Instant now) {
    Seen last = seen.get(accountId);
    if (last != null && now.isBefore(last.at.plus(ACCOUNT_AGE)) && !now.isBefore(last.at)) {
      return last.account;
    }
    Account account =
        accounts
            .find(accountId)
            .orElseThrow(() -> unauthorized("The account of this key is gone."));
    if (seen.size() >= MOST_ACCOUNTS) {
      seen.clear();
    }
    seen.put(accountId, new Seen(account, now));
    return account;
  }
}
