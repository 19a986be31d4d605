package email.daimon.local.services;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import com.almworks.sqlite4java.SQLiteStatement;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One connection, by turns in the thread of whoever asks. */
final class CallersQueueTest {
  private static final int CALLERS = 8;
  private static final int JOBS = 200;

  private CallersQueue queue;

  /** A step of SQL, or what is asked of it. */
  @FunctionalInterface
  private interface Step<T> {
    T of(SQLiteConnection connection) throws SQLiteException;
  }

  private static <T> SQLiteJob<T> job(Step<T> step) {
    return new SQLiteJob<>() {
      @Override
      protected T job(SQLiteConnection connection) throws SQLiteException {
        return step.of(connection);
      }
    };
  }

  @BeforeAll
  static void findTheNativeLibrary() {
    new DynamoDbLocal(Optional.empty()).close();
  }

  @BeforeEach
  void open() {
    queue = new CallersQueue(new SQLiteQueue().start(), "off");
    execute("CREATE TABLE numbers (value INTEGER)");
  }

  @AfterEach
  void close() throws InterruptedException {
    queue.stop(true).join();
  }

  @Test
  void aJobIsDoneInTheThreadThatAsksBeforeItIsAskedForItsResult() {
    SQLiteJob<Thread> job = queue.execute(job(_ -> Thread.currentThread()));

    assertThat(job.isDone()).isTrue();
    assertThat(job.complete()).isSameAs(Thread.currentThread());
  }

  /** SQLite keeps its journal, and says nothing, where it cannot write ahead. */
  @ParameterizedTest(name = "forced {0}: synchronous {1}")
  @CsvSource({"true,2", "false,1"})
  void aFileIsWrittenAheadAndWaitsForTheDiskWhereThatIsAskedFor(
      boolean forced, int synchronous, @TempDir Path folder) throws Exception {
    Disk disk = new Disk(folder, forced);
    SQLiteQueue opened = new SQLiteQueue(folder.resolve("file.db").toFile()).start();
    CallersQueue kept = new CallersQueue(opened, disk.synchronous());
    try {
      assertThat(kept.execute(job(it -> pragma(it, "journal_mode"))).complete()).isEqualTo("wal");
      assertThat(kept.execute(job(it -> pragma(it, "synchronous"))).complete())
          .isEqualTo("" + synchronous);
    } finally {
      kept.stop(true);
    }
    try (Connection queues = DriverManager.getConnection(QueueServer.url(disk));
        Statement ask = queues.createStatement()) {
      assertThat(ask.executeQuery("pragma journal_mode").getString(1)).isEqualTo("wal");
      assertThat(ask.executeQuery("pragma synchronous").getInt(1)).isEqualTo(synchronous);
    }
  }

  private static String pragma(SQLiteConnection connection, String name) throws SQLiteException {
    SQLiteStatement asked = connection.prepare("pragma " + name);
    try {
      asked.step();
      return asked.columnString(0);
    } finally {
      asked.dispose();
    }
  }

  @Test
  void manyThreadsAreServedOneAtATime() throws Exception {
    CountDownLatch together = new CountDownLatch(CALLERS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var callers =
          IntStream.range(0, CALLERS)
              .<Future<?>>mapToObj(_ ->
                  threads.submit(() -> {
                    together.countDown();
                    together.await();
                    for (int i = 0; i < JOBS; i++) {
                      // Read, then written: a second thread in between would be lost.
                      queue
                          .execute(
                              job(it -> it.exec("INSERT INTO numbers VALUES (" + count(it) + ")")))
                          .get();
                    }
                    return null;
                  }))
              .toList();
      for (Future<?> caller : callers) {
        caller.get();
      }
    }

    assertThat(
            queue
                .execute(job(it -> number(it, "SELECT COUNT(DISTINCT value) FROM numbers")))
                .complete())
        .isEqualTo(CALLERS * JOBS);
  }

  @Test
  void whoAsksForTheResultHearsWhatWentWrongAndTheNextJobIsDone() {
    SQLiteJob<?> wrong = queue.execute(job(it -> it.exec("INSERT INTO nowhere VALUES (1)")));

    assertThatThrownBy(wrong::get)
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("no such table");
    execute("INSERT INTO numbers VALUES (1)");
    assertThat(queue.execute(job(CallersQueueTest::count)).complete()).isOne();
  }

  @Test
  void aCommitThatFailsIsHeardOfThoughNobodyAsks() {
    assertThatThrownBy(() -> queue.loudly(() -> queue.execute(job(it -> it.exec("COMMIT")))))
        .isInstanceOf(ServiceException.class)
        .hasRootCauseInstanceOf(SQLiteException.class);
  }

  @Test
  void theConnectionEndsWithTheQueue() throws InterruptedException {
    SQLiteConnection connection = queue.execute(job(it -> it)).complete();

    queue.stop(true).join();

    assertThat(connection.isDisposed()).isTrue();
    assertThat(queue.isStopped()).isTrue();
    assertThat(queue.execute(job(it -> it)).isCancelled()).isTrue();
  }

  private void execute(String sql) {
    queue.execute(job(it -> it.exec(sql))).complete();
  }

  private static long count(SQLiteConnection connection) throws SQLiteException {
    return number(connection, "SELECT COUNT(*) FROM numbers");
  }

  private static long number(SQLiteConnection connection, String sql) throws SQLiteException {
    SQLiteStatement statement = connection.prepare(sql);
    try {
      statement.step();
      return statement.columnLong(0);
    } finally {
      statement.dispose();
    }
  }
}
