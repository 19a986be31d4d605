package email.daimon.functions.store;

import email.daimon.model.Correspondent;
import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.model.MessageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an inbox knows that a mail's place depends on. Each item of it that the commit changes is
 * changed on the condition that it is as seen here.
 *
 * @param name where a message of the same id lies
 * @param pointers of the mail's own id and its ancestors, by sort key
 * @param heads surviving threads, deleted ones included, by the id that a pointer names
 * @param sender who wrote it, where the inbox knows them
 */
record InboxState(
    InboxCounters counters,
    Optional<MessageKey> name,
    Map<String, Pointer> pointers,
    Map<String, MailThread> heads,
    Optional<Correspondent> sender) {
  private static final Duration REPEATED_WITHIN = Duration.ofDays(7);

  /** Keys of the items that it is made of, but for the heads, which the pointers name. */
  static List<Map<String, AttributeValue>> keys(Arrival arrival) {
    String pk = Keys.inbox(arrival.inboxId());
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    keys.add(Item.key(pk, Keys.SEQ));
    keys.add(Item.key(pk, Keys.name(arrival.message().id())));
    ids(arrival).forEach(id -> keys.add(Item.key(pk, Pointer.sortKey(id))));
    return keys;
  }

  static InboxState of(View view, Arrival arrival) {
    String pk = Keys.inbox(arrival.inboxId());
    Map<String, Pointer> pointers = new HashMap<>();
    Map<String, MailThread> heads = new HashMap<>();
    for (String id : ids(arrival)) {
      String sk = Pointer.sortKey(id);
      view.get(pk, sk).map(Pointer::read).ifPresent(pointer -> pointers.put(sk, pointer));
    }
    for (Pointer pointer : pointers.values()) {
      view.surviving(pk, pointer.threadId()).ifPresent(head -> heads.put(pointer.threadId(), head));
    }
    return new InboxState(
        view.get(pk, Keys.SEQ).map(CountersCodec::counters).orElse(InboxCounters.NONE),
        view.get(pk, Keys.name(arrival.message().id())).map(NameCodec::key),
        pointers,
        heads,
        Correspondents.address(arrival)
            .flatMap(address -> view.get(pk, Keys.correspondent(address)))
            .map(Correspondents::correspondent));
  }

  private static List<String> ids(Arrival arrival) {
    List<String> ids = new ArrayList<>(List.of(arrival.canonicalId()));
    ids.addAll(arrival.ancestors());
    return ids;
  }

  Optional<Pointer> pointer(String canonicalId) {
    return Optional.ofNullable(pointers.get(Pointer.sortKey(canonicalId)));
  }

  /** The thread that an id belongs to, unless it is deleted: then the id is free again. */
  Optional<MailThread> thread(String canonicalId) {
    return pointer(canonicalId)
        .flatMap(pointer -> Optional.ofNullable(heads.get(pointer.threadId())))
        .filter(head -> head.deletedAt().isEmpty());
  }

  /** The message that a mail repeats: same id, same body, not long ago. */
  Optional<MessageKey> repeated(Arrival arrival, Instant now) {
    return pointer(arrival.canonicalId())
        .filter(pointer -> pointer.bodyHash().equals(arrival.bodyHash()))
        .filter(pointer -> pointer.at().plus(REPEATED_WITHIN).isAfter(now))
        .flatMap(Pointer::message);
  }
}
