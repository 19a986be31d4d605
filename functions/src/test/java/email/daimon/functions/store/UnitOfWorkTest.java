package email.daimon.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.Put;

/** Units of work that are decided on one after the other become one. */
final class UnitOfWorkTest {
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

  @Test
  void oneThatWasBegunTooLongAgoIsNotSentOff() {
    long age = UnitOfWork.FRESH.toNanos() + 1;

    assertThat(new UnitOfWork(System.nanoTime() - age).stale()).isTrue();
    assertThat(new UnitOfWork().stale()).isFalse();
  }

  @Test
  void anItemThatBothPutIsPutOnceAsTheLaterOneOnTheEarliersCondition() {
    UnitOfWork first = new UnitOfWork().putVersion(table, item("a", 4), 3).put(table, item("b", 1));
    UnitOfWork next = new UnitOfWork().putVersion(table, item("a", 5), 4).put(table, item("c", 1));

    assertThat(first.join(next)).isTrue();

    assertThat(first.actions())
        .extracting(action -> action.put().item().get("pk").s())
        .containsExactly("a", "b", "c");
    Put a = first.actions().getFirst().put();
    assertThat(a.item().get("version").n()).isEqualTo("5");
    assertThat(a.expressionAttributeValues().get(":read").n()).isEqualTo("3");
  }

  @Test
  void whatIsNewToTheFirstStaysNew() {
    UnitOfWork first = new UnitOfWork().putVersion(table, item("a", 1), 0);

    assertThat(first.join(new UnitOfWork().putVersion(table, item("a", 2), 1))).isTrue();

    Put a = first.actions().getFirst().put();
    assertThat(a.conditionExpression()).isEqualTo("attribute_not_exists(pk)");
    assertThat(a.item().get("version").n()).isEqualTo("2");
  }

  @Test
  void anUpdateOfWhatTheOtherTouchesCannotJoinAndChangesNothing() {
    UnitOfWork first = new UnitOfWork().put(table, item("a", 1));
    UnitOfWork next =
        new UnitOfWork()
            .put(table, item("b", 1))
            .update(table, Item.key("a", "s"), "SET x = y", "", Map.of(), Map.of());

    assertThat(first.join(next)).isFalse();
    assertThat(first.size()).isEqualTo(1);
  }

  @Test
  void moreThanATransactionHoldsCannotJoin() {
    UnitOfWork first = new UnitOfWork();
    UnitOfWork next = new UnitOfWork();
    for (int i = 0; i < 60; i++) {
      first.put(table, item("first" + i, 1));
      next.put(table, item("next" + i, 1));
    }

    assertThat(first.join(next)).isFalse();
    assertThat(first.size()).isEqualTo(60);
  }

  private static Item item(String pk, long version) {
    return Item.of(pk, "s").number("version", version);
  }
}
