package email.daimon.local.ses;

import email.daimon.DaimonException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/** Takes mails out of the spool and puts them through the receipt rule, ten at a time. */
public final class Forwarders implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Forwarders.class);
  private static final Duration IDLE = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int BATCH = 10;

  private final Spool spool;
  private final ReceiptRule rule;
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean running = true;

  public Forwarders(Spool spool, ReceiptRule rule, int count) {
    this.spool = Objects.requireNonNull(spool);
    this.rule = Objects.requireNonNull(rule);
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().name("forwarder-" + i).start(this::run));
    }
  }

  /** Ends after the batches that are under way; what is left stays in the spool. */
  @Override
  public void close() {
    running = false;
    try {
      for (Thread thread : threads) {
        thread.join();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (running) {
        handOn();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void handOn() throws InterruptedException {
    try {
      List<Spool.Entry> batch = spool.take(BATCH, IDLE);
      if (!batch.isEmpty()) {
        settle(batch, forward(batch));
      }
    } catch (SpoolException e) {
      LOG.error("a mail in the spool cannot be handed on before the next start", e);
    }
  }

  private Set<Spool.Entry> forward(List<Spool.Entry> batch) {
    try {
      return rule.apply(batch);
    } catch (IOException | SdkException | DaimonException e) {
      LOG.warn("{} mails stay in the spool for now: {}", batch.size(), e.toString(), e);
      return new HashSet<>(batch);
    }
  }

  private void settle(List<Spool.Entry> batch, Set<Spool.Entry> again) {
    for (Spool.Entry entry : batch) {
      if (again.contains(entry)) {
        spool.again(entry, PAUSE);
      } else {
        spool.done(entry);
      }
    }
  }
}
