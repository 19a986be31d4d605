package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Units of work that wait for a commit go together, and fail alone. */
class GroupCommitTest {
  private final Table table =
      new Table(
          new DynamoDbClient() {
            @Override
            public String serviceName() {
              return "none";
            }

            @Override
            public void close() {}
          },
          "t");
  private final List<List<String>> committed = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch firstIsUnderWay = new CountDownLatch(1);
  private final CountDownLatch firstMayGo = new CountDownLatch(1);

  @Test
  void whatWaitsGoesTogether() throws Exception {
    GroupCommit group = new GroupCommit(this::commit);
    commitBehindAFirst(group, List.of(unit("b"), unit("c"), unit("d")));
    assertThat(committed).hasSize(2);
    assertThat(committed.get(1)).containsExactlyInAnyOrder("b", "c", "d");
  }

  @Test
  void theSameItemIsNeverTwiceInATransaction() throws Exception {
    GroupCommit group = new GroupCommit(this::commit);
    commitBehindAFirst(group, List.of(unit("b"), unit("b"), unit("c")));
    assertThat(committed).hasSize(3);
    assertThat(committed.get(1)).containsExactlyInAnyOrder("b", "c");
    assertThat(committed.get(2)).containsExactly("b");
  }

  @Test
  void aTransactionHoldsAtMostAHundredActions() throws Exception {
    GroupCommit group = new GroupCommit(this::commit);
    List<UnitOfWork> units = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      UnitOfWork unit = new UnitOfWork();
      for (int item = 0; item < 40; item++) {
        unit.put(table, Item.of("p" + i, "s" + item));
      }
      units.add(unit);
    }
    commitBehindAFirst(group, units);
    assertThat(committed.stream().mapToInt(List::size)).containsExactly(1, 80, 40);
  }

  @Test
  void oneThatIsRefusedDoesNotHarmTheOthers() throws Exception {
    GroupCommit group = new GroupCommit(this::commit);
    List<Future<?>> calls =
        startBehindAFirst(group, List.of(unit("b"), unit("refused"), unit("c")));
    calls.get(0).get();
    calls.get(2).get();
    assertThatThrownBy(() -> calls.get(1).get())
        .hasCauseInstanceOf(TransactionCanceledException.class);
    assertThat(committed.stream().flatMap(List::stream)).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void manyCallersAreEachToldTheirOwnOutcome() throws Exception {
    GroupCommit group =
        new GroupCommit(actions -> {
          if (actions.stream().anyMatch(action -> key(action).startsWith("refused"))) {
            throw TransactionCanceledException.builder().build();
          }
          actions.forEach(action -> committed.add(List.of(key(action))));
        });
    Random random = new Random(7);
    int callers = 500;
    List<Boolean> refused = new ArrayList<>();
    List<Future<?>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < callers; i++) {
        boolean bad = random.nextInt(10) == 0;
        refused.add(bad);
        UnitOfWork unit = unit((bad ? "refused" : "good") + i);
        calls.add(threads.submit(() -> group.commit(unit)));
      }
    }
    for (int i = 0; i < callers; i++) {
      assertThat(calls.get(i).state() == Future.State.FAILED).isEqualTo(refused.get(i));
    }
    assertThat(committed)
        .hasSize((int) refused.stream().filter(bad -> !bad).count())
        .doesNotHaveDuplicates();
  }

  private void commitBehindAFirst(GroupCommit group, List<UnitOfWork> units) throws Exception {
    for (Future<?> call : startBehindAFirst(group, units)) {
      call.get();
    }
  }

  private List<Future<?>> startBehindAFirst(GroupCommit group, List<UnitOfWork> units)
      throws Exception {
    List<Future<?>> calls = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      threads.submit(() -> group.commit(unit("a")));
      firstIsUnderWay.await();
      for (UnitOfWork unit : units) {
        calls.add(threads.submit(() -> group.commit(unit)));
      }
      while (group.waiting() < units.size()) {
        Thread.onSpinWait();
      }
      firstMayGo.countDown();
    }
    return calls;
  }

  private void commit(List<TransactWriteItem> actions) {
    if (firstIsUnderWay.getCount() > 0) {
      firstIsUnderWay.countDown();
      try {
        firstMayGo.await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    if (actions.stream().anyMatch(action -> key(action).equals("refused"))) {
      throw TransactionCanceledException.builder().build();
    }
    committed.add(actions.stream().map(GroupCommitTest::key).toList());
  }

  private UnitOfWork unit(String key) {
    return new UnitOfWork().put(table, Item.of(key, "s"));
  }

  private static String key(TransactWriteItem action) {
    return action.put().item().get("pk").s();
  }
}
