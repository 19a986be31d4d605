package email.daimon.model;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What the parts of a mail hold beside texts and files.
 *
 * @param protection how it is signed or encrypted, in its own words
 * @param calendar appointments, each once, at most {@link CalendarEvent#MOST}
 */
public record MailParts(Protection protection, List<CalendarEvent> calendar) {
  /** Of a plain mail. */
  public static final MailParts NONE = new MailParts(Protection.NONE, List.of());

  public MailParts {
    requireNonNull(protection, "protection is null");
    calendar = List.copyOf(calendar);
  }
}
