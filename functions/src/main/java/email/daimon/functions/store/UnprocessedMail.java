package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Blobs.Received;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * The look for received mails that lie in S3 and were never handled: their notification was lost,
 * or lies among the dead letters. Nothing is done for them here; their envelope is not known.
 */
public final class UnprocessedMail {
  /** How long a mail may be under way before it is looked for. */
  public static final Duration PATIENCE = Duration.ofHours(1);

  /** How far back the look reaches. */
  public static final Duration REACH = Duration.ofDays(3);

  // By SES's clock a mail was received a moment before S3 had it.
  private static final Duration SLACK = Duration.ofHours(1);
  private final Blobs blobs;
  private final ProcessedMarks marks;
  private final InstantSource clock;

  public UnprocessedMail(Blobs blobs, ProcessedMarks marks, InstantSource clock) {
    this.blobs = requireNonNull(blobs, "blobs is null");
    this.marks = requireNonNull(marks, "marks is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /** The mails that have lain for more than an hour without a mark, oldest first. */
  public List<Received> find() {
    Instant now = clock.instant();
    Instant from = now.minus(REACH);
    // Listed before the marks are read: what is marked meanwhile is no finding.
    List<Received> waiting = blobs.receivedWithin(from, now.minus(PATIENCE));
    if (waiting.isEmpty()) {
      return List.of();
    }
    Set<String> marked = marks.marked(from.minus(SLACK), now);
    return waiting.stream()
        .filter(mail -> !marked.contains(mail.sesId()))
        .sorted(Comparator.comparing(Received::at).thenComparing(Received::sesId))
        .toList();
  }
}
