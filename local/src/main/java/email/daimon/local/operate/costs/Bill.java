package email.daimon.local.operate.costs;

import java.util.Map;
import java.util.TreeMap;

/** Amounts by part of the stack and by what is paid for. */
public final class Bill {
  private final Map<String, Map<String, Double>> parts = new TreeMap<>();

  Bill add(String part, String price, double amount) {
    if (amount != 0) {
      parts.computeIfAbsent(part, _ -> new TreeMap<>()).merge(price, amount, Double::sum);
    }
    return this;
  }

  Bill add(Bill other, double times) {
    other.parts.forEach(
        (part, amounts) -> amounts.forEach((price, amount) -> add(part, price, amount * times)));
    return this;
  }

  /** By what is paid for, over all parts. */
  public Map<String, Double> amounts() {
    Map<String, Double> sums = new TreeMap<>();
    parts
        .values()
        .forEach(part -> part.forEach((price, amount) -> sums.merge(price, amount, Double::sum)));
    return sums;
  }

  /** Dollars of each part. */
  public Map<String, Double> dollars(Tables tables) {
    Map<String, Double> dollars = new TreeMap<>();
    parts.forEach((part, amounts) ->
        dollars.put(
            part,
            amounts.entrySet().stream()
                .mapToDouble(each -> tables.dollars(each.getKey(), each.getValue()))
                .sum()));
    return dollars;
  }

  public double sum(Tables tables) {
    return dollars(tables).values().stream().mapToDouble(Double::doubleValue).sum();
  }
}
