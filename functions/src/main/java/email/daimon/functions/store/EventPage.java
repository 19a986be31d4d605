package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Event;
import java.util.List;

/**
 * Events that were read.
 *
 * @param next where to read on
 * @param more whether more can be had at once; the page may be empty nevertheless
 * @param readUnits what reading them cost, in DynamoDB's read units
 */
public record EventPage(List<Event> events, EventPlace next, boolean more, long readUnits) {
  public EventPage {
    events = List.copyOf(events);
    requireNonNull(next, "next is null");
  }
}
