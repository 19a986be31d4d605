package email.daimon.functions.api;

import email.daimon.functions.store.Hash;
import email.daimon.policy.Labels;
import java.util.Optional;

/**
 * Who asks for a code: what {@code consumer} says, else the {@code Idempotency-Key}, of which only
 * the hash is kept. Parameters of a POST may stand in its query or in its body.
 */
final class CodeAsker {
  private CodeAsker() {}

  /** Who asks, where it is said; for calls that change nothing. */
  static Optional<String> maybe(Request request) {
    Optional<String> consumer = text(request, "consumer");
    if (consumer.flatMap(Labels::problem).isPresent()) {
      request.problem("consumer", "is 1 to 64 visible characters");
    }
    return consumer.map(name -> "name " + name);
  }

  /** Who asks; 400 where nobody says. */
  static String needed(Request request) {
    Optional<String> key = request.header("idempotency-key");
    key.ifPresent(text -> Idempotency.refuseMalformed(text, true));
    Optional<String> asker =
        maybe(request).or(() -> key.map(text -> "key " + Hash.sha256("consumer", text)));
    if (asker.isEmpty()) {
      request.problem(
          "consumer", "is needed, or an Idempotency-Key: the name under which the code is taken");
    }
    return asker.orElse("");
  }

  static Optional<String> text(Request request, String name) {
    return either(request, name, request.query().text(name), request.body().text(name));
  }

  static boolean flag(Request request, String name) {
    return either(request, name, request.query().flag(name), request.body().flag(name))
        .orElse(false);
  }

  private static <T> Optional<T> either(
      Request request, String name, Optional<T> query, Optional<T> body) {
    if (query.isPresent() && body.isPresent() && !query.equals(body)) {
      request.problem(name, "disagrees with the query's");
    }
    return body.or(() -> query);
  }
}
