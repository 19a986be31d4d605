package email.daimon.functions.store;

import email.daimon.functions.Wiring;
import email.daimon.functions.testing.TestAccounts;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Account;
import email.daimon.model.AccountStatus;
import email.daimon.model.Event;
import email.daimon.model.EventShards;
import email.daimon.model.EventType;
import email.daimon.model.Ids;
import email.daimon.model.Inbox;
import email.daimon.model.InboxCounters;
import email.daimon.model.Inflow;
import email.daimon.model.ReceiveRules;
import email.daimon.model.Subscription;
import email.daimon.model.Tier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Predicate;
import software.amazon.awssdk.services.dynamodb.model.PutRequest;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/** Rows of events, written as a commit would, and a reader of them. */
final class EventsHouse {
  static final String ACCOUNT = "acc_events";
  // Far ahead, as the emulator's time to live goes by the machine's clock; just before midnight.
  static final Instant START = Instant.parse("2046-03-16T23:59:30Z");
  final TestClock clock = new TestClock(START);
  final Wiring wiring = EmulatedServices.shared().wiring(clock, new Random(1));
  final Events events = wiring.events();
  private final Map<String, Long> sequences = new HashMap<>();
  Instant createdAt = START;
  EventShards shards = EventShards.ONE;

  Account account() {
    return new Account(
        ACCOUNT,
        Tier.FREE,
        Subscription.NONE,
        AccountStatus.ACTIVE,
        createdAt,
        1,
        Account.ThreadFeed.FIRST,
        shards,
        ReceiveRules.NONE,
        Optional.empty());
  }

  Inbox inbox(String id) {
    return TestAccounts.inbox(id, ACCOUNT, id, createdAt);
  }

  Events.Request all(int limit) {
    return all(limit, _ -> true);
  }

  Events.Request all(int limit, Predicate<Event> wanted) {
    return new Events.Request(account(), Optional.empty(), wanted, limit);
  }

  Events.Request of(String inboxId, int limit) {
    return new Events.Request(account(), Optional.of(inbox(inboxId)), _ -> true, limit);
  }

  Event event(String inboxId, Instant at) {
    return event(inboxId, at, Map.of());
  }

  Event event(String inboxId, Instant at, Map<String, String> detail) {
    long sequence = sequences.merge(inboxId, 1L, Long::sum);
    return new Event(
        Ids.deterministicAt("evt", at, inboxId, Long.toString(sequence)),
        ACCOUNT,
        EventType.MESSAGE_RECEIVED.wireName(),
        Optional.of(inboxId),
        Optional.empty(),
        Optional.empty(),
        sequence,
        at,
        detail);
  }

  /** Makes events visible, with the counters of their inboxes. */
  void commit(Event... all) {
    List<Item> items = new ArrayList<>();
    for (Event event : all) {
      items.add(EventCodec.item(event, shards));
    }
    Map<String, Event> last = new HashMap<>();
    for (Event event : all) {
      last.put(event.inboxId().orElseThrow(), event);
    }
    last.forEach((inboxId, event) ->
        items.add(
            CountersCodec.item(
                inboxId,
                new InboxCounters(
                    1,
                    event.at().toEpochMilli(),
                    event.sequence(),
                    0,
                    0,
                    0,
                    Optional.empty(),
                    Inflow.NONE,
                    false))));
    String table = wiring.mail().name();
    for (int i = 0; i < items.size(); i += 25) {
      List<WriteRequest> puts =
          items.subList(i, Math.min(items.size(), i + 25)).stream()
              .map(item ->
                  WriteRequest.builder()
                      .putRequest(PutRequest.builder().item(item.attributes()).build())
                      .build())
              .toList();
      wiring.mail().dynamoDb().batchWriteItem(write -> write.requestItems(Map.of(table, puts)));
    }
  }
}
