package email.daimon.functions.store;

import email.daimon.model.Event;
import email.daimon.model.Ids;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where somebody stands who reads events: everything before {@code settled} is done with, and of
 * what is later these were given already. An event may become visible a little behind later ones of
 * other inboxes, so one mark alone would skip it.
 *
 * @param settled milliseconds since 1970
 * @param given short hashes of the ids, see {@link #hash}
 */
public record EventPlace(long settled, Set<String> given) {
  /** Before the oldest event. */
  public static final EventPlace OLDEST = new EventPlace(0, Set.of());

  /** Hashes that a place may carry: a cursor has to fit into a URL. */
  static final int MOST = 300;

  private static final int CHARACTERS = 7;

  public EventPlace {
    given = Set.copyOf(given);
  }

  /**
   * The end of an id, which is a hash itself: 62⁷ values, so that one event in ten billion is taken
   * for another of the same ten seconds.
   */
  static String hash(Event event) {
    return event.id().substring(event.id().length() - CHARACTERS);
  }

  static long time(Event event) {
    return Ids.time(event.id()).toEpochMilli();
  }

  /** The text within a cursor. */
  public String text() {
    return settled + ":" + String.join("", new TreeSet<>(given));
  }

  /** Reads {@link #text()} of a cursor whose signature was good; empty where it is another's. */
  public static Optional<EventPlace> parse(String text) {
    int colon = text.indexOf(':');
    String hashes = text.substring(colon + 1);
    if (colon < 1 || hashes.length() % CHARACTERS != 0) {
      return Optional.empty();
    }
    Set<String> given = new TreeSet<>();
    for (int i = 0; i < hashes.length(); i += CHARACTERS) {
      given.add(hashes.substring(i, i + CHARACTERS));
    }
    return Optional.of(new EventPlace(Long.parseLong(text.substring(0, colon)), given));
  }
}
