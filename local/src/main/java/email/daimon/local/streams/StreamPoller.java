package email.daimon.local.streams;

import email.daimon.local.lambda.FunctionException;
import email.daimon.local.lambda.LocalFunction;
import email.daimon.local.services.Services;
import email.daimon.local.stack.Function.StreamMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * An event source mapping of a table's stream: calls the function with what its filter lets
 * through. A batch that fails is halved and tried again until what fails stands alone; that goes to
 * the failure destination when its tries are over. What comes after goes on meanwhile, as it does
 * in AWS for other keys.
 *
 * <p>It reads when a write has been committed that the filter would let through, and every few
 * seconds for safety: asking DynamoDB Local all the time would cost more than all else.
 */
public final class StreamPoller implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamPoller.class);

  /** In case that a write was not noticed. */
  private static final Duration SLOW = Duration.ofSeconds(5);

  private static final Duration CHECKPOINT = Duration.ofSeconds(1);

  /** Between two reads, for each record that the first has brought: under load reads are few. */
  private static final Duration GAP = Duration.ofMillis(8);

  private static final Duration LONGEST_GAP = Duration.ofMillis(40);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  /** So many batches that wait for another try let nothing new in. */
  private static final int MOST_WAITING = 100;

  private static final Set<String> KEY = Set.of("pk", "sk");
  private static final Duration END = Duration.ofSeconds(30);

  private final StreamReader reader;
  private final String streamArn;
  private final StreamMapping mapping;
  private final List<EventPattern> filters;
  private final LocalFunction function;
  private final Checkpoint checkpoint;
  private final FailureDestination failures;
  private final Duration firstPause;
  private final PriorityQueue<Waiting> waiting =
      new PriorityQueue<>(Comparator.comparingLong(Waiting::due));
  private final Semaphore awake = new Semaphore(1);
  private final Thread thread;
  private Map<String, String> saved;
  private long savedAt = System.nanoTime();
  private volatile boolean running = true;

  /** Records that are to be tried again. */
  private record Waiting(List<Record> records, int tries, long due) {}

  /**
   * @param folder keeps how far it has come
   * @param firstPause before the second try; each further one is twice as long
   */
  StreamPoller(
      Services services,
      StreamMapping mapping,
      LocalFunction function,
      Path folder,
      InstantSource clock,
      Duration firstPause) {
    this.mapping = Objects.requireNonNull(mapping);
    this.function = Objects.requireNonNull(function);
    this.firstPause = Objects.requireNonNull(firstPause);
    this.filters = mapping.patterns().stream().map(EventPattern::parse).toList();
    this.checkpoint = new Checkpoint(folder.resolve(function.name() + ".json"));
    this.failures =
        new FailureDestination(
            services.platform().s3(), mapping.failureBucket(), function.name(), clock);
    this.streamArn =
        services
            .platform()
            .dynamoDb()
            .describeTable(describe -> describe.tableName(mapping.table()))
            .table()
            .latestStreamArn();
    this.saved = checkpoint.read(streamArn);
    this.reader = new StreamReader(services.streams(), streamArn, saved);
    services.onPut(mapping.table(), this::notice);
    this.thread = Thread.ofPlatform().name(function.name() + "-stream").start(this::run);
  }

  public StreamPoller(
      Services services,
      StreamMapping mapping,
      LocalFunction function,
      Path folder,
      InstantSource clock) {
    this(services, mapping, function, folder, clock, Duration.ofMillis(50));
  }

  @Override
  public void close() {
    running = false;
    awake.release();
    try {
      if (!thread.join(END)) {
        LOG.warn("{} did not end within {}", thread.getName(), END);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void notice(Map<String, AttributeValue> item) {
    if (awake.availablePermits() == 0) {
      Map<String, AttributeValue> key = new HashMap<>(item);
      key.keySet().retainAll(KEY);
      if (lets("INSERT", key)) {
        awake.release();
      }
    }
  }

  private void run() {
    try {
      while (running) {
        var _ = awake.tryAcquire(untilNext(), TimeUnit.NANOSECONDS);
        awake.drainPermits();
        if (running) {
          TimeUnit.NANOSECONDS.sleep(pass());
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    save();
  }

  private long untilNext() {
    long wait = (saved.equals(reader.positions()) ? SLOW : CHECKPOINT).toNanos();
    return waiting.isEmpty() ? wait : Math.clamp(waiting.peek().due() - System.nanoTime(), 0, wait);
  }

  /** Reads and works once; gives how long to leave the stream alone. */
  private long pass() {
    int found = 0;
    try {
      tryAgain();
      int read = StreamReader.MOST;
      while (running && read >= StreamReader.MOST && waiting.size() < MOST_WAITING) {
        List<Record> records = reader.next();
        read = records.size();
        List<Record> wanted =
            records.stream()
                .filter(record -> lets(record.eventNameAsString(), record.dynamodb().keys()))
                .toList();
        found += wanted.size();
        for (int from = 0; from < wanted.size(); from += mapping.batchSize()) {
          int end = Math.min(wanted.size(), from + mapping.batchSize());
          work(new Waiting(wanted.subList(from, end), 1, 0));
        }
      }
      if (System.nanoTime() - savedAt >= CHECKPOINT.toNanos()) {
        save();
      }
    } catch (SdkException e) {
      if (running) {
        LOG.warn("stream of {}: {}", mapping.table(), e.toString());
      }
      return LONGEST_GAP.toNanos();
    }
    return Math.min(LONGEST_GAP.toNanos(), found * GAP.toNanos());
  }

  // What waits is handed over again after a restart.
  private void save() {
    Map<String, String> positions = reader.positions();
    if (waiting.isEmpty() && !positions.equals(saved)) {
      checkpoint.write(streamArn, positions);
      saved = positions;
      savedAt = System.nanoTime();
    }
  }

  private void tryAgain() {
    while (running && !waiting.isEmpty() && waiting.peek().due() <= System.nanoTime()) {
      work(waiting.poll());
    }
  }

  private void work(Waiting batch) {
    List<Record> records = batch.records();
    List<Record> left = records.subList(call(records), records.size());
    if (left.size() > 1) {
      int half = left.size() / 2;
      waitFor(left.subList(0, half), batch.tries());
      waitFor(left.subList(half, left.size()), batch.tries());
    } else if (!left.isEmpty() && batch.tries() > mapping.maximumRetryAttempts()) {
      String key = failures.write(streamArn, left, batch.tries());
      LOG.error("{}: a record was tried {} times, see {}", function.name(), batch.tries(), key);
    } else if (!left.isEmpty()) {
      waitFor(left, batch.tries() + 1);
    }
  }

  private void waitFor(List<Record> records, int tries) {
    long pause = firstPause.toNanos() << Math.min(20, Math.max(0, tries - 2));
    long due = System.nanoTime() + Math.min(pause, LONGEST_PAUSE.toNanos());
    waiting.add(new Waiting(new ArrayList<>(records), tries, due));
  }

  /** Gives how many of the records are done. */
  private int call(List<Record> records) {
    try {
      return StreamEvents.done(
          function.invoke(StreamEvents.event(streamArn, records).toString()), records);
    } catch (FunctionException e) {
      LOG.warn("a batch of {} comes back: {}", records.size(), e.getMessage(), e);
      return 0;
    }
  }

  private boolean lets(String eventName, Map<String, AttributeValue> key) {
    var json = StreamEvents.keys(eventName, key);
    return filters.stream().anyMatch(filter -> filter.lets(json));
  }
}
