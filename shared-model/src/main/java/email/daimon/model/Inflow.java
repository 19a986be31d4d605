package email.daimon.model;

import java.time.Duration;
import java.time.LocalDate;

/**
 * How much mail came to an inbox on one day, by inbox time and UTC. Mail that receive rules keep
 * out does not count: else whoever is blocked could silence those who are not.
 *
 * @param day days since 1970-01-01
 * @param mails that came so far, or came on that day
 * @param flooded whether it was announced that they are too many
 */
public record Inflow(long day, long mails, boolean flooded) {
  /** Nothing has come yet. */
  public static final Inflow NONE = new Inflow(0, 0, false);

  private static final long MILLIS_OF_DAY = Duration.ofDays(1).toMillis();

  /**
   * With one mail more; a new day begins with it where it is the first.
   *
   * @param inboxTime of the mail, in milliseconds since 1970
   */
  public Inflow with(long inboxTime) {
    long today = Math.floorDiv(inboxTime, MILLIS_OF_DAY);
    return today == day ? new Inflow(day, mails + 1, flooded) : new Inflow(today, 1, false);
  }

  /** The same, announced to be too much. */
  public Inflow announced() {
    return new Inflow(day, mails, true);
  }

  /** The day, such as {@code 2026-11-21}. */
  public LocalDate date() {
    return LocalDate.ofEpochDay(day);
  }
}
