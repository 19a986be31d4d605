package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Commits the units of work that wait while a commit is under way as one transaction: a batch of
 * mails to ten inboxes is one round trip, not ten. Nobody waits for company. Where a common
 * transaction fails each unit is tried alone, so that none suffers from another and each caller is
 * told its own failure.
 */
final class GroupCommit {
  private final Consumer<List<TransactWriteItem>> transaction;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition settled = lock.newCondition();
  private final Deque<Waiting> queue = new ArrayDeque<>();
  private boolean busy;

  GroupCommit(Consumer<List<TransactWriteItem>> transaction) {
    this.transaction = requireNonNull(transaction, "transaction is null");
  }

  private static final class Waiting {
    final UnitOfWork work;
    boolean done;
    Optional<Throwable> failure = Optional.empty();

    Waiting(UnitOfWork work) {
      this.work = work;
    }
  }

  /** Returns once the unit is committed; throws what its own commit threw. */
  void commit(UnitOfWork work) {
    Waiting mine = new Waiting(work);
    lock.lock();
    try {
      queue.add(mine);
      while (!mine.done) {
        if (busy) {
          settled.awaitUninterruptibly();
        } else {
          lead();
        }
      }
    } finally {
      lock.unlock();
    }
    switch (mine.failure.orElse(null)) {
      case null -> {}
      case RuntimeException failure -> throw failure;
      case Error failure -> throw failure;
      case Throwable failure -> throw new IllegalStateException(failure);
    }
  }

  /** Units that are not under way yet. */
  int waiting() {
    lock.lock();
    try {
      return queue.size();
    } finally {
      lock.unlock();
    }
  }

  // Called with the lock held, which is given away during the transaction.
  private void lead() {
    List<Waiting> group = nextGroup();
    busy = true;
    lock.unlock();
    try {
      commit(group);
    } finally {
      lock.lock();
      busy = false;
      group.forEach(one -> one.done = true);
      settled.signalAll();
    }
  }

  // In order of arrival; what touches an item of the group waits for the next one.
  private List<Waiting> nextGroup() {
    List<Waiting> group = new ArrayList<>();
    Set<Map<String, String>> touched = new HashSet<>();
    int actions = 0;
    for (Iterator<Waiting> waiting = queue.iterator(); waiting.hasNext(); ) {
      Waiting one = waiting.next();
      boolean fits = actions + one.work.size() <= UnitOfWork.MOST;
      if (group.isEmpty() || (fits && one.work.items().stream().noneMatch(touched::contains))) {
        group.add(one);
        touched.addAll(one.work.items());
        actions += one.work.size();
        waiting.remove();
      }
    }
    return group;
  }

  private void commit(List<Waiting> group) {
    if (group.size() > 1 && together(group)) {
      return;
    }
    for (Waiting one : group) {
      try {
        transaction.accept(one.work.actions());
      } catch (RuntimeException | Error failure) {
        one.failure = Optional.of(failure);
      }
    }
  }

  private boolean together(List<Waiting> group) {
    List<TransactWriteItem> actions = new ArrayList<>();
    group.forEach(one -> actions.addAll(one.work.actions()));
    try {
      transaction.accept(actions);
      return true;
    } catch (SdkException refused) {
      return false;
    } catch (RuntimeException | Error failure) {
      group.forEach(one -> one.failure = Optional.of(failure));
      return true;
    }
  }
}
