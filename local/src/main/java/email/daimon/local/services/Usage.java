package email.daimon.local.services;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;

/** Counts what the functions ask of the services: calls by operation, and DynamoDB's units. */
public final class Usage {
  private final Map<String, DoubleAdder> counts = new ConcurrentHashMap<>();
  private volatile boolean units;

  /** From now on DynamoDB is asked what each call costs, which makes each a tenth dearer. */
  public void countUnits() {
    units = true;
  }

  boolean countsUnits() {
    return units;
  }

  /** {@code what} is like {@code dynamodb.PutItem} or {@code dynamodb.write-units}. */
  public void add(String what, double amount) {
    counts.computeIfAbsent(what, _ -> new DoubleAdder()).add(amount);
  }

  /** All counts since the start or the last reset, by name. */
  public Map<String, Double> snapshot() {
    Map<String, Double> result = new TreeMap<>();
    counts.forEach((what, adder) -> result.put(what, adder.sum()));
    return result;
  }

  public void reset() {
    counts.clear();
  }
}
