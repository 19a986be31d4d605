package email.daimon.functions.store;

import email.daimon.functions.Wiring;
import email.daimon.local.services.IndexLag;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Account;
import email.daimon.model.Direction;
import email.daimon.model.Event;
import email.daimon.model.EventShards;
import email.daimon.model.Findings;
import email.daimon.model.Ids;
import email.daimon.model.InboxCounters;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import email.daimon.model.MessageDocument;
import email.daimon.model.MessageKey;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Writes messages, threads and counters as a commit leaves them, for tests of what reads them. */
final class ReadFixture {
  // What lists unite with must reach further.
  private static final Duration LAG = Duration.ofSeconds(8);
  static final String ACCOUNT = "acc_fixture";
  private final Map<String, InboxCounters> counters = new HashMap<>();
  private final Map<String, MailThread> heads = new HashMap<>();
  final TestClock clock = new TestClock(Instant.parse("2026-03-16T10:00:00Z"));
  final Wiring wiring;
  final Table mail;
  Account.ThreadFeed feed = Account.ThreadFeed.FIRST;
  private int number;

  ReadFixture() {
    this(UnaryOperator.identity());
  }

  ReadFixture(UnaryOperator<DynamoDbClient> client) {
    wiring = EmulatedServices.shared().wiring(clock, new Random(1));
    DynamoDbClient lagging = IndexLag.of(wiring.mail().dynamoDb(), LAG, clock);
    mail = new Table(client.apply(lagging), wiring.mail().name());
  }

  /** A message that has just been stored, a second after the one before. */
  Message store(String inboxId, UnaryOperator<MessageDraft> change) {
    MessageDraft draft = change.apply(new MessageDraft());
    clock.advance(draft.after);
    InboxCounters before = counters.getOrDefault(inboxId, InboxCounters.NONE);
    long time = Math.max(clock.millis(), before.inboxTime() + 1);
    Message message = draft.message(inboxId, new MessageKey(time, "msg_%022d".formatted(++number)));
    put(message, draft.text);
    counters.put(
        inboxId,
        new InboxCounters(
            before.version() + 1,
            time,
            before.sequence() + 1,
            before.messages() + (message.counted() ? 1 : 0),
            before.unread() + (message.counted() && !message.read() ? 1 : 0),
            before.threads() + (heads.containsKey(message.threadId()) ? 0 : 1),
            Optional.of(clock.instant()),
            before.inflow(),
            before.closed()));
    put(CountersCodec.item(inboxId, counters.get(inboxId)));
    put(headAfter(message));
    put(EventCodec.item(event(message), EventShards.ONE));
    return message;
  }

  private Event event(Message message) {
    long sequence = counters.get(message.inboxId()).sequence();
    return new Event(
        Ids.deterministicAt("evt", message.storedAt(), message.inboxId(), Long.toString(sequence)),
        ACCOUNT,
        "message.received",
        Optional.of(message.inboxId()),
        Optional.of(message.threadId()),
        Optional.of(message.key()),
        sequence,
        message.storedAt(),
        Map.of());
  }

  Message store(String inboxId) {
    return store(inboxId, draft -> draft);
  }

  /** Writes a row and its list form, whatever was there. */
  void put(Message message, String text) {
    put(MessageCodec.item(message));
    StoredDocument document = StoredDocument.whole(document(text));
    put(DocumentCodec.pack(document).beside().item(message.inboxId(), message.key()));
  }

  /** Writes a head, whatever was there. */
  void put(MailThread head) {
    heads.put(head.id(), head);
    put(ThreadCodec.item(head, feed));
  }

  MailThread head(String threadId) {
    return heads.get(threadId);
  }

  void put(Item item) {
    mail.dynamoDb().putItem(put -> put.tableName(mail.name()).item(item.attributes()));
  }

  static MessageDocument document(String text) {
    return new MessageDocument(
        text,
        "text",
        Optional.of("<p>" + text + "</p>"),
        text,
        List.of("https://example.org/a"),
        List.of(),
        Map.of("subject", List.of("Hello")),
        List.of(new MessageDocument.Recipient("agent@daimon.email", "Agent", "to")),
        List.of(),
        List.of(),
        List.of(),
        Findings.NONE);
  }

  private MailThread headAfter(Message message) {
    MailThread old = heads.get(message.threadId());
    List<MessageKey> newest = new ArrayList<>(old == null ? List.of() : old.newest());
    newest.addFirst(message.key());
    boolean inbound = message.direction() == Direction.INBOUND;
    return new MailThread(
        message.threadId(),
        ACCOUNT,
        message.inboxId(),
        "<" + message.threadId() + "@daimon.email>",
        message.subject(),
        List.of(message.from()),
        (old == null ? 0 : old.messages()) + (message.flagged() ? 0 : 1),
        (old == null ? 0 : old.inbound()) + (message.counted() ? 1 : 0),
        (old == null ? 0 : old.unread())
            + (message.counted() && inbound && !message.read() ? 1 : 0),
        old == null ? Set.of() : old.labels(),
        old == null ? clock.instant() : old.createdAt(),
        message.key().inboxTime(),
        clock.instant(),
        newest.subList(0, Math.min(20, newest.size())),
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        old == null ? 1 : old.version() + 1);
  }
}
