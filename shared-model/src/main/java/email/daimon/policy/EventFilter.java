package email.daimon.policy;

import email.daimon.model.EventType;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The types of events that somebody asked for (rules 5.5): {@code types} of the feed, {@code
 * events} of a webhook. Where a type has two names, it is shown under the one that was asked for;
 * asked for under both, it is shown under its first, once.
 */
public final class EventFilter {
  /** Everything. */
  public static final EventFilter ALL = new EventFilter(Set.of());

  private final Map<EventType, String> shown = new EnumMap<>(EventType.class);

  private EventFilter(Collection<String> names) {
    for (String name : names) {
      EventType type =
          EventType.named(name)
              .orElseThrow(() -> new IllegalArgumentException("no type of events: " + name));
      shown.merge(type, name, (one, other) -> one.equals(other) ? one : type.wireName());
    }
  }

  /**
   * Of names that all are in {@link EventType#names()}; none stands for everything.
   *
   * @throws IllegalArgumentException where a name is not
   */
  public static EventFilter of(Collection<String> names) {
    return names.isEmpty() ? ALL : new EventFilter(names);
  }

  /** The names of a list that are no types of events, in order. */
  public static Set<String> unknown(Collection<String> names) {
    Set<String> unknown = new TreeSet<>(names);
    EventType.names().forEach(unknown::remove);
    return unknown;
  }

  /**
   * The name under which an event is shown; empty where it was not asked for.
   *
   * @param type as event rows have it; one that a later version wrote passes only where everything
   *     was asked for
   */
  public Optional<String> shownAs(String type) {
    if (shown.isEmpty()) {
      return Optional.of(type);
    }
    return EventType.named(type).flatMap(known -> Optional.ofNullable(shown.get(known)));
  }
}
