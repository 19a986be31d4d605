package email.daimon.mime;

import email.daimon.model.CalendarEvent;
import email.daimon.model.CalendarEvent.Person;
import email.daimon.model.CalendarEvent.Time;
import email.daimon.model.TextCut;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Gathers the properties of one event; of those that may stand once the first counts. */
final class EventBuilder {
  private static final int LONGEST_SUMMARY = 1_000;
  private static final int LONGEST_WORDS = 500;
  private static final int LONGEST_ID = 320;
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private Optional<String> uid = Optional.empty();
  private Optional<Integer> sequence = Optional.empty();
  private Optional<String> recurrenceId = Optional.empty();
  private Optional<String> summary = Optional.empty();
  private Optional<Time> start = Optional.empty();
  private Optional<Time> end = Optional.empty();
  private Optional<Duration> duration = Optional.empty();
  private Optional<Person> organizer = Optional.empty();
  private final List<Person> attendees = new ArrayList<>();
  private Optional<String> location = Optional.empty();
  private Optional<String> status = Optional.empty();
  private Optional<String> recurrence = Optional.empty();

  void take(CalendarLine line) {
    switch (line.name()) {
      case "UID" -> uid = uid.or(() -> words(line.text(), LONGEST_ID));
      case "SEQUENCE" -> sequence = sequence.or(() -> number(line.value()));
      case "RECURRENCE-ID" -> recurrenceId = recurrenceId.or(() -> words(line.value(), 40));
      case "SUMMARY" -> summary = summary.or(() -> words(line.text(), LONGEST_SUMMARY));
      case "DTSTART" -> start = start.or(() -> time(line));
      case "DTEND" -> end = end.or(() -> time(line));
      case "DURATION" -> duration = duration.or(() -> duration(line.value()));
      case "ORGANIZER" -> organizer = organizer.or(() -> person(line));
      case "ATTENDEE" -> {
        if (attendees.size() < CalendarEvent.MOST_ATTENDEES) {
          person(line).ifPresent(attendees::add);
        }
      }
      case "LOCATION" -> location = location.or(() -> words(line.text(), LONGEST_WORDS));
      case "STATUS" -> status = status.or(() -> keyword(line.value()));
      case "RRULE" -> recurrence = recurrence.or(() -> words(line.value(), LONGEST_WORDS));
      default -> {}
    }
  }

  CalendarEvent build(Optional<String> method) {
    return new CalendarEvent(
        method.flatMap(EventBuilder::keyword),
        uid,
        sequence.orElse(0),
        recurrenceId,
        summary.orElse(""),
        start,
        end.or(() -> start.flatMap(it -> duration.flatMap(length -> later(it, length)))),
        organizer,
        attendees,
        location,
        status,
        recurrence);
  }

  private static Optional<String> words(String text, int bytes) {
    return Optional.of(TextCut.head(TextLeaf.normalised(text).strip(), bytes))
        .filter(words -> !words.isEmpty());
  }

  private static Optional<String> keyword(String value) {
    return words(value.toUpperCase(Locale.ROOT), 40);
  }

  private static Optional<Integer> number(String value) {
    String digits = value.strip();
    boolean readable =
        !digits.isEmpty() && digits.length() < 10 && digits.chars().allMatch(EventBuilder::isDigit);
    return readable ? Optional.of(Integer.parseInt(digits)) : Optional.empty();
  }

  private static boolean isDigit(int c) {
    return c >= '0' && c <= '9';
  }

  private static Optional<Person> person(CalendarLine line) {
    String value = line.text();
    boolean mailto = value.regionMatches(true, 0, "mailto:", 0, 7);
    String address = mailto ? value.substring(7).strip() : value;
    if (address.indexOf('@') < 0) {
      // Exchange writes invalid:nomail, and the address beside it.
      address = line.parameter("EMAIL").orElse(address);
    }
    String name = line.parameter("CN").map(String::strip).orElse("");
    return words(address, LONGEST_ID)
        .map(it ->
            new Person(
                it,
                TextCut.head(name, LONGEST_ID),
                line.parameter("PARTSTAT").flatMap(EventBuilder::keyword)));
  }

  private static Optional<Time> time(CalendarLine line) {
    String value = line.value().strip();
    try {
      if (value.length() == 8) {
        return Optional.of(new Time(date(value).toString(), Optional.empty()));
      }
      if (value.length() < 15 || value.charAt(8) != 'T') {
        return Optional.empty();
      }
      LocalDateTime local =
          date(value)
              .atTime(
                  digits(value, 9, 11), digits(value, 11, 13), Math.min(59, digits(value, 13, 15)));
      boolean universal = value.length() > 15 && (value.charAt(15) | 0x20) == 'z';
      return Optional.of(
          new Time(
              MOMENT.format(local) + (universal ? "Z" : ""),
              universal
                  ? Optional.empty()
                  : line.parameter("TZID").flatMap(zone -> words(zone, LONGEST_ID))));
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }

  private static LocalDate date(String value) {
    return LocalDate.of(digits(value, 0, 4), digits(value, 4, 6), digits(value, 6, 8));
  }

  private static int digits(String value, int from, int to) {
    int number = 0;
    for (int i = from; i < to; i++) {
      if (!isDigit(value.charAt(i))) {
        throw new DateTimeException("no digit at " + i);
      }
      number = number * 10 + value.charAt(i) - '0';
    }
    return number;
  }

  /** Weeks, days, hours, minutes, seconds (RFC 5545, 3.3.6), never backwards. */
  private static Optional<Duration> duration(String value) {
    String text = value.strip().toUpperCase(Locale.ROOT);
    if (!text.startsWith("P") || text.length() > 30) {
      return Optional.empty();
    }
    long seconds = 0;
    int number = 0;
    for (int i = 1; i < text.length(); i++) {
      char c = text.charAt(i);
      if (isDigit(c)) {
        number = Math.min(1_000_000, number * 10 + c - '0');
        continue;
      }
      long unit =
          switch (c) {
            case 'W' -> 7 * 86_400;
            case 'D' -> 86_400;
            case 'H' -> 3_600;
            case 'M' -> 60;
            case 'S' -> 1;
            case 'T' -> 0;
            default -> -1;
          };
      if (unit < 0) {
        return Optional.empty();
      }
      seconds += unit * number;
      number = 0;
    }
    return Optional.of(Duration.ofSeconds(seconds));
  }

  private static Optional<Time> later(Time time, Duration length) {
    try {
      if (time.allDay()) {
        LocalDate day = LocalDate.parse(time.value()).plusDays(length.toDays());
        return Optional.of(new Time(day.toString(), time.zone()));
      }
      boolean universal = time.value().endsWith("Z");
      LocalDateTime moment =
          LocalDateTime.parse(time.value().substring(0, 19), MOMENT).plus(length);
      return Optional.of(new Time(MOMENT.format(moment) + (universal ? "Z" : ""), time.zone()));
    } catch (DateTimeException none) {
      return Optional.empty();
    }
  }
}
