package email.daimon.functions.inbound;

import com.amazonaws.services.lambda.runtime.events.SQSEvent.SQSMessage;
import email.daimon.functions.store.DeferredException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One queue message of a batch, and how it went so far. */
final class Work {
  private static final Logger LOG = LoggerFactory.getLogger(Work.class);
  private final SQSMessage message;
  private final List<RuntimeException> failures = new ArrayList<>();

  Work(SQSMessage message) {
    this.message = message;
  }

  SQSMessage message() {
    return message;
  }

  /** Runs a part of the work; what it throws stays with this message. */
  void run(Runnable part) {
    try {
      part.run();
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** It went wrong. */
  synchronized void fail(RuntimeException e) {
    if (e instanceof DeferredException) {
      LOG.info("{} has to wait: {}", message.getMessageId(), e.getMessage());
    } else {
      LOG.error("{} failed", message.getMessageId(), e);
    }
    failures.add(e);
  }

  /** Whether something went wrong that nobody foresaw. */
  synchronized boolean failed() {
    return failures.stream().anyMatch(e -> !(e instanceof DeferredException));
  }

  /** Why it has to wait. */
  synchronized Optional<RuntimeException> waiting() {
    return failures.stream().findFirst();
  }
}
