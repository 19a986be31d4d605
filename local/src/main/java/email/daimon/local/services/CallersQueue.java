package email.daimon.local.services;

import com.almworks.sqlite4java.SQLiteConnection;
import com.almworks.sqlite4java.SQLiteException;
import com.almworks.sqlite4java.SQLiteJob;
import com.almworks.sqlite4java.SQLiteQueue;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Does what is asked of DynamoDB Local's store in the thread that asks, one at a time. Its own
 * queue hands each of some fifteen steps for a mail to one thread and back, and does not wait for
 * the end of a commit.
 */
final class CallersQueue extends SQLiteQueue {
  private static final MethodHandle EXECUTE;
  private static final VarHandle CONFINEMENT;

  static {
    try {
      Lookup lookup = MethodHandles.lookup();
      EXECUTE =
          MethodHandles.privateLookupIn(SQLiteJob.class, lookup)
              .findVirtual(
                  SQLiteJob.class,
                  "execute",
                  MethodType.methodType(void.class, SQLiteConnection.class, SQLiteQueue.class));
      CONFINEMENT =
          MethodHandles.privateLookupIn(SQLiteConnection.class, lookup)
              .findVarHandle(SQLiteConnection.class, "myConfinement", Thread.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final SQLiteQueue opened;
  private final SQLiteConnection connection;
  private final Thread opener;
  private final ReentrantLock lock = new ReentrantLock();

  /** Set while this thread commits: the next may begin to before this one is back. */
  private final ThreadLocal<Boolean> committing = ThreadLocal.withInitial(() -> false);

  /** What commits. */
  @FunctionalInterface
  interface Commit {
    @Nullable Object call() throws Throwable;
  }

  /**
   * Takes over the connection of a queue that has opened it, and has nothing else to do.
   *
   * @param synchronous as {@link Disk#synchronous}, for a database that is a file
   */
  CallersQueue(SQLiteQueue opened, String synchronous) {
    super(opened.getDatabaseFile());
    this.opened = opened;
    connection =
        Objects.requireNonNull(
            opened.execute(new Taken(synchronous)).complete(), "the database cannot be used");
    opener = (Thread) CONFINEMENT.get(connection);
  }

  private static final class Taken extends SQLiteJob<SQLiteConnection> {
    private final String synchronous;

    Taken(String synchronous) {
      this.synchronous = synchronous;
    }

    @Override
    protected SQLiteConnection job(SQLiteConnection connection) throws SQLiteException {
      if (!connection.isMemoryDatabase()) {
        // One append for a commit; with a journal it is three waits for the disk and two directory
        // entries.
        connection.exec("pragma journal_mode = wal");
        connection.exec("pragma synchronous = " + synchronous);
      }
      return connection;
    }
  }

  @Override
  public <T, J extends SQLiteJob<T>> J execute(J job) {
    lock.lock();
    try {
      if (isStopped()) {
        job.cancel();
        return job;
      }
      CONFINEMENT.setVolatile(connection, Thread.currentThread());
      EXECUTE.invokeExact((SQLiteJob) job, connection, (SQLiteQueue) this);
    } catch (Throwable e) {
      failed(e);
    } finally {
      lock.unlock();
    }
    return job;
  }

  /** The job has its error and tells it whoever asks for its result; for a commit nobody asks. */
  private void failed(Throwable error) {
    if (committing.get()) {
      throw new ServiceException("DynamoDB Local could not commit", error);
    }
    if (error instanceof Error serious) {
      throw serious;
    }
  }

  /** Throws what goes wrong in a commit, so that it is rolled back and its caller hears of it. */
  @Nullable Object loudly(Commit commit) throws Throwable {
    committing.set(true);
    try {
      return commit.call();
    } finally {
      committing.remove();
    }
  }

  /**
   * As its own queue does, a job that comes later is cancelled; but the database is closed when
   * this returns, so that the file can be opened again.
   */
  @Override
  public SQLiteQueue stop(boolean gracefully) {
    lock.lock();
    try {
      CONFINEMENT.setVolatile(connection, opener);
      opened.stop(gracefully).join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
    return this;
  }

  @Override
  public SQLiteQueue join() throws InterruptedException {
    opened.join();
    return this;
  }

  @Override
  public boolean isStopped() {
    return opened.isStopped();
  }
}
