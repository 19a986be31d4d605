package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Outgoing.UnlessReplied;
import java.time.Instant;
import java.util.Optional;

/**
 * That a scheduled draft is not to be sent once its thread is answered.
 *
 * @param unless whose answer counts
 * @param from the address that it would be sent from, whose own mail is no answer
 * @param since what came before does not count
 * @param revision of the draft that began to wait: by it the thread's head names the draft
 * @param threadId the thread that names it; empty where there was none yet
 */
public record Waiting(
    UnlessReplied unless, String from, Instant since, long revision, Optional<String> threadId) {
  public Waiting {
    requireNonNull(unless, "unless is null");
    requireNonNull(from, "from is null");
    requireNonNull(since, "since is null");
    requireNonNull(threadId, "threadId is null");
  }

  /** The same behind all that there is at a time. */
  Waiting behind(Instant at) {
    return at.isAfter(since) ? new Waiting(unless, from, at, revision, threadId) : this;
  }
}
