package email.daimon.functions.sweep;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import email.daimon.functions.Settings.MailTransport;
import email.daimon.functions.Wiring;
import email.daimon.functions.priming.NoCall;
import email.daimon.functions.priming.Priming;
import email.daimon.functions.queue.Queues;
import email.daimon.functions.store.DueEntry;
import email.daimon.functions.store.DueIndex;
import email.daimon.functions.store.DueIndex.Mark;
import email.daimon.functions.store.Job;
import email.daimon.functions.store.Jobs;
import email.daimon.functions.store.Sends;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due to its queue. Each minute is read twice: when it comes within the look-ahead,
 * and again one minute after it was due, for what was put late. The mark moves after the second, so
 * that an outage is caught up with. What is done once an hour and once a night begins here too.
 */
public final class SweepHandler implements RequestHandler<ScheduledEvent, String> {
  private static final Logger LOG = LoggerFactory.getLogger(SweepHandler.class);
  private static final int SAVE_EVERY = 60;
  private final DueIndex dueIndex;
  private final Queues queues;
  private final InstantSource clock;
  private final Duration lookAhead;
  private final boolean transport;

  /** As Lambda makes it. */
  public SweepHandler() {
    this(Wiring.fromEnvironment());
    Priming.beforeSnapshot(SweepHandler::rehearse);
  }

  public SweepHandler(Wiring wiring) {
    this(
        wiring.dueIndex(),
        wiring.queues(),
        wiring.clock(),
        wiring.settings().sweepLookAhead(),
        wiring.settings().mailTransport() != MailTransport.NONE);
  }

  /**
   * @param transport whether mails can be sent, so that those laid aside may go
   */
  SweepHandler(
      DueIndex dueIndex,
      Queues queues,
      InstantSource clock,
      Duration lookAhead,
      boolean transport) {
    this.dueIndex = requireNonNull(dueIndex, "dueIndex is null");
    this.queues = requireNonNull(queues, "queues is null");
    this.clock = requireNonNull(clock, "clock is null");
    this.lookAhead = requireNonNull(lookAhead, "lookAhead is null");
    this.transport = transport;
  }

  @Override
  public String handleRequest(ScheduledEvent event, Context context) {
    Instant now = clock.instant();
    long ahead = minute(now.plus(lookAhead));
    long settled = minute(now) - 2;
    Optional<Mark> kept = dueIndex.mark();
    Mark mark = kept.orElseGet(() -> beginning(settled));
    int sent = kept.map(before -> sendRounds(before.announced(), ahead)).orElse(0);
    for (long minute = mark.handled() + 1; minute <= ahead; minute++) {
      if (minute <= settled || minute > mark.announced()) {
        sent += send(minute, now);
      }
      if (minute % SAVE_EVERY == 0) {
        dueIndex.mark(moved(mark, minute, settled));
      }
    }
    dueIndex.mark(moved(mark, ahead, settled));
    if (transport) {
      sent += unpark();
    }
    LOG.info("sent {} due messages, up to minute {}", sent, ahead);
    return "sent " + sent;
  }

  // Before the first sweep something may have been due for long.
  private Mark beginning(long settled) {
    long before = Math.min(settled, dueIndex.first().orElse(settled) - 1);
    return new Mark(before, before);
  }

  private static Mark moved(Mark mark, long read, long settled) {
    return new Mark(
        Math.max(mark.handled(), Math.min(read, settled)), Math.max(mark.announced(), read));
  }

  private int sendRounds(long after, long until) {
    List<Job> rounds = Rounds.begun(after, until);
    rounds.forEach(job -> queues.send(Jobs.QUEUE, job.json()));
    return rounds.size();
  }

  private int send(long minute, Instant now) {
    int sent = 0;
    for (DueEntry entry : dueIndex.dueIn(minute)) {
      Duration left = Duration.between(now, entry.due());
      queues.send(entry.queue(), entry.body(), left.isNegative() ? Duration.ZERO : left, Map.of());
      sent++;
    }
    return sent;
  }

  // Oldest first: ids sort by the time of their calls.
  private int unpark() {
    List<DueEntry> parked =
        dueIndex.dueIn(minute(Sends.PARKED)).stream()
            .sorted(Comparator.comparing(DueEntry::id))
            .toList();
    for (DueEntry entry : parked) {
      queues.send(entry.queue(), entry.body());
      dueIndex.remove(entry);
    }
    return parked.size();
  }

  private static long minute(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), 60);
  }

  /** What runs before a snapshot is taken. */
  public static void rehearse(Wiring wiring) {
    var _ = new SweepHandler(wiring).handleRequest(new ScheduledEvent(), new NoCall());
  }
}
