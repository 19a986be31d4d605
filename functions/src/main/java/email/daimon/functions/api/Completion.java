package email.daimon.functions.api;

import email.daimon.functions.store.UnitOfWork;

/** The end of an idempotency claim, to be written together with what the request does. */
public interface Completion {
  /** For requests without an idempotency key. */
  Completion NONE = (_, _) -> {};

  /** Adds to {@code work} that the request has been answered so; at most one action. */
  void into(UnitOfWork work, Reply reply);
}
