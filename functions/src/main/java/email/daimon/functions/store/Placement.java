package email.daimon.functions.store;

import email.daimon.model.Ids;
import email.daimon.model.MailThread;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The thread of a mail: that of the first ancestor that is known, else that whose messages have
 * named it, else a new one; never by subject. A mail that connects threads makes them one, the
 * oldest.
 *
 * @param thread as read, or begun with this mail (version 0)
 * @param absorbed the younger threads that become part of it
 */
record Placement(MailThread thread, List<MailThread> absorbed) {
  /** How many threads one mail may bring together: what fits into its transaction. */
  static final int MOST_ABSORBED = 5;

  private static final Comparator<MailThread> BY_AGE =
      Comparator.comparing(MailThread::createdAt).thenComparing(MailThread::id);

  static Placement of(Arrival arrival, InboxState state, Instant at) {
    Map<String, MailThread> connected = new LinkedHashMap<>();
    Stream.concat(arrival.ancestors().stream(), Stream.of(arrival.canonicalId()))
        .map(state::thread)
        .flatMap(Optional::stream)
        .forEach(thread -> connected.putIfAbsent(thread.id(), thread));
    if (connected.isEmpty()) {
      return new Placement(begin(arrival, at), List.of());
    }
    // What is flagged may be forged: it joins, but brings nothing together.
    if (arrival.message().flagged()) {
      return new Placement(connected.values().iterator().next(), List.of());
    }
    List<MailThread> byAge =
        connected.values().stream().limit(1L + MOST_ABSORBED).sorted(BY_AGE).toList();
    return new Placement(byAge.getFirst(), byAge.subList(1, byAge.size()));
  }

  private static MailThread begin(Arrival arrival, Instant at) {
    String id = Ids.deterministic("thread", arrival.inboxId(), arrival.message().id());
    return MailThread.begin(
        id,
        arrival.account().id(),
        arrival.inboxId(),
        "<" + id + "@" + arrival.anchorDomain() + ">",
        arrival.message().subject(),
        at);
  }
}
