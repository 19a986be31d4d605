package email.daimon.functions.store;

import email.daimon.model.MailThread;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;

/** Finds heads of threads, strongly, and follows those that were merged to the surviving one. */
final class ThreadReads {
  private final Table mail;

  ThreadReads(Table mail) {
    this.mail = mail;
  }

  /** The surviving head of a thread, which may be deleted. */
  Optional<MailThread> surviving(String inboxId, String threadId) {
    return Optional.ofNullable(surviving(inboxId, Set.of(threadId)).get(threadId));
  }

  /** The surviving heads of threads, by the id asked for; those that never were are left out. */
  Map<String, MailThread> surviving(String inboxId, Collection<String> threadIds) {
    Map<String, MailThread> heads = new HashMap<>();
    Set<String> missing = new HashSet<>(threadIds);
    while (!missing.isEmpty()) {
      read(inboxId, missing).forEach(head -> heads.put(head.id(), head));
      Set<String> next = new HashSet<>();
      heads.values().forEach(head -> head.mergedInto().ifPresent(next::add));
      next.removeAll(heads.keySet());
      next.removeAll(missing);
      missing = next;
    }
    Map<String, MailThread> surviving = new HashMap<>();
    for (String threadId : threadIds) {
      MailThread head = heads.get(threadId);
      while (head != null && head.mergedInto().isPresent()) {
        head = heads.get(head.mergedInto().get());
      }
      if (head != null) {
        surviving.put(threadId, head);
      }
    }
    return surviving;
  }

  /**
   * Some heads of an inbox, whatever became of them.
   *
   * @param next where the next page begins; empty after the last
   */
  record Heads(List<MailThread> threads, Optional<String> next) {}

  /**
   * Reads on in the heads of an inbox.
   *
   * @param place of the page before; empty at the beginning
   */
  Heads heads(String inboxId, Optional<String> place, int most) {
    String pk = Keys.inbox(inboxId);
    QueryResponse page =
        mail.query(query -> {
          query
              .keyConditionExpression("pk = :pk AND begins_with(sk, :thread)")
              .expressionAttributeValues(
                  Map.of(
                      ":pk", AttributeValue.fromS(pk),
                      ":thread", AttributeValue.fromS(Keys.thread(""))))
              .consistentRead(true)
              .limit(most);
          place.ifPresent(sk -> query.exclusiveStartKey(Item.key(pk, sk)));
        });
    return new Heads(
        page.items().stream().map(item -> ThreadCodec.thread(Item.read(item))).toList(),
        page.lastEvaluatedKey().isEmpty()
            ? Optional.empty()
            : Optional.of(Item.read(page.lastEvaluatedKey()).text("sk")));
  }

  private Collection<MailThread> read(String inboxId, Set<String> threadIds) {
    return mail
        .getAll(
            threadIds.stream().map(id -> Item.key(Keys.inbox(inboxId), Keys.thread(id))).toList())
        .stream()
        .map(ThreadCodec::thread)
        .toList();
  }
}
