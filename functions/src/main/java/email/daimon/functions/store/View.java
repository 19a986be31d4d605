package email.daimon.functions.store;

import email.daimon.model.MailThread;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Items that the place of mails depends on: as they were read, strongly but not at one moment, and
 * then as each unit of work leaves them that is decided on but not committed yet.
 */
final class View {
  private final Table mail;
  private final Map<Place, Item> items = new HashMap<>();

  private record Place(String pk, String sk) {}

  private View(Table mail) {
    this.mail = mail;
  }

  /** Reads what the arrivals depend on: one batch of items, then the heads that pointers name. */
  static View read(Table mail, Collection<Arrival> arrivals) {
    View view = new View(mail);
    Set<Map<String, AttributeValue>> keys = new LinkedHashSet<>();
    arrivals.forEach(arrival -> keys.addAll(InboxState.keys(arrival)));
    keys.addAll(view.readCorrespondents(arrivals));
    List<Place> named = new ArrayList<>();
    for (Item item : mail.getAll(keys)) {
      view.put(item);
      if (Pointer.isPointer(item)) {
        named.add(new Place(item.text("pk"), Keys.thread(Pointer.read(item).threadId())));
      }
    }
    view.readHeads(new HashSet<>(named));
    return view;
  }

  /**
   * Who is known stays so, and is found at half the price; gives the keys of those that were not.
   */
  private Set<Map<String, AttributeValue>> readCorrespondents(Collection<Arrival> arrivals) {
    Set<Map<String, AttributeValue>> missing = new LinkedHashSet<>();
    arrivals.forEach(arrival -> Correspondents.key(arrival).ifPresent(missing::add));
    for (Item known : mail.getEventually(missing)) {
      put(known);
      missing.remove(Item.key(known.text("pk"), known.text("sk")));
    }
    return missing;
  }

  // A head that was merged away names the next one to look at.
  private void readHeads(Set<Place> missing) {
    Set<Place> asked = new HashSet<>();
    Set<Place> next = missing;
    while (!next.isEmpty()) {
      asked.addAll(next);
      List<Item> heads =
          mail.getAll(next.stream().map(place -> Item.key(place.pk(), place.sk())).toList());
      next = new HashSet<>();
      for (Item head : heads) {
        put(head);
        Optional<String> mergedInto = ThreadCodec.thread(head).mergedInto();
        if (mergedInto.isPresent()) {
          next.add(new Place(head.text("pk"), Keys.thread(mergedInto.get())));
        }
      }
      next.removeAll(asked);
    }
  }

  Optional<Item> get(String pk, String sk) {
    return Optional.ofNullable(items.get(new Place(pk, sk)));
  }

  /** The surviving head of a thread, which may be deleted. */
  Optional<MailThread> surviving(String pk, String threadId) {
    Optional<MailThread> head = head(pk, threadId);
    while (head.flatMap(MailThread::mergedInto).isPresent()) {
      head = head(pk, head.flatMap(MailThread::mergedInto).get());
    }
    return head;
  }

  private Optional<MailThread> head(String pk, String threadId) {
    return get(pk, Keys.thread(threadId)).map(ThreadCodec::thread);
  }

  /** Shows from now on what a unit of work puts. */
  void apply(UnitOfWork work) {
    for (TransactWriteItem action : work.actions()) {
      Put put = action.put();
      if (put != null && put.tableName().equals(mail.name())) {
        put(Item.read(put.item()));
      }
    }
  }

  private void put(Item item) {
    items.put(new Place(item.text("pk"), item.text("sk")), item);
  }
}
