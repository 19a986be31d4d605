package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import email.daimon.functions.store.Transactions.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Bulk work from its request to its end. The transaction that decides it puts a due entry, so that
 * the work is done even where nobody enqueues it; its position is kept from chunk to chunk.
 */
public final class Jobs {
  /** Role of the queue that carries jobs. */
  public static final String QUEUE = "JOBS";

  private static final Duration UNTIL_SWEPT = Duration.ofMinutes(2);
  private static final Duration KEPT = Duration.ofDays(30);
  private final Table work;
  private final DueIndex dueIndex;
  private final Transactions transactions;

  public Jobs(Table work, DueIndex dueIndex, Transactions transactions) {
    this.work = requireNonNull(work, "work is null");
    this.dueIndex = requireNonNull(dueIndex, "dueIndex is null");
    this.transactions = requireNonNull(transactions, "transactions is null");
  }

  /** Puts a job's due entry into the unit of work; the job is to be enqueued after the commit. */
  public Job request(UnitOfWork unit, Job job, Instant now) {
    Job due = job.dueAt(now.plus(UNTIL_SWEPT));
    dueIndex.put(unit, new DueEntry(due.due(), due.id(), QUEUE, due.json()));
    return due;
  }

  /**
   * Puts a job's due entry into the unit of work of a function that may not send to the queue: the
   * next sweep sends it.
   */
  public void leave(UnitOfWork unit, Job job, Instant now) {
    Job due = job.dueAt(now);
    dueIndex.put(unit, new DueEntry(due.due(), due.id(), QUEUE, due.json()));
  }

  /**
   * How far a pass has come.
   *
   * @param position where the next chunk begins; empty at the beginning
   * @param changed rows that the pass has changed so far, over all calls of the function
   */
  public record Progress(Optional<String> position, long changed) {
    static final Progress NONE = new Progress(Optional.empty(), 0);
  }

  public Progress progress(Job job) {
    return work.get(pk(job), Keys.META)
        .map(item -> new Progress(item.optionalText("position"), item.number("changed")))
        .orElse(Progress.NONE);
  }

  /** Begins again: another pass looks for what an index did not show. */
  public void rewind(Job job) {
    save(job, "", 0);
  }

  /** Remembers where the next chunk begins, and how many rows the pass has changed. */
  public void save(Job job, String position, long changed) {
    Item item =
        Item.of(pk(job), Keys.META)
            .text("position", position)
            .number("changed", changed)
            .number(Keys.EXPIRES_AT, job.due().plus(KEPT).getEpochSecond());
    transactions.run(() -> new Attempt.Write<>(new UnitOfWork().put(work, item), job));
  }

  /** Forgets a job: nothing is left to do. */
  public void done(Job job) {
    UnitOfWork unit = new UnitOfWork();
    dueIndex.remove(unit, job.due(), job.id());
    unit.delete(work, Item.key(pk(job), Keys.META));
    transactions.run(() -> new Attempt.Write<>(unit, job));
  }

  private static String pk(Job job) {
    return "J#" + job.id();
  }
}
