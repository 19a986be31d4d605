package email.daimon.policy;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Direction;
import email.daimon.model.Message;
import java.util.Optional;

/**
 * Which messages of an inbox a list shows. Lists give inbound mail only, and no flagged mail,
 * unless they are asked for more. Times are no part of it: they say where a list begins and ends.
 *
 * @param direction empty for both
 * @param includeFlagged whether spam, unauthenticated, blocked and virus mail is shown
 * @param threadId the surviving thread's id
 * @param from a bare address, compared without case
 */
public record MessageFilter(
    Optional<Direction> direction,
    boolean includeFlagged,
    Optional<String> label,
    Optional<String> threadId,
    Optional<String> from,
    Optional<String> status,
    Optional<Boolean> read) {
  /** What a list shows that was asked for nothing in particular: the inbox's totals count it. */
  public static final MessageFilter DEFAULT =
      new MessageFilter(
          Optional.of(Direction.INBOUND),
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** Everything of a thread, as a thread shows its messages. */
  public static MessageFilter ofThread(String threadId, boolean includeFlagged) {
    return new MessageFilter(
        Optional.empty(),
        includeFlagged,
        Optional.empty(),
        Optional.of(threadId),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public MessageFilter {
    requireNonNull(direction, "direction is null");
    requireNonNull(label, "label is null");
    requireNonNull(threadId, "threadId is null");
    requireNonNull(from, "from is null");
    requireNonNull(status, "status is null");
    requireNonNull(read, "read is null");
  }

  /** The same, of another thread. */
  public MessageFilter inThread(String otherThreadId) {
    return new MessageFilter(
        direction, includeFlagged, label, Optional.of(otherThreadId), from, status, read);
  }

  /** Whether a message is shown; its thread is not looked at. */
  public boolean accepts(Message message) {
    return message.deletedAt().isEmpty()
        && acceptsForGood(message)
        && (includeFlagged || label.isPresent() || !message.flagged())
        && label.map(message.labels()::contains).orElse(true)
        && status.map(message.status()::equals).orElse(true)
        && read.map(wanted -> wanted == message.read()).orElse(true);
  }

  /** The part that no later change of the message can turn. */
  public boolean acceptsForGood(Message message) {
    return direction.map(message.direction()::equals).orElse(true)
        && from.map(message.from()::equalsIgnoreCase).orElse(true);
  }

  /** Whether only what waits for its time can pass. */
  public boolean scheduledOnly() {
    return status.equals(Optional.of("scheduled"));
  }

  /** Whether only what the unread index holds can pass. */
  public boolean unreadOnly() {
    return read.equals(Optional.of(false))
        && direction.equals(Optional.of(Direction.INBOUND))
        && !includeFlagged
        && label.isEmpty();
  }
}
