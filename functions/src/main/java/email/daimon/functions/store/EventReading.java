package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Events.Request;
import email.daimon.model.Event;
import email.daimon.model.InboxCounters;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One look at an account's events. What is older than {@link Events#LATENESS} is settled: nothing
 * can appear there any more, and it is read forwards. What is younger is read backwards: whoever
 * meets an event so meets what the same inbox committed before it. In one inbox everything up to
 * the time of its counters is settled.
 */
final class EventReading {
  private static final int CHUNK = 100;
  private final Request request;
  private final EventPlace place;
  private final Instant now;
  private final Table mail;
  private ReadBudget budget = new ReadBudget();
  private long readUnits;
  private final List<Event> found = new ArrayList<>();
  private final Map<String, Long> passed = new HashMap<>();
  private long reached;

  EventReading(Table mail, Request request, EventPlace place, Instant now) {
    this.mail = requireNonNull(mail, "mail is null");
    this.request = requireNonNull(request, "request is null");
    this.place = requireNonNull(place, "place is null");
    this.now = requireNonNull(now, "now is null");
    Instant kept = now.minus(EventCodec.KEPT);
    Instant beginning = request.beginning().isAfter(kept) ? request.beginning() : kept;
    this.reached = Math.max(place.settled(), beginning.toEpochMilli());
  }

  EventPage page() {
    long settled = Math.max(reached, settled());
    boolean ofInbox = request.inbox().isPresent();
    if (!ofInbox && settled - reached <= Events.LATENESS.toMillis()) {
      // Whoever waits has hardly anything between: one query does for both.
      Young recent = readYoung(reached);
      if (recent.whole) {
        return young(recent, settled);
      }
      readUnits = budget.units();
      budget = new ReadBudget();
    }
    if (!readSettled(new Span(reached, settled))) {
      return page(new EventPlace(reached, unpassed(reached)), true);
    }
    if (ofInbox) {
      return page(new EventPlace(settled, Set.of()), false);
    }
    Young young = readYoung(settled);
    return young.whole
        ? young(young, settled)
        : page(new EventPlace(settled, unpassed(settled)), false);
  }

  /** The place behind all that is there; of too many, only the newest are remembered. */
  EventPlace now() {
    long settled = settled();
    if (request.inbox().isPresent()) {
      return new EventPlace(settled, Set.of());
    }
    Young young = readYoung(settled);
    int left = Math.max(0, young.rows.size() - EventPlace.MOST);
    Set<String> hashes = new HashSet<>();
    young.rows.subList(left, young.rows.size()).forEach(one -> hashes.add(EventPlace.hash(one)));
    boolean all = young.rows.isEmpty() || (young.whole && left == 0);
    return new EventPlace(all ? settled : EventPlace.time(young.rows.get(left)), hashes);
  }

  private long settled() {
    long settled = now.minus(Events.LATENESS).toEpochMilli();
    return request
        .inbox()
        .map(inbox -> Math.max(settled, lastOfInbox(inbox.id()) + 1))
        .orElse(settled);
  }

  private long lastOfInbox(String inboxId) {
    return mail.get(Keys.inbox(inboxId), Keys.SEQ)
        .map(CountersCodec::counters)
        .orElse(InboxCounters.NONE)
        .inboxTime();
  }

  /** Whether all of it was read and given. */
  private boolean readSettled(Span span) {
    for (Instant day : EventRows.days(span)) {
      Merge<Event> events = rows().ofDay(day, span, true, request.limit() + 1);
      for (Optional<Event> next = events.next(); next.isPresent(); next = events.next()) {
        Event event = next.get();
        boolean fresh = fresh(event);
        if (fresh && found.size() == request.limit()) {
          return false;
        }
        if (fresh) {
          found.add(event);
        }
        reached = EventPlace.time(event);
        passed.put(EventPlace.hash(event), reached);
      }
      if (events.unread()) {
        reached = Math.max(reached, day.toEpochMilli());
        return false;
      }
    }
    return true;
  }

  private boolean fresh(Event event) {
    return !place.given().contains(EventPlace.hash(event)) && request.fits(event);
  }

  /** Hashes of what was given, now or before, less of what is known to be before a mark. */
  private Set<String> unpassed(long mark) {
    Set<String> hashes = new HashSet<>(place.given());
    found.forEach(event -> hashes.add(EventPlace.hash(event)));
    hashes.removeIf(hash -> passed.getOrDefault(hash, mark) < mark);
    return hashes;
  }

  private EventPage young(Young young, long settled) {
    long remembered =
        young.rows.stream()
            .filter(event -> EventPlace.time(event) >= settled)
            .filter(event -> place.given().contains(EventPlace.hash(event)))
            .count();
    Set<String> given = new HashSet<>();
    long mark = settled;
    boolean more = false;
    for (Event event : young.rows) {
      boolean fresh = fresh(event);
      long time = EventPlace.time(event);
      if (fresh && found.size() == request.limit()) {
        more = true;
        mark = Math.min(settled, time);
        break;
      }
      if (fresh && time >= settled && ++remembered > EventPlace.MOST) {
        break;
      }
      if (fresh) {
        found.add(event);
        given.add(EventPlace.hash(event));
      }
    }
    return page(new EventPlace(mark, hashes(young.rows, given, mark)), more);
  }

  private Set<String> hashes(List<Event> rows, Set<String> given, long mark) {
    Set<String> hashes = new HashSet<>();
    for (Event event : rows) {
      String hash = EventPlace.hash(event);
      boolean known = given.contains(hash) || place.given().contains(hash);
      if (known && EventPlace.time(event) >= mark) {
        hashes.add(hash);
      }
    }
    return hashes;
  }

  /** The young events, the older first; where they are too many, only the newest. */
  private record Young(List<Event> rows, boolean whole) {}

  private Young readYoung(long from) {
    Span span = new Span(from, now.plus(Events.LATENESS).toEpochMilli());
    List<Event> newestFirst = new ArrayList<>();
    boolean whole = true;
    for (Instant day : EventRows.days(span).reversed()) {
      Merge<Event> events = rows().ofDay(day, span, false, CHUNK);
      for (Optional<Event> next = events.next(); next.isPresent(); next = events.next()) {
        newestFirst.add(next.get());
      }
      whole &= !events.unread();
    }
    return new Young(newestFirst.reversed(), whole);
  }

  private EventPage page(EventPlace next, boolean more) {
    return new EventPage(found, next, more, readUnits + budget.units());
  }

  private EventRows rows() {
    return new EventRows(mail, request.account(), budget);
  }
}
