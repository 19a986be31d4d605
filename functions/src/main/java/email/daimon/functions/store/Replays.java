package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.DeliveryLog.Stretch;
import email.daimon.functions.store.Replay.Which;
import email.daimon.model.DeliveryStatus;
import email.daimon.model.Event;
import email.daimon.model.EventShards;
import email.daimon.model.EventType;
import email.daimon.model.WebhookDelivery;
import email.daimon.policy.EventFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the events that a replay is of, in order, some at a time. */
public final class Replays {
  private static final int CHUNK = 100;
  private static final int MOST_READ = 500;
  private final ReplayedEvents events;
  private final Deliveries deliveries;

  public Replays(Table mail, Deliveries deliveries) {
    this.events = new ReplayedEvents(requireNonNull(mail, "mail is null"));
    this.deliveries = requireNonNull(deliveries, "deliveries is null");
  }

  /**
   * An event that is to be told again.
   *
   * @param name of its type, as the webhook asked for it
   * @param event empty where it was told before
   * @param delivery empty where it was never told
   */
  public record Target(String name, Optional<Event> event, Optional<WebhookDelivery> delivery) {
    public Target {
      requireNonNull(name, "name is null");
      requireNonNull(event, "event is null");
      requireNonNull(delivery, "delivery is null");
    }
  }

  /**
   * Some of the events.
   *
   * @param next where the next page begins; empty after the last. A page may be empty before it
   */
  public record Page(List<Target> targets, Optional<String> next) {
    public Page {
      targets = List.copyOf(targets);
      requireNonNull(next, "next is null");
    }
  }

  /**
   * Reads on.
   *
   * @param shards over how many partitions a day the account's events are spread
   * @param place of the page before; empty at the beginning
   * @param most targets
   */
  public Page next(Replay replay, EventShards shards, Optional<String> place, int most) {
    boolean byRows = replay.which() == Which.FAILED || replay.which() == Which.DELIVERED;
    return byRows ? told(replay, place, most) : happened(replay, shards, place, most);
  }

  private Page told(Replay replay, Optional<String> place, int most) {
    EventFilter filter = EventFilter.of(replay.events());
    Stretch stretch = new Stretch(replay.webhookId(), replay.since(), replay.until(), false);
    List<Target> targets = new ArrayList<>();
    Optional<String> at = place;
    int read = 0;
    do {
      DeliveryLog.Page page = deliveries.log().page(stretch, at, Math.min(CHUNK, most));
      for (WebhookDelivery delivery : page.deliveries()) {
        read++;
        Optional<String> name = filter.shownAs(type(delivery));
        if (name.isPresent() && meant(replay, delivery)) {
          targets.add(new Target(name.get(), Optional.empty(), Optional.of(delivery)));
        }
      }
      at = page.next();
    } while (at.isPresent() && targets.size() < most && read < MOST_READ);
    return new Page(targets, at);
  }

  // Rows have the name under which the webhook heard of it, which may be a type's second one.
  private static String type(WebhookDelivery delivery) {
    return EventType.named(delivery.eventType())
        .map(EventType::wireName)
        .orElse(delivery.eventType());
  }

  private Page happened(Replay replay, EventShards shards, Optional<String> place, int most) {
    EventFilter filter = EventFilter.of(replay.events());
    List<Target> targets = new ArrayList<>();
    Optional<String> at = place;
    int read = 0;
    do {
      ReplayedEvents.Page page = events.page(replay, shards, at, Math.min(CHUNK, most));
      read += page.events().size() + 1;
      List<Event> heard =
          page.events().stream()
              .filter(event -> !event.quiet())
              .filter(
                  event -> replay.inboxId().isEmpty() || event.inboxId().equals(replay.inboxId()))
              .filter(event -> filter.shownAs(event.type()).isPresent())
              .toList();
      Map<String, WebhookDelivery> known =
          deliveries.among(replay.webhookId(), heard.stream().map(Event::id).toList());
      for (Event event : heard) {
        Optional<WebhookDelivery> delivery = Optional.ofNullable(known.get(event.id()));
        if (delivery.isEmpty() || meant(replay, delivery.get())) {
          String name = filter.shownAs(event.type()).orElseThrow();
          targets.add(new Target(name, Optional.of(event), delivery));
        }
      }
      at = page.next();
    } while (at.isPresent() && targets.size() < most && read < MOST_READ);
    return new Page(targets, at);
  }

  private static boolean meant(Replay replay, WebhookDelivery delivery) {
    boolean since =
        !delivery.attempts().isEmpty()
            && !delivery.attempts().getLast().at().isBefore(replay.askedAt());
    if (since) {
      return false;
    }
    // One that is open and untried may be of this very replay, killed before its call was sent.
    if (Deliveries.open(delivery)) {
      return delivery.tried() == 0 && delivery.status() == DeliveryStatus.PENDING;
    }
    return switch (replay.which()) {
      case ALL -> true;
      case UNDELIVERED, FAILED -> delivery.status() == DeliveryStatus.FAILED;
      case DELIVERED -> delivery.status() == DeliveryStatus.DELIVERED;
    };
  }
}
