package email.daimon.functions.store;

import email.daimon.model.Event;
import email.daimon.model.EventShards;
import email.daimon.model.Ids;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The events of an account in a stretch of time: day after day, shard after shard. */
final class ReplayedEvents {
  private static final int MOST_QUERIES = 40;
  private final Table mail;

  ReplayedEvents(Table mail) {
    this.mail = mail;
  }

  /**
   * Some events.
   *
   * @param next {@code day shard id}: where the next page begins; empty after the last
   */
  record Page(List<Event> events, Optional<String> next) {
    Page {
      events = List.copyOf(events);
    }
  }

  private record Place(Instant day, int shard, String after) {
    static Place parse(String text) {
      String[] parts = text.split(" ", 3);
      return new Place(
          Instant.ofEpochSecond(Long.parseLong(parts[0])), Integer.parseInt(parts[1]), parts[2]);
    }

    String text() {
      return day.getEpochSecond() + " " + shard + " " + after;
    }
  }

  Page page(Replay replay, EventShards shards, Optional<String> from, int most) {
    String first = Ids.firstAt("evt", replay.since());
    String last = Ids.firstAt("evt", replay.until());
    Instant begin = replay.since().truncatedTo(ChronoUnit.DAYS);
    Place place =
        from.map(Place::parse)
            .orElseGet(() -> new Place(begin, partitions(replay, shards, begin).getFirst(), first));
    List<Event> found = new ArrayList<>();
    for (int queries = 0; queries < MOST_QUERIES; queries++) {
      List<Event> some = query(replay.accountId(), place, last, most - found.size());
      found.addAll(some);
      if (found.size() >= most) {
        String after = found.getLast().id();
        return new Page(found, Optional.of(new Place(place.day, place.shard, after).text()));
      }
      Optional<Place> next = next(place, replay, shards, first);
      if (next.isEmpty()) {
        return new Page(found, Optional.empty());
      }
      place = next.get();
    }
    return new Page(found, Optional.of(place.text()));
  }

  // Events of an inbox lie in one shard.
  private static List<Integer> partitions(Replay replay, EventShards shards, Instant day) {
    return replay
        .inboxId()
        .map(inbox -> List.of(Keys.shard(inbox, shards.on(day))))
        .orElseGet(() -> IntStream.range(0, shards.on(day)).boxed().toList());
  }

  private static Optional<Place> next(
      Place place, Replay replay, EventShards shards, String first) {
    List<Integer> partitions = partitions(replay, shards, place.day);
    int index = partitions.indexOf(place.shard) + 1;
    if (index < partitions.size()) {
      return Optional.of(new Place(place.day, partitions.get(index), first));
    }
    Instant day = place.day.plus(1, ChronoUnit.DAYS);
    return day.isBefore(replay.until())
        ? Optional.of(new Place(day, partitions(replay, shards, day).getFirst(), first))
        : Optional.empty();
  }

  private List<Event> query(String accountId, Place place, String last, int most) {
    if (place.after.compareTo(last) >= 0) {
      return List.of();
    }
    String pk = Keys.events(accountId, place.day, place.shard);
    return mail
        .first(
            most,
            query ->
                query
                    .keyConditionExpression("pk = :pk AND sk BETWEEN :after AND :last")
                    .expressionAttributeValues(
                        Map.of(
                            ":pk", AttributeValue.fromS(pk),
                            // Just behind it: ids have no blank.
                            ":after", AttributeValue.fromS(place.after + " "),
                            ":last", AttributeValue.fromS(last)))
                    .consistentRead(true))
        .stream()
        .map(EventCodec::event)
        .toList();
  }
}
