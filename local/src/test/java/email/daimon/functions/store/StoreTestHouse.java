package email.daimon.functions.store;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import email.daimon.functions.Settings;
import email.daimon.functions.Wiring;
import email.daimon.functions.aws.AwsClients;
import email.daimon.functions.sweep.SweepHandler;
import email.daimon.functions.testing.RecordingSqs;
import email.daimon.functions.testing.TimeLeft;
import email.daimon.local.testing.EmulatedServices;
import email.daimon.model.Event;
import email.daimon.model.MailThread;
import email.daimon.model.Message;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** A mailbox on tables of its own, with a clock that stands still unless it is moved. */
final class StoreTestHouse {
  static final String INBOX = "inbox_1";
  private Instant now = TestMail.RECEIVED;
  final RecordingSqs queue = new RecordingSqs();
  private final LaggingIndexes indexes =
      new LaggingIndexes(EmulatedServices.shared().clients().dynamoDb());
  final Wiring wiring;
  final Mailbox mailbox;

  StoreTestHouse() {
    this(0);
  }

  StoreTestHouse(int lookAheadSeconds) {
    this(Map.of("SWEEP_LOOK_AHEAD_SECONDS", Integer.toString(lookAheadSeconds)));
  }

  StoreTestHouse(Map<String, String> settings) {
    EmulatedServices services = EmulatedServices.shared();
    Map<String, String> environment = new HashMap<>(services.environmentWithNewTables());
    environment.putAll(settings);
    AwsClients clients = services.clients().withDynamoDb(indexes.client()).withSqs(queue.client());
    wiring = new Wiring(Settings.of(environment), clients, () -> now, new Random(1));
    mailbox = wiring.mailbox();
  }

  void sweep() {
    new SweepHandler(wiring).handleRequest(new ScheduledEvent(), TimeLeft.of(Duration.ZERO));
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  Instant now() {
    return now;
  }

  /** From now on indexes show nothing that is written, until {@link #indexesCatchUp}. */
  void indexesStandStill() {
    indexes.freeze(wiring.mail().name());
  }

  void indexesCatchUp() {
    indexes.thaw();
  }

  Stored store(TestMail mail) {
    return mailbox.store(mail.to(INBOX), () -> {});
  }

  /** Stores mails that came together; what cannot go together, by itself. */
  List<Stored> storeTogether(List<TestMail> mails) {
    Map<String, Stored> together =
        mailbox.storeTogether(mails.stream().map(mail -> mail.to(INBOX)).toList(), fresh -> fresh);
    List<Stored> stored = new ArrayList<>();
    for (TestMail mail : mails) {
      Stored outcome = together.get(mail.to(INBOX).message().id());
      stored.add(outcome == null ? store(mail) : outcome);
    }
    return stored;
  }

  /** Does jobs and what they lead to, as the function would. */
  void run(List<Job> jobs) {
    Deque<Job> waiting = new ArrayDeque<>(jobs);
    while (!waiting.isEmpty()) {
      Job job = waiting.remove();
      Optional<String> position = Optional.empty();
      do {
        BulkChanges.Chunk chunk = wiring.bulkChanges().next(job, position);
        waiting.addAll(chunk.more());
        position = chunk.next();
      } while (position.isPresent());
      wiring.jobs().done(job);
    }
  }

  List<Message> messages() {
    return rows("M#").map(MessageCodec::message).toList();
  }

  Message message(TestMail mail) {
    return messages().stream()
        .filter(message -> message.messageId().equals("<" + mail.name() + "@example.com>"))
        .findFirst()
        .orElseThrow();
  }

  List<MailThread> heads() {
    return rows("T#").map(ThreadCodec::thread).toList();
  }

  List<MailThread> listedThreads() {
    return indexed("by1", "i1pk", Keys.threadsOf(INBOX)).map(ThreadCodec::thread).toList();
  }

  List<Message> inThread(String threadId) {
    return indexed("by1", "i1pk", Keys.messagesOf(INBOX, threadId))
        .map(MessageCodec::message)
        .toList();
  }

  List<Message> unread() {
    return indexed("by2", "i2pk", Keys.unread(INBOX)).map(MessageCodec::message).toList();
  }

  List<Event> events() {
    return scan().stream()
        .filter(item -> item.text("pk").contains("#E#"))
        .map(EventCodec::event)
        .sorted(Comparator.comparing(Event::id))
        .toList();
  }

  List<String> due() {
    return wiring
        .work()
        .dynamoDb()
        .scan(scan -> scan.tableName(wiring.work().name()))
        .items()
        .stream()
        .map(item -> Item.read(item).text("pk"))
        .filter(pk -> pk.startsWith("D#") && !pk.equals("D#MARK"))
        .toList();
  }

  List<Item> scan() {
    List<Item> items = new ArrayList<>();
    wiring
        .mail()
        .dynamoDb()
        .scan(scan -> scan.tableName(wiring.mail().name()))
        .items()
        .forEach(item -> items.add(Item.read(item)));
    return items;
  }

  private Stream<Item> rows(String kind) {
    return wiring
        .mail()
        .query(query ->
            query
                .keyConditionExpression("pk = :pk AND begins_with(sk, :kind)")
                .expressionAttributeValues(
                    Map.of(
                        ":pk", AttributeValue.fromS(Keys.inbox(INBOX)),
                        ":kind", AttributeValue.fromS(kind)))
                .consistentRead(true))
        .items()
        .stream()
        .map(Item::read);
  }

  private Stream<Item> indexed(String index, String attribute, String key) {
    return wiring
        .mail()
        .query(query ->
            query
                .indexName(index)
                .keyConditionExpression(attribute + " = :key")
                .expressionAttributeValues(Map.of(":key", AttributeValue.fromS(key))))
        .items()
        .stream()
        .map(Item::read);
  }
}
