package email.daimon.model;

/**
 * What messages count for, in a thread's head and in an inbox's totals.
 *
 * @param shown live messages of both directions that are not flagged
 * @param inbound those of them that came in
 * @param unread those that came in and are unread
 */
public record Tally(long shown, long inbound, long unread) {
  /** No difference. */
  public static final Tally NOTHING = new Tally(0, 0, 0);

  /** What one message counts for. */
  public static Tally of(Message message) {
    return new Tally(
        one(message.deletedAt().isEmpty() && !message.flagged()),
        one(message.counted()),
        one(message.counted() && !message.read()));
  }

  /** The difference. */
  public Tally minus(Tally other) {
    return new Tally(shown - other.shown, inbound - other.inbound, unread - other.unread);
  }

  private static long one(boolean counts) {
    return counts ? 1 : 0;
  }
}
