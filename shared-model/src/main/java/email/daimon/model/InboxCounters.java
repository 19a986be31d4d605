package email.daimon.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The counters of {@code I#id / SEQ}. Every commit that adds a message or an event to the inbox
 * raises it on the condition that it is as read, so it is also the inbox's clock and its lock.
 *
 * @param version raised by one with each commit
 * @param inboxTime the newest row's time, in milliseconds since 1970; the next is larger
 * @param sequence number of event rows so far
 * @param messages live inbound messages that are not flagged
 * @param unread those of them that are unread
 * @param threads live threads with at least one message that is not flagged
 * @param inflow how much came on the last day that something came
 * @param closed whether the inbox is deleted: no message is added to it any more, though what it
 *     has sent may still be reported of
 */
public record InboxCounters(
    long version,
    long inboxTime,
    long sequence,
    long messages,
    long unread,
    long threads,
    Optional<Instant> lastReceivedAt,
    Inflow inflow,
    boolean closed) {
  /** An inbox that nothing has happened to. */
  public static final InboxCounters NONE =
      new InboxCounters(0, 0, 0, 0, 0, 0, Optional.empty(), Inflow.NONE, false);
}
