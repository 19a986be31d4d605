package email.daimon.local.services;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.Supplier;

/** Counts what the functions ask of the services: calls by operation, and DynamoDB's units. */
public final class Usage {
  // Whose work the thread does, and those that it starts for it.
  private static final InheritableThreadLocal<String> FUNCTION = new InheritableThreadLocal<>();
  private final Map<String, DoubleAdder> counts = new ConcurrentHashMap<>();
  private final Map<String, Map<String, DoubleAdder>> byFunction = new ConcurrentHashMap<>();
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
    String function = FUNCTION.get();
    if (function != null) {
      byFunction
          .computeIfAbsent(function, _ -> new ConcurrentHashMap<>())
          .computeIfAbsent(what, _ -> new DoubleAdder())
          .add(amount);
    }
  }

  /** Counts what is asked for meanwhile as this function's too, and the call of it. */
  public <T> T during(String function, Supplier<T> work) {
    FUNCTION.set(function);
    try {
      add("lambda.Invoke", 1);
      return work.get();
    } finally {
      FUNCTION.remove();
    }
  }

  /** The same counts of each function alone. */
  public Map<String, Map<String, Double>> byFunction() {
    Map<String, Map<String, Double>> result = new TreeMap<>();
    byFunction.forEach((function, own) -> result.put(function, sums(own)));
    return result;
  }

  /** All counts since the start or the last reset, by name. */
  public Map<String, Double> snapshot() {
    return sums(counts);
  }

  private static Map<String, Double> sums(Map<String, DoubleAdder> adders) {
    Map<String, Double> result = new TreeMap<>();
    adders.forEach((what, adder) -> result.put(what, adder.sum()));
    return result;
  }

  public void reset() {
    counts.clear();
    byFunction.clear();
  }
}
