package email.daimon.functions.api;

import static java.util.Objects.requireNonNull;

import email.daimon.model.ApiKey;
import java.util.Optional;

/**
 * Gives a key that has rotated itself the answer again that it has lost: the rotation revoked the
 * very key that would have to ask. It takes the dead key and the {@code Idempotency-Key} of the
 * rotation together, for 24 hours, and only as long as the new key is live. As the dead key may be
 * in other hands, which is why keys are rotated, the other must be too long to be guessed.
 */
final class LostRotation {
  private final Authenticator authenticator;
  private final Idempotency idempotency;

  LostRotation(Authenticator authenticator, Idempotency idempotency) {
    this.authenticator = requireNonNull(authenticator, "authenticator is null");
    this.idempotency = requireNonNull(idempotency, "idempotency is null");
  }

  /** The kept answer; empty where the request is not such a call again. */
  Optional<Reply> answer(Incoming incoming, Router.Match match) {
    Optional<String> key =
        incoming
            .header("idempotency-key")
            .filter(sent -> sent.length() >= Idempotency.SHORTEST_WITHOUT_ACCOUNT);
    if (key.isEmpty()
        || !(match instanceof Router.Match.Found(Route route, var parameters))
        || !route.pattern().equals(KeyResource.ROTATE)) {
      return Optional.empty();
    }
    Request request = new Request(incoming, route, parameters, Optional.empty());
    Optional<ApiKey> old =
        authenticator.rotatedAway(incoming).filter(dead -> dead.id().equals(request.path("id")));
    return old.flatMap(dead -> idempotency.answered(dead.accountId(), request, key.get()));
  }
}
