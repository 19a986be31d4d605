package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;

/**
 * An appointment that a mail brings (RFC 5545, RFC 6047), in the sender's words.
 *
 * @param method what the mail wants with it, such as {@code REQUEST}, {@code REPLY}, {@code CANCEL}
 * @param uid names the appointment through all mails about it
 * @param sequence how often it was changed
 * @param recurrenceId the one meeting of a series that it is about, as written
 * @param start its beginning; a day alone where it takes whole days
 * @param end its end, not included; from its duration where only that is stated
 * @param attendees at most {@link #MOST_ATTENDEES}
 * @param status such as {@code CONFIRMED} or {@code CANCELLED}
 * @param recurrence the rule by which it comes again, as written: {@code FREQ=WEEKLY;COUNT=5}
 */
public record CalendarEvent(
    Optional<String> method,
    Optional<String> uid,
    int sequence,
    Optional<String> recurrenceId,
    String summary,
    Optional<Time> start,
    Optional<Time> end,
    Optional<Person> organizer,
    List<Person> attendees,
    Optional<String> location,
    Optional<String> status,
    Optional<String> recurrence) {
  /** Events that are kept of one mail. */
  public static final int MOST = 20;

  /** Attendees that are kept of one event. */
  public static final int MOST_ATTENDEES = 100;

  public CalendarEvent {
    requireNonNull(method, "method is null");
    requireNonNull(uid, "uid is null");
    requireNonNull(recurrenceId, "recurrenceId is null");
    requireNonNull(summary, "summary is null");
    requireNonNull(start, "start is null");
    requireNonNull(end, "end is null");
    requireNonNull(organizer, "organizer is null");
    attendees = List.copyOf(attendees);
    requireNonNull(location, "location is null");
    requireNonNull(status, "status is null");
    requireNonNull(recurrence, "recurrence is null");
  }

  /**
   * A moment, or a day.
   *
   * @param value {@code 2026-11-21T10:00:00Z}; without the Z where it is local time of the zone, or
   *     of wherever its reader is; a whole day is {@code 2026-11-21}
   * @param zone as stated, of IANA or of Windows
   */
  public record Time(String value, Optional<String> zone) {
    public Time {
      requireNonNull(value, "value is null");
      requireNonNull(zone, "zone is null");
    }

    /** Whether it is a day, and no moment. */
    public boolean allDay() {
      return value.indexOf('T') < 0;
    }
  }

  /**
   * Who takes part.
   *
   * @param address without {@code mailto:}
   * @param name empty where none is given
   * @param participation such as {@code ACCEPTED}, {@code DECLINED}, {@code NEEDS-ACTION}
   */
  public record Person(String address, String name, Optional<String> participation) {
    public Person {
      requireNonNull(address, "address is null");
      requireNonNull(name, "name is null");
      requireNonNull(participation, "participation is null");
    }
  }
}
