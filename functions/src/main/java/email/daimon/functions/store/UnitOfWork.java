package email.daimon.functions.store;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/**
 * Gathers the items of one transaction. At most 100 actions: Amazon DynamoDB, TransactWriteItems.
 */
public final class UnitOfWork {
  /** What one transaction may hold. */
  public static final int MOST = 100;

  /**
   * How old a unit may be when it is sent off: its events have ids of when it was begun, and with
   * the four seconds of a call these must appear well within {@link Events#LATENESS}.
   */
  static final Duration FRESH = Duration.ofSeconds(3);

  private final List<TransactWriteItem> actions = new ArrayList<>();
  private final long begun;

  public UnitOfWork() {
    this(System.nanoTime());
  }

  UnitOfWork(long begun) {
    this.begun = begun;
  }

  /** Whether it was begun too long ago to be sent off. */
  boolean stale() {
    return System.nanoTime() - begun > FRESH.toNanos();
  }

  /** Puts an item, whatever is there. */
  public UnitOfWork put(Table table, Item item) {
    actions.add(
        TransactWriteItem.builder()
            .put(put -> put.tableName(table.name()).item(item.attributes()))
            .build());
    return this;
  }

  /** Puts an item that must not be there yet. */
  public UnitOfWork putNew(Table table, Item item) {
    actions.add(
        TransactWriteItem.builder()
            .put(put ->
                put.tableName(table.name())
                    .item(item.attributes())
                    .conditionExpression("attribute_not_exists(pk)"))
            .build());
    return this;
  }

  /**
   * Puts an item over one whose {@code version} is as read; version 0 stands for no item at all.
   */
  public UnitOfWork putVersion(Table table, Item item, long versionRead) {
    if (versionRead == 0) {
      return putNew(table, item);
    }
    actions.add(
        TransactWriteItem.builder()
            .put(put ->
                put.tableName(table.name())
                    .item(item.attributes())
                    .conditionExpression("version = :read")
                    .expressionAttributeValues(
                        Map.of(":read", AttributeValue.fromN(Long.toString(versionRead)))))
            .build());
    return this;
  }

  /** Puts an item over one of which a condition holds. */
  public UnitOfWork putIf(
      Table table, Item item, String condition, Map<String, AttributeValue> values) {
    actions.add(
        TransactWriteItem.builder()
            .put(put ->
                put.tableName(table.name())
                    .item(item.attributes())
                    .conditionExpression(condition)
                    .expressionAttributeValues(values))
            .build());
    return this;
  }

  /**
   * Changes attributes of an item; {@code values} are named as in the two expressions, {@code
   * condition} may be empty.
   */
  public UnitOfWork update(
      Table table,
      Map<String, AttributeValue> key,
      String change,
      String condition,
      Map<String, AttributeValue> values,
      Map<String, String> names) {
    actions.add(
        TransactWriteItem.builder()
            .update(update -> {
              update.tableName(table.name()).key(key).updateExpression(change);
              if (!condition.isEmpty()) {
                update.conditionExpression(condition);
              }
              if (!values.isEmpty()) {
                update.expressionAttributeValues(new HashMap<>(values));
              }
              if (!names.isEmpty()) {
                update.expressionAttributeNames(new HashMap<>(names));
              }
            })
            .build());
    return this;
  }

  /** Deletes an item whose {@code version} is as read. */
  public UnitOfWork deleteVersion(Table table, Map<String, AttributeValue> key, long versionRead) {
    actions.add(
        TransactWriteItem.builder()
            .delete(delete ->
                delete
                    .tableName(table.name())
                    .key(key)
                    .conditionExpression("version = :read")
                    .expressionAttributeValues(
                        Map.of(":read", AttributeValue.fromN(Long.toString(versionRead)))))
            .build());
    return this;
  }

  /** Deletes an item, whether it is there or not. */
  public UnitOfWork delete(Table table, Map<String, AttributeValue> key) {
    actions.add(
        TransactWriteItem.builder()
            .delete(delete -> delete.tableName(table.name()).key(key))
            .build());
    return this;
  }

  /** Requires a condition of an item that is not changed. */
  public UnitOfWork check(
      Table table,
      Map<String, AttributeValue> key,
      String condition,
      Map<String, AttributeValue> values) {
    actions.add(
        TransactWriteItem.builder()
            .conditionCheck(check -> {
              check.tableName(table.name()).key(key).conditionExpression(condition);
              if (!values.isEmpty()) {
                check.expressionAttributeValues(values);
              }
            })
            .build());
    return this;
  }

  /** Everything gathered so far. */
  public List<TransactWriteItem> actions() {
    if (actions.size() > MOST) {
      throw new IllegalStateException("a transaction of " + actions.size() + " actions");
    }
    return List.copyOf(actions);
  }

  public int size() {
    return actions.size();
  }

  /**
   * Takes in the actions of a unit that was decided on as if this one were committed: an item that
   * both put is put once, as the later one has it, on the earlier one's condition.
   *
   * @return whether the two can be one transaction; if not, this one is as before
   */
  boolean join(UnitOfWork next) {
    Map<Place, Integer> places = new HashMap<>();
    for (int i = 0; i < actions.size(); i++) {
      places.put(Place.of(actions.get(i)), i);
    }
    List<TransactWriteItem> joined = new ArrayList<>(actions);
    for (TransactWriteItem action : next.actions) {
      Integer before = places.get(Place.of(action));
      if (before == null) {
        joined.add(action);
      } else if (action.put() == null || joined.get(before).put() == null) {
        return false;
      } else {
        Put put = joined.get(before).put().toBuilder().item(action.put().item()).build();
        joined.set(before, TransactWriteItem.builder().put(put).build());
      }
    }
    if (joined.size() > MOST) {
      return false;
    }
    actions.clear();
    actions.addAll(joined);
    return true;
  }

  private record Place(String table, String pk, String sk) {
    static Place of(TransactWriteItem action) {
      if (action.put() != null) {
        return of(action.put().tableName(), action.put().item());
      }
      if (action.update() != null) {
        return of(action.update().tableName(), action.update().key());
      }
      return action.delete() != null
          ? of(action.delete().tableName(), action.delete().key())
          : of(action.conditionCheck().tableName(), action.conditionCheck().key());
    }

    private static Place of(String table, Map<String, AttributeValue> attributes) {
      return new Place(table, text(attributes, "pk"), text(attributes, "sk"));
    }
  }

  private static String text(Map<String, AttributeValue> attributes, String name) {
    return requireNonNull(attributes.get(name), name).s();
  }
}
