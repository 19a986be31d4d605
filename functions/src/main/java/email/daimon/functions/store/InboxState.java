package email.daimon.functions.store;

import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.model.MessageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What an inbox knows that a mail's place depends on. The items are read strongly but not at one
 * moment; each that the commit changes is changed on the condition that it is as read here.
 *
 * @param name where a message of the same id lies
 * @param pointers of the mail's own id and its ancestors, by sort key
 * @param heads surviving threads, deleted ones included, by the id that a pointer names
 */
record InboxState(
    InboxCounters counters,
    boolean closed,
    Optional<MessageKey> name,
    Map<String, Pointer> pointers,
    Map<String, MailThread> heads) {
  private static final Duration REPEATED_WITHIN = Duration.ofDays(7);

  static InboxState read(Table mail, ThreadReads threads, Arrival arrival) {
    String pk = Keys.inbox(arrival.inboxId());
    String name = Keys.name(arrival.message().id());
    List<Map<String, AttributeValue>> keys = new ArrayList<>();
    keys.add(Item.key(pk, Keys.SEQ));
    keys.add(Item.key(pk, name));
    keys.add(Item.key(pk, Pointer.sortKey(arrival.canonicalId())));
    arrival.ancestors().forEach(id -> keys.add(Item.key(pk, Pointer.sortKey(id))));
    Map<String, Item> items = new HashMap<>();
    mail.getAll(keys).forEach(item -> items.put(item.text("sk"), item));
    Optional<Item> seq = Optional.ofNullable(items.remove(Keys.SEQ));
    Optional<Item> named = Optional.ofNullable(items.remove(name));
    Map<String, Pointer> pointers = new HashMap<>();
    items.forEach((sk, item) -> pointers.put(sk, Pointer.read(item)));
    Set<String> threadIds = new LinkedHashSet<>();
    pointers.values().forEach(pointer -> threadIds.add(pointer.threadId()));
    return new InboxState(
        seq.map(CountersCodec::counters).orElse(InboxCounters.NONE),
        seq.isPresent() && seq.get().flag(CountersCodec.CLOSED),
        named.map(NameCodec::key),
        pointers,
        threadIds.isEmpty() ? Map.of() : threads.surviving(arrival.inboxId(), threadIds));
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
