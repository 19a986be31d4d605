package email.daimon.local.queues;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import email.daimon.local.lambda.FunctionException;
import email.daimon.local.lambda.LocalFunction;
import email.daimon.local.services.MovableClock;
import email.daimon.local.stack.Function.Schedule;
import email.daimon.local.stack.LocalNames;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls a function at the start of every interval of the platform's clock, and when that clock has
 * been moved.
 */
public final class Scheduler implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Scheduler.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LocalFunction function;
  private final Schedule schedule;
  private final MovableClock clock;
  private final Semaphore awake = new Semaphore(0);
  private final Thread thread;
  private volatile boolean running = true;

  public Scheduler(LocalFunction function, Schedule schedule, MovableClock clock) {
    this.function = Objects.requireNonNull(function);
    this.schedule = Objects.requireNonNull(schedule);
    this.clock = Objects.requireNonNull(clock);
    clock.onAdvance(awake::release);
    thread = Thread.ofPlatform().name(function.name() + "-schedule").start(this::run);
  }

  @Override
  public void close() {
    running = false;
    awake.release();
    try {
      if (!thread.join(Duration.ofSeconds(30))) {
        LOG.warn("{} did not end", thread.getName());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (running) {
        var _ = awake.tryAcquire(untilNext().toNanos(), TimeUnit.NANOSECONDS);
        awake.drainPermits();
        if (running) {
          call();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Duration untilNext() {
    long now = clock.millis();
    long interval = schedule.interval().toMillis();
    return Duration.ofMillis(interval - Math.floorMod(now, interval));
  }

  private void call() {
    try {
      var _ = function.invoke(event(clock.instant()));
    } catch (FunctionException e) {
      LOG.warn("schedule {}: {}", schedule.name(), e.getMessage(), e);
    }
  }

  private String event(Instant now) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "0");
    event.put("id", UUID.randomUUID().toString());
    event.put("detail-type", "Scheduled Event");
    event.put("source", "aws.events");
    event.put("account", LocalNames.ACCOUNT);
    event.put("time", now.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", LocalNames.REGION);
    event
        .putArray("resources")
        .add("arn:aws:events:us-east-1:000000000000:rule/" + schedule.name());
    event.putObject("detail");
    return event.toString();
  }
}
