package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.model.Account;
import email.daimon.model.Event;
import email.daimon.model.Inbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The events of an account, or of one of its inboxes, in the order of their ids (rules 7.2). Within
 * an inbox that is the order of commits. Across inboxes an event may appear up to {@link #LATENESS}
 * behind later ones: it is given then. Each event is given once to whoever goes on from the place
 * that the page before had.
 */
public final class Events {
  /** How long after its time an event may still appear, clocks that differ included. */
  public static final Duration LATENESS = Duration.ofSeconds(10);

  private final Table mail;
  private final InstantSource clock;

  public Events(Table mail, InstantSource clock) {
    this.mail = requireNonNull(mail, "mail is null");
    this.clock = requireNonNull(clock, "clock is null");
  }

  /**
   * What is asked for.
   *
   * @param inbox empty for the whole account, with the events that are of no inbox
   */
  public record Request(
      Account account, Optional<Inbox> inbox, Predicate<Event> wanted, int limit) {
    public Request {
      requireNonNull(account, "account is null");
      requireNonNull(inbox, "inbox is null");
      requireNonNull(wanted, "wanted is null");
    }

    boolean fits(Event event) {
      boolean inScope = inbox.isEmpty() || inbox.map(Inbox::id).equals(event.inboxId());
      return inScope && wanted.test(event);
    }

    /** Nothing that is asked for is older. */
    Instant beginning() {
      return inbox.map(Inbox::createdAt).orElse(account.createdAt()).minus(LATENESS);
    }
  }

  /** What comes after a place; one call reads 2 MB at most. */
  public EventPage page(Request request, EventPlace place) {
    return reading(request, place).page();
  }

  /** The place behind everything that is there now. */
  public EventPlace now(Request request) {
    return reading(request, EventPlace.OLDEST).now();
  }

  private EventReading reading(Request request, EventPlace place) {
    return new EventReading(mail, request, place, clock.instant());
  }
}
